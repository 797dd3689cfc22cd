import { AppError } from '#contract/appError'
import type { Parsed } from '#contract/contract'
import type { CorrelationAnswer } from '#contract/correlation'
import type { Dataset } from '#contract/datasets'
import type { Hunt } from '#contract/hunts'
import type { Comparison } from '#contract/values'
import type { Ports } from '../ports.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import { sharedTechniques, type TechniqueUse } from './sharedTechniques.ts'
import { summaryText, tooFew } from './summaryText.ts'
import { timeOverlaps } from './timeOverlaps.ts'

export type CorrelationDeps = {
  store: Store
  ports: Pick<Ports, 'clock'>
  /** Who names techniques in hunts: alerts, hypotheses. */
  techniqueUses: readonly ((huntIds: readonly string[]) => Promise<TechniqueUse[]>)[]
  techniqueName(technique: string): string
}
type Question = Parsed<'correlation.all'>
type Scope = { hunts: Hunt[]; datasets: Dataset[]; by: Comparison }

const PAGE = 500
/** Questions about several datasets go to one reader, which keeps what it found for the next page. */
const READER = 'correlation'
const COMPARED_MAX = 500

export function correlationHandlers(deps: CorrelationDeps): HandlersOf<'correlation'> {
  const { store, ports } = deps
  const now = (): number => ports.clock().getTime()

  async function huntsOf(ids: readonly string[] | undefined): Promise<Hunt[]> {
    if (ids === undefined) {
      const all: Hunt[] = []
      for (;;) {
        const page = await store.read().hunts.list({ limit: PAGE, offset: all.length })
        all.push(...page.hunts)
        if (page.hunts.length === 0 || all.length >= page.total) break
      }
      return all.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    }
    return Promise.all(
      [...new Set(ids)].map(async (id) => {
        const hunt = await store.read().hunts.get(id)
        if (!hunt)
          throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { path: 'huntIds', id })
        return hunt
      }),
    )
  }

  async function datasetsOf(hunts: readonly Hunt[], only?: readonly string[]): Promise<Dataset[]> {
    const all: Dataset[] = []
    for (const { id } of hunts) {
      for (let offset = 0; ; offset += PAGE) {
        const page = await store.read().datasets.list({ huntId: id, state: 'ready', limit: PAGE, offset })
        all.push(...page.datasets)
        if (offset + page.datasets.length >= page.total || page.datasets.length === 0) break
      }
    }
    for (const id of only ?? []) {
      if (!all.some((dataset) => dataset.id === id))
        throw new AppError('not-found', 'None of these hunts has such a dataset.', { path: 'datasetIds', id })
    }
    const chosen = only === undefined ? all : all.filter(({ id }) => only.includes(id))
    if (chosen.length > COMPARED_MAX)
      throw new AppError(
        'too-large',
        `${chosen.length} datasets are more than the ${COMPARED_MAX} that can be compared at once. Choose fewer hunts.`,
      )
    return chosen
  }

  async function compare(
    { hunts, datasets, by }: Scope,
    question: Question,
    signal: AbortSignal,
  ): Promise<CorrelationAnswer> {
    const started = performance.now()
    const groups = (by === 'hunts' ? hunts : datasets).map(({ id }) => id)
    const groupOf = ({ id, huntId }: { id: string; huntId: string }): string => (by === 'hunts' ? huntId : id)
    const described = {
      ...{ huntIds: hunts.map(({ id }) => id), by },
      hunts: hunts.map(({ id, name, rows }) => ({ id, name, rows })),
      datasets: datasets.map(({ id, huntId, name, rows, firstTime, lastTime }) => ({
        ...{ id, huntId, name, rows, firstTime, lastTime },
      })),
    }
    if (groups.length < 2) return { ...nothing, ...described, summary: tooFew(by) }

    const { limit, offset, text = '' } = question
    const found = await store.read({ signal, key: READER }).correlation.compare({
      ...question,
      datasets: datasets.map((dataset) => ({ id: dataset.id, group: groups.indexOf(groupOf(dataset)) })),
      groups: groups.length,
      now: now(),
    })
    const uses = await Promise.all(deps.techniqueUses.map((ask) => ask(described.huntIds)))
    const inScope = new Set(datasets.map(({ id }) => id))
    const techniques = sharedTechniques(
      uses.flat().filter(({ datasetId }) => datasetId === null || inScope.has(datasetId)),
      ({ huntId, datasetId }) => (by === 'hunts' ? huntId : datasetId),
      deps.techniqueName,
    ).filter(({ technique, name }) => `${technique} ${name}`.toLowerCase().includes(text.toLowerCase()))
    const times = timeOverlaps(datasets, groupOf)

    const { iocs, hosts, malicious, hidden, distinct } = found.counts
    const counts = { iocs, times: times.length, techniques: techniques.length, hosts }
    const total = iocs + times.length + techniques.length + hosts
    const huntOf = new Map(datasets.map(({ id, huntId }) => [id, huntId]))
    const placed = <T extends { datasetId: string }>(places: readonly T[]) => {
      const withHunts = places.map((place) => ({ ...place, huntId: huntOf.get(place.datasetId) ?? '' }))
      return { datasets: withHunts, huntIds: [...new Set(withHunts.map(({ huntId }) => huntId))].sort() }
    }
    const name = new Map(datasets.map((dataset) => [dataset.id, dataset.name]))
    const { strongest } = found
    return {
      ...described,
      ...{ total, counts, distinct },
      summary: summaryText({ by, counts, total, compared: groups.length, malicious }),
      iocs: found.iocs.map((ioc) => ({ ...ioc, ...placed(ioc.datasets) })),
      times: times.slice(offset, offset + limit),
      techniques: techniques.slice(offset, offset + limit),
      hosts: found.hosts.map((host) => ({ ...host, ...placed(host.datasets) })),
      ...{ byType: found.byType, byVerdict: found.byVerdict },
      hidden: { total: hidden, byNoise: found.byNoise },
      strongest: strongest && { a: groups[strongest.a] ?? '', b: groups[strongest.b] ?? '', count: strongest.count },
      milliseconds: Math.round(performance.now() - started),
      skipped: found.skipped.map((one) => ({ ...one, dataset: name.get(one.datasetId) ?? '' })),
    }
  }

  return {
    'correlation.run': async ({ huntIds, by, datasetIds, ...question }, { signal }) => {
      const hunts = await huntsOf(huntIds)
      const datasets = await datasetsOf(hunts, datasetIds)
      const wanted = by ?? (hunts.length === 1 || datasetIds !== undefined ? 'datasets' : 'hunts')
      return compare({ hunts, datasets, by: wanted }, question, signal)
    },
    'correlation.all': async (question, { signal }) => {
      const hunts = await huntsOf(undefined)
      return compare({ hunts, datasets: await datasetsOf(hunts), by: 'hunts' }, question, signal)
    },
    'correlation.findIoc': async ({ value, huntIds, limit, offset }, { signal }) => {
      const hunts = await huntsOf(huntIds)
      const datasets = await datasetsOf(hunts)
      const found = await store
        .read({ signal, key: READER })
        .correlation.find({ value, datasetIds: datasets.map(({ id }) => id), limit, offset, now: now() })
      const huntName = new Map(hunts.map(({ id, name }) => [id, name]))
      const known = new Map(datasets.map((dataset) => [dataset.id, dataset]))
      const placed = <T extends { datasetId: string }>(place: T) => {
        const dataset = known.get(place.datasetId)
        const huntId = dataset?.huntId ?? ''
        return { ...place, huntId, dataset: dataset?.name ?? '', hunt: huntName.get(huntId) ?? '' }
      }
      return {
        ...found,
        occurrences: found.occurrences.map(placed),
        datasets: found.datasets.map(placed),
        looked: datasets.length,
        skipped: found.skipped.map((one) => ({ ...one, dataset: known.get(one.datasetId)?.name ?? '' })),
      }
    },
  }
}

const nothing = {
  total: 0,
  counts: { iocs: 0, times: 0, techniques: 0, hosts: 0 },
  ...{ iocs: [], times: [], techniques: [], hosts: [], byType: [], byVerdict: [], skipped: [] },
  hidden: { total: 0, byNoise: [] },
  strongest: null,
  ...{ distinct: 0, milliseconds: 0 },
}
