import type { IocScope, IocType, NoiseKind, Verdict } from '#contract/values'
import { kindOf, kinds, kindTypes, type CorrelateParams, type Kind } from './correlateParams.ts'
import { OF_EACH_TYPE, type Answer } from './useCorrelation.ts'

/** Where a thing stands in one dataset; `datasetId` null: in the hunt as a whole. Times are ISO 8601. */
export type ThingPlace = {
  datasetId: string | null
  huntId: string
  count: number
  /** Columns, or the names under which a host stands there. */
  words: readonly string[]
  firstTime: string | null
  lastTime: string | null
}

/** Something that hunts share. */
export type Thing = {
  key: string
  kind: Kind
  /** What it is called. */
  label: string
  /** Of an indicator. */
  type: IocType | null
  scope: IocScope | null
  verdict: Verdict | null
  noise: readonly NoiseKind[]
  count: number
  /** Behind the label: the name of a technique. */
  note: string
  /** Other names of a host. */
  names: readonly string[]
  places: readonly ThingPlace[]
}

/** A line of the matrix: a thing, the head of a kind, or what leads to the rest of it. */
export type MatrixRow =
  | { is: 'thing'; thing: Thing }
  | { is: 'kind'; kind: Kind; total: number }
  | { is: 'more'; kind: Kind; shown: number; total: number }

export const iocThings = (iocs: Answer['iocs']): Thing[] =>
  iocs.map((ioc) => ({
    ...{ key: `${ioc.type}:${ioc.value}`, kind: kindOf(ioc.type), label: ioc.value, type: ioc.type, scope: ioc.scope },
    ...{ verdict: ioc.verdict, noise: ioc.noise, count: ioc.count, note: '', names: [] },
    places: ioc.datasets.map(({ columns, ...place }) => ({ ...place, words: columns })),
  }))

export const hostThings = (hosts: Answer['hosts']): Thing[] =>
  hosts.map((host) => ({
    ...{ key: `host:${host.host}`, kind: 'host' as const, label: host.host, type: null, scope: null },
    ...{ verdict: null, noise: host.noise, count: host.count, note: '', names: host.names },
    places: host.datasets.map(({ names, ...place }) => ({ ...place, words: names })),
  }))

export const techniqueThings = (techniques: Answer['techniques']): Thing[] =>
  techniques.map(({ technique, name, alerts, hypotheses, uses }) => ({
    ...{ key: `technique:${technique}`, kind: 'technique' as const, label: technique, type: null, scope: null },
    ...{ verdict: null, noise: [], note: name === technique ? '' : name, names: [] },
    count: alerts + hypotheses,
    places: uses.map(({ huntId, datasetId, from, count }) => ({
      ...{ datasetId, huntId, count, words: [from], firstTime: null, lastTime: null },
    })),
  }))

/** How many things of each kind there are. */
export function kindTotals({ byType, counts }: Pick<Answer, 'byType' | 'counts'>): Record<Kind, number> {
  const of = (kind: Kind): number =>
    byType.reduce((sum, { type, count }) => sum + (kindTypes[kind].includes(type) ? count : 0), 0)
  return {
    ...{ address: of('address'), domain: of('domain'), url: of('url'), email: of('email') },
    ...{ hash: of('hash'), ja4: of('ja4'), host: counts.hosts, technique: counts.techniques },
  }
}

/** The most frequent things of each kind, under a head with the count of all of them. */
export function overviewRows(answer: Answer, without: CorrelateParams['without']): MatrixRow[] {
  const all = [...iocThings(answer.iocs), ...hostThings(answer.hosts), ...techniqueThings(answer.techniques)]
  const totals = kindTotals(answer)
  return kinds.flatMap((kind): MatrixRow[] => {
    if (without.includes(kind)) return []
    const found = all.filter((thing) => thing.kind === kind)
    const shown = (kind === 'technique' ? found : found.toSorted((a, b) => b.count - a.count)).slice(0, OF_EACH_TYPE)
    if (shown.length === 0) return []
    const total = totals[kind]
    return [
      { is: 'kind', kind, total },
      ...shown.map((thing): MatrixRow => ({ is: 'thing', thing })),
      ...(total > shown.length ? [{ is: 'more' as const, kind, shown: shown.length, total }] : []),
    ]
  })
}

/** Rows of a thing by hunt (or dataset). */
export function countsBy(thing: Thing, by: Answer['by']): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { huntId, datasetId, count } of thing.places) {
    const column = by === 'hunts' ? huntId : datasetId
    if (column !== null) counts.set(column, (counts.get(column) ?? 0) + count)
  }
  return counts
}

/** First and last time over all places; null where none has a time. */
export function spanOf(places: readonly ThingPlace[]): { first: string | null; last: string | null } {
  const times = (pick: (place: ThingPlace) => string | null) =>
    places.flatMap((place) => pick(place) ?? []).toSorted((a, b) => (a < b ? -1 : 1))
  return { first: times((place) => place.firstTime)[0] ?? null, last: times((place) => place.lastTime).at(-1) ?? null }
}
