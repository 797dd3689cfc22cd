import type { SharedHost, SharedIoc } from '#contract/correlation'
import { noiseKinds, verdicts, type IocType, type NoiseKind, type Verdict } from '#contract/values'
import { isWellKnown } from '../importer/indicators/wellKnown.ts'
import { isoOfUsOrNull } from '../sqlite/conditions.ts'
import { get } from '../sqlite/queries/iocs.read.ts'
import { stamp } from '../sqlite/queries/intel.read.ts'
import type { ReadContext } from './contexts.ts'
import { intelMatcher } from './intelMatcher.ts'
import { sharedThings, type Compared, type SharedThings } from './sharedThings.ts'

export type CompareRequest = {
  datasets: readonly Compared[]
  /** How many hunts (or datasets) are compared. */
  groups: number
  hide: readonly NoiseKind[]
  maxDatasets?: number | undefined
  maxRows?: number | undefined
  types?: readonly IocType[] | undefined
  text?: string | undefined
  perType?: number | undefined
  limit: number
  offset: number
  /** Milliseconds; decides which lists have expired. */
  now: number
}
type WithoutHunts<T extends { huntIds: string[]; datasets: { huntId: string }[] }> = Omit<T, 'huntIds' | 'datasets'> & {
  datasets: Omit<T['datasets'][number], 'huntId'>[]
}
export type CompareResult = {
  iocs: WithoutHunts<SharedIoc>[]
  hosts: WithoutHunts<SharedHost>[]
  counts: { iocs: number; hosts: number; malicious: number; hidden: number; distinct: number }
  byType: { type: IocType; count: number }[]
  byVerdict: { verdict: Verdict; count: number }[]
  byNoise: { noise: NoiseKind | 'rare'; count: number }[]
  /** The two groups that share most of what is not hidden. */
  strongest: { a: number; b: number; count: number } | null
  skipped: SharedThings['skipped']
}

/** Fewer things than this cannot be "in every one of them" and still say something. */
const EVERYWHERE_FROM = 3
/** Lists are asked anew after so many milliseconds: some expire. */
const JUDGED_MS = 60_000
/** Of so many groups the pairs are counted. */
const PAIRED_MAX = 100
/** Things between two looks at whether the question was cancelled. */
const LOOK_EVERY = 4_096

/** By place in `iocs`: what lists say, and the kinds of noise as bits in the order of noiseKinds. */
type Judged = { verdicts: (Verdict | null)[]; noise: Uint8Array; hostNoise: Uint8Array }
const judgedOf = new WeakMap<SharedThings, { key: string; judged: Judged }>()
const bit = (noise: NoiseKind): number => 1 << noiseKinds.indexOf(noise)

/** Indicators and hosts that datasets share, a page of each, with exact counts. AppError 'cancelled', 'too-large'. */
export function compareDatasets(context: ReadContext, request: CompareRequest): CompareResult {
  const things = sharedThings(context.datasets, request.datasets, context.goOn)
  const { iocs, order, datasets } = things
  const judged = judge(context, things, request)
  const groupsOf = (files: readonly number[]): number[] => [
    ...new Set(files.map((file) => datasets[file]?.group ?? -1)),
  ]
  const groupSets = iocs.combinations.map(groupsOf)
  const hidden = request.hide.reduce((bits, noise) => bits | bit(noise), 0)
  const wanted = request.text?.toLowerCase() ?? ''
  const tally = createTally(request.groups <= PAIRED_MAX)
  const isRare = (files: number, count: number): boolean =>
    files > (request.maxDatasets ?? Infinity) || count > (request.maxRows ?? Infinity)

  const page: number[] = []
  const taken = new Map<IocType, number>()
  const isOnPage = (type: IocType, at: number): boolean => {
    if (request.perType === undefined) return at >= request.offset && page.length < request.limit
    const before = taken.get(type) ?? 0
    taken.set(type, before + 1)
    return before < request.perType
  }
  let [iocTotal, malicious] = [0, 0]
  for (const [n, place] of order.entries()) {
    if (n % LOOK_EVERY === 0) context.goOn()
    const type = iocs.types[place] ?? 'domain'
    const combination = iocs.combination[place] ?? 0
    const files = iocs.combinations[combination]?.length ?? 0
    const noise = judged.noise[place] ?? 0
    if (!tally.noise(noise, isRare(files, iocs.counts[place] ?? 0), hidden)) continue
    if (wanted !== '' && !(iocs.values[place] ?? '').toLowerCase().includes(wanted)) continue
    const verdict = judged.verdicts[place] ?? null
    tally.shown(groupSets[combination] ?? [], type, verdict)
    if (request.types && !request.types.includes(type)) continue
    if (verdict === 'malicious') malicious++
    if (isOnPage(type, iocTotal++)) page.push(place)
  }

  const hostPage: number[] = []
  let hostTotal = 0
  for (const [n, host] of things.hosts.entries()) {
    const files = host.files.map(({ file }) => file)
    if (!tally.noise(judged.hostNoise[n] ?? 0, isRare(files.length, host.count), hidden)) continue
    if (wanted !== '' && !namesOf(host).some((name) => name.toLowerCase().includes(wanted))) continue
    tally.shown(groupsOf(files), null, null)
    if (hostTotal >= request.offset && hostPage.length < request.limit) hostPage.push(n)
    hostTotal++
  }

  const noiseOf = (bits: number): NoiseKind[] => noiseKinds.filter((noise) => (bits & bit(noise)) !== 0)
  return {
    iocs: page.map((place) => ({
      ...iocAt(context, things, place),
      verdict: judged.verdicts[place] ?? null,
      noise: noiseOf(judged.noise[place] ?? 0),
    })),
    hosts: hostPage.flatMap((n) => hostAt(things, n, noiseOf(judged.hostNoise[n] ?? 0))),
    counts: { iocs: iocTotal, hosts: hostTotal, malicious, hidden: tally.hidden(), distinct: iocs.distinct },
    ...tally.answer(),
    skipped: things.skipped,
  }
}

