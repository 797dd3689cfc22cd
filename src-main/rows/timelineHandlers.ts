import { AppError } from '#contract/appError'
import type { Dataset } from '#contract/datasets'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import type { TimelineOfCopies } from './rowsOfCopies.ts'

/** Datasets on one timeline. */
const DATASETS_MAX = 500

type TimelineCalls = 'rows.timeline' | 'rows.timelinePosition' | 'rows.timelineHistogram'

type TimelineDeps = { store: Store; copies: TimelineOfCopies }

/** The rows of a whole hunt by time. One reader answers for a hunt: it keeps the orders that pages and bars are cut from. */
export function timelineHandlers({ store, copies }: TimelineDeps): Pick<HandlersOf<'rows'>, TimelineCalls> {
  async function datasetsOf(huntId: string, wanted: readonly string[] | undefined): Promise<Dataset[]> {
    if (!(await store.read().hunts.get(huntId)))
      throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', {
        path: 'huntId',
        id: huntId,
      })
    const { datasets, total } = await store
      .read()
      .datasets.list({ huntId, state: 'ready', limit: DATASETS_MAX + 1, offset: 0 })
    const chosen = wanted === undefined ? datasets : datasets.filter(({ id }) => wanted.includes(id))
    if (chosen.length > DATASETS_MAX)
      throw new AppError(
        'too-large',
        `This hunt has ${total} datasets; a timeline takes at most ${DATASETS_MAX}. Name the datasets.`,
      )
    return chosen
  }
  const reader = (huntId: string, signal: AbortSignal) => store.read({ signal, key: `timeline ${huntId}` }).rows

  return {
    'rows.timeline': async ({ huntId, connection, datasetIds, ...question }, { signal }) => {
      if (connection !== undefined)
        return copies.page({ huntId, connection, datasetIds }, await datasetsOf(huntId, undefined), question, signal)
      const datasets = await datasetsOf(huntId, datasetIds)
      const ids = datasets.map(({ id }) => id)
      const page = await reader(huntId, signal).timelinePage(ids, question)
      const names = new Map(datasets.map(({ id, name }) => [id, name]))
      return {
        events: page.events,
        total: page.datasets.reduce((sum, { rows }) => sum + rows, 0),
        rowsWithoutTime: page.datasets.reduce((sum, { rowsWithoutTime }) => sum + rowsWithoutTime, 0),
        datasets: page.datasets.map((dataset) => ({ ...dataset, name: names.get(dataset.id) ?? '' })),
      }
    },
    'rows.timelinePosition': async ({ huntId, connection, datasetIds, ...question }, { signal }) => {
      if (connection !== undefined)
        return copies.position(
          { huntId, connection, datasetIds },
          await datasetsOf(huntId, undefined),
          question,
          signal,
        )
      const ids = (await datasetsOf(huntId, datasetIds)).map(({ id }) => id)
      return { position: await reader(huntId, signal).timelinePosition(ids, question) }
    },
    'rows.timelineHistogram': async ({ huntId, connection, datasetIds, ...question }, { signal }) => {
      if (connection !== undefined)
        return copies.histogram(
          { huntId, connection, datasetIds },
          await datasetsOf(huntId, undefined),
          question,
          signal,
        )
      const datasets = await datasetsOf(huntId, datasetIds)
      const names = new Map(datasets.map(({ id, name }) => [id, name]))
      const found = await reader(huntId, signal).timelineHistogram([...names.keys()], question)
      return { ...found, series: found.series.map(({ id, rows }) => ({ id, rows, name: names.get(id) ?? '' })) }
    },
  }
}
