import type { Hunt } from '#contract/hunts'
import type { CaseContent } from '../reporting/content.ts'
import type { Store } from '../worker/pool.ts'

/** Saved searches of a hunt that are asked again for the report; the others are said to be left out. */
const SEARCHES_MAX = 100

type Searched = CaseContent['searched']
type HuntRun = Awaited<ReturnType<ReturnType<Store['read']>['detectorRuns']['runsOf']>>[number]

export type SearchedDeps = {
  store: Store
  /** What analyzers are called. */
  analyzerTitle(name: string): string
  /** How many rows a saved search finds now, in how many datasets, and how many of them could not be asked. */
  searchNow(id: string, signal: AbortSignal): Promise<{ total: number; asked: number; notAsked: number }>
}

/** When the report is made, and where it says what does not fit in. */
type Told = { leftOut: string[]; madeAt: string }

/**
 * What was looked for in hunts and not found: rules, analyzers, indicator lists and keywords that ran and found nothing, and
 * saved searches that find nothing now. Only what was recorded when it ran counts; nothing is inferred.
 */
export async function searchedWithoutResult(
  deps: SearchedDeps,
  hunts: readonly Hunt[],
  { leftOut, madeAt }: Told,
  signal: AbortSignal,
): Promise<Searched> {
  const searched: Searched = []
  for (const hunt of hunts)
    searched.push(
      ...(await detectors(deps, hunt, signal)),
      ...(await keywords(deps.store, hunt, signal)),
      ...(await searches(deps, hunt, { leftOut, madeAt }, signal)),
    )
  return searched
}

async function detectors({ store, analyzerTitle }: SearchedDeps, hunt: Hunt, signal: AbortSignal): Promise<Searched> {
  const byDetector = Map.groupBy(await store.read({ signal }).detectorRuns.runsOf(hunt.id), ({ detector }) => detector)
  const searched: Searched = []
  let silent = 0
  for (const [detector, runs] of byDetector) {
    const asked = runs.filter(({ skipped }) => skipped === null)
    if (asked.length === 0) silent++
    if (asked.length === 0 || runs.some(({ findings }) => findings > 0)) continue
    const what = await nameOf(store, detector, analyzerTitle)
    if (what !== null) searched.push({ what, where: hunt.name, when: newest(asked), result: resultOf(asked, runs) })
  }
  searched.sort((a, b) => a.what.localeCompare(b.what, 'en'))
  if (silent > 0)
    searched.push({
      what: `${silent} further ${silent === 1 ? 'rule or analyzer' : 'rules and analyzers'}`,
      where: hunt.name,
      when: newest([...byDetector.values()].flat()),
      result: 'could not be asked: no dataset has what they look at',
    })
  return searched
}

/** null: a rule that was deleted since, of which nothing more is known. */
async function nameOf(store: Store, detector: string, analyzerTitle: (name: string) => string): Promise<string | null> {
  if (detector === 'lists') return 'Indicator lists'
  const [kind = '', id = ''] = detector.split(/:(.*)/)
  if (kind === 'analyzer') return `Analyzer: ${analyzerTitle(id)}`
  const rule = await store.read().rules.get(id)
  return rule && `Rule: ${rule.name}`
}

const newest = (runs: readonly HuntRun[]): string | null =>
  runs
    .map(({ at }) => at)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .at(-1) ?? null
const counted = (n: number, one: string): string => `${n.toLocaleString('en-US')} ${n === 1 ? one : `${one}s`}`

function resultOf(asked: readonly HuntRun[], runs: readonly HuntRun[]): string {
  const rows = asked.reduce((sum, run) => sum + run.rows, 0)
  const first = `nothing in ${counted(rows, 'row')} of ${counted(asked.length, 'dataset')}`
  const more = runs.length - asked.length
  return more === 0 ? first : `${first}; ${counted(more, 'dataset')} could not be asked`
}

async function keywords(store: Store, hunt: Hunt, signal: AbortSignal): Promise<Searched> {
  const { scans } = await store.read({ signal }).keywords.counts({ huntId: hunt.id })
  return scans
    .filter(({ hits, stale }) => hits === 0 && !stale)
    .map((scan) => ({
      what: 'Keywords of all themes',
      where: `${hunt.name}: ${scan.dataset}`,
      when: scan.at,
      result: `no hit in ${counted(scan.rows, 'row')}`,
    }))
}

async function searches(
  { store, searchNow }: SearchedDeps,
  hunt: Hunt,
  { leftOut, madeAt }: Told,
  signal: AbortSignal,
): Promise<Searched> {
  const page = { huntId: hunt.id, limit: SEARCHES_MAX, offset: 0 }
  const { searches: saved, total } = await store.read({ signal }).searches.list(page)
  if (total > saved.length)
    leftOut.push(`${total - saved.length} of ${total} saved searches of ${hunt.name}, which were not asked again.`)
  const searched: Searched = []
  for (const search of saved) {
    const found = await searchNow(search.id, signal)
    if (found.total > 0 || found.asked === 0) continue
    const rest = found.notAsked === 0 ? '' : `; ${counted(found.notAsked, 'dataset')} could not be asked`
    searched.push({
      what: `Saved search: ${search.name}`,
      where: search.datasetName === null ? hunt.name : `${hunt.name}: ${search.datasetName}`,
      when: madeAt,
      result: `no row of ${counted(found.asked, 'dataset')}, asked for this report${rest}`,
    })
  }
  return searched
}