type HostOf = SharedThings['hosts'][number]
const namesOf = ({ files }: HostOf): string[] => [...new Set(files.flatMap(({ names }) => names))].sort()

function judge({ db, goOn }: ReadContext, things: SharedThings, { groups, now }: CompareRequest): Judged {
  const key = JSON.stringify([stamp(db), groups, Math.floor(now / JUDGED_MS)])
  const known = judgedOf.get(things)
  if (known?.key === key) return known.judged
  const matcher = intelMatcher(db, now)
  const { iocs, hosts, datasets } = things
  const everywhere = (files: readonly number[]): number =>
    groups >= EVERYWHERE_FROM && new Set(files.map((file) => datasets[file]?.group)).size === groups
      ? bit('everywhere')
      : 0
  const combinations = iocs.combinations.map(everywhere)
  const judged: Judged = {
    verdicts: [],
    noise: new Uint8Array(iocs.values.length),
    hostNoise: new Uint8Array(hosts.length),
  }
  for (const [n, value] of iocs.values.entries()) {
    if (n % LOOK_EVERY === 0) goOn()
    const type = iocs.types[n] ?? 'domain'
    const { verdict, allowed } = matcher.judged(type, value)
    judged.verdicts.push(verdict)
    judged.noise[n] =
      (combinations[iocs.combination[n] ?? 0] ?? 0) |
      (iocs.scopes[n] === 'public' ? 0 : bit('private')) |
      (allowed ? bit('allow-list') : 0) |
      (isWellKnown(type, value) ? bit('well-known') : 0)
  }
  for (const [n, host] of hosts.entries()) {
    const allowed = namesOf(host).some((name) => matcher.judged('hostname', name.toLowerCase()).allowed)
    judged.hostNoise[n] = everywhere(host.files.map(({ file }) => file)) | (allowed ? bit('allow-list') : 0)
  }
  judgedOf.set(things, { key, judged })
  return judged
}

function createTally(pairing: boolean) {
  const noises = noiseKinds.map(() => 0)
  const types = new Map<IocType, number>()
  const said = new Map<Verdict, number>()
  const pairs = new Map<string, { a: number; b: number; count: number }>()
  let [rare, hidden] = [0, 0]
  return {
    /** Counts what it is noise by; false where it is left out. */
    noise(bits: number, isRare: boolean, hide: number): boolean {
      for (const [n] of noiseKinds.entries()) if ((bits & (1 << n)) !== 0) noises[n] = (noises[n] ?? 0) + 1
      if (isRare) rare++
      if (!isRare && (bits & hide) === 0) return true
      hidden++
      return false
    },
    shown(groups: readonly number[], type: IocType | null, verdict: Verdict | null): void {
      if (type !== null) types.set(type, (types.get(type) ?? 0) + 1)
      if (verdict !== null) said.set(verdict, (said.get(verdict) ?? 0) + 1)
      if (!pairing) return
      for (const [n, a] of groups.entries())
        for (const b of groups.slice(n + 1)) {
          const key = a < b ? `${a} ${b}` : `${b} ${a}`
          const pair = pairs.get(key) ?? { a: Math.min(a, b), b: Math.max(a, b), count: 0 }
          pair.count++
          pairs.set(key, pair)
        }
    },
    hidden: () => hidden,
    answer: (): Pick<CompareResult, 'byType' | 'byVerdict' | 'byNoise' | 'strongest'> => ({
      byType: [...types].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count),
      byVerdict: verdicts.flatMap((verdict) => {
        const count = said.get(verdict)
        return count === undefined ? [] : [{ verdict, count }]
      }),
      byNoise: [
        ...noiseKinds.map((noise, n) => ({ noise, count: noises[n] ?? 0 })),
        { noise: 'rare' as const, count: rare },
      ],
      strongest: [...pairs.values()].sort((x, y) => y.count - x.count || x.a - y.a || x.b - y.b)[0] ?? null,
    }),
  }
}

function iocAt(
  { datasets: files }: ReadContext,
  { iocs, datasets }: SharedThings,
  place: number,
): Omit<CompareResult['iocs'][number], 'verdict' | 'noise'> {
  const type = iocs.types[place] ?? 'domain'
  const value = iocs.values[place] ?? ''
  const holders = iocs.combinations[iocs.combination[place] ?? 0] ?? []
  return {
    ...{ type, value },
    scope: iocs.scopes[place] ?? 'public',
    count: iocs.counts[place] ?? 0,
    datasets: holders.flatMap((file) => {
      const id = datasets[file]?.id
      if (id === undefined) return []
      const found = get(files.open(id), type, value)
      if (!found) return []
      const { count, columns, firstTime, lastTime } = found
      return { datasetId: id, count, columns, firstTime, lastTime }
    }),
  }
}

function hostAt({ hosts, datasets }: SharedThings, n: number, noise: NoiseKind[]): CompareResult['hosts'] {
  const host = hosts[n]
  if (!host) return []
  return [
    {
      ...{ host: host.host, names: namesOf(host), count: host.count, noise },
      datasets: host.files.flatMap(({ file, count, names, first, last }) => {
        const id = datasets[file]?.id
        return id === undefined
          ? []
          : {
              datasetId: id,
              count,
              names: names.toSorted(),
              firstTime: isoOfUsOrNull(first),
              lastTime: isoOfUsOrNull(last),
            }
      }),
    },
  ]
}
