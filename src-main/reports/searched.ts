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
  /** How many rows a saved search finds now, in which datasets, and how many could not be asked. */
  searchNow(id: string, signal: AbortSignal): Promise<{ total: number; asked: string[]; notAsked: number }>
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
      ...(await searches(deps, hunt, { leftOut, madeAt }, signal)),
    )
  return searched
}

async function detectors({ store, analyzerTitle }: SearchedDeps, hunt: Hunt, signal: AbortSignal): Promise<Searched> {
  const named = new Map<string, HuntRun[]>()
  const rules = new Map<string, string | null>()
  for (const run of await store.read({ signal }).detectorRuns.runsOf(hunt.id)) {
    const [kind = '', id = ''] = run.detector.split(/:(.*)/)
    if (kind === 'rule' && !rules.has(id)) rules.set(id, (await store.read().rules.get(id))?.name ?? null)
    const what = nameOf(run, kind === 'rule' ? (rules.get(id) ?? null) : analyzerTitle(id))
    // The same rule of two workspaces has two ids.
    if (what !== null) named.set(what, [...(named.get(what) ?? []), run])
  }
  const searched: Searched = []
  let silent = 0
  for (const [what, runs] of named) {
    const asked = runs.filter(({ skipped }) => skipped === null)
    if (asked.length === 0) silent++
    if (asked.length === 0 || runs.some(({ findings }) => findings > 0)) continue
    searched.push({ what, where: hunt.name, when: newest(asked), result: resultOf(asked, runs) })
  }
  searched.sort((a, b) => a.what.localeCompare(b.what, 'en'))
  if (silent > 0)
    searched.push({
      what: `${silent} further ${silent === 1 ? 'rule or analyzer' : 'rules and analyzers'}`,
      where: hunt.name,
      when: newest([...named.values()].flat()),
      result: 'could not be asked: no dataset has what they look at',
    })
  return searched
}

/** null: a rule that was deleted since, of which nothing more is known. `known`: what this workspace calls it. */
function nameOf({ detector, name }: HuntRun, known: string | null): string | null {
  if (detector === 'lists') return 'Indicator lists'
  if (detector === 'keywords') return name
  if (detector.startsWith('analyzer:')) return `Analyzer: ${known ?? name}`
  const rule = known ?? name
  return rule && `Rule: ${rule}`
}

const newest = (runs: readonly HuntRun[]): string | null =>
  runs
    .map(({ at }) => at)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .at(-1) ?? null
const counted = (n: number, one: string): string => `${n.toLocaleString('en-US')} ${n === 1 ? one : `${one}s`}`

/** A dataset counts once, with the run that read most of it: a colleague may have asked all rows where only some are here. */
function resultOf(asked: readonly HuntRun[], runs: readonly HuntRun[]): string {
  const most = new Map<string, number>()
  for (const { datasetId, rows } of asked) most.set(datasetId, Math.max(rows, most.get(datasetId) ?? 0))
  const rows = [...most.values()].reduce((sum, count) => sum + count, 0)
  const first = `nothing in ${counted(rows, 'row')} of ${counted(most.size, 'dataset')}`
  const more = new Set(runs.map(({ datasetId }) => datasetId)).size - most.size
  return more === 0 ? first : `${first}; ${counted(more, 'dataset')} could not be asked`
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
    if (found.total > 0 || found.asked.length === 0) continue
    const rest = found.notAsked === 0 ? '' : `; ${counted(found.notAsked, 'dataset')} could not be asked`
    searched.push({
      what: `Saved search: ${search.name}`,
      where: search.datasetName === null ? hunt.name : `${hunt.name}: ${search.datasetName}`,
      when: madeAt,
      result: `no row of ${counted(found.asked.length, 'dataset')}, asked for this report${rest}${await partly(store, found.asked)}`,
    })
  }
  return searched
}

/** Of datasets of which only cited rows came in a case file a search says little about the source. */
async function partly(store: Store, ids: readonly string[]): Promise<string> {
  let [here, of] = [0, 0]
  for (const id of ids) {
    const dataset = await store.read().datasets.get(id)
    if (dataset?.excerptOf === null || dataset === null) continue
    here += dataset.rows
    of += dataset.excerptOf
  }
  return of === 0 ? '' : `; only ${here.toLocaleString('en-US')} of ${counted(of, 'row')} are here`
}
