import { AppError } from '#contract/appError'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { RemoteReads } from '../worker/procedures.ts'
import type { Store } from '../worker/pool.ts'
import { timelineHandlers } from './timelineHandlers.ts'

export function rowHandlers({ store }: { store: Store }): HandlersOf<'rows'> {
  /** Rows can be read once a dataset is ready; the reader that holds its sorted views answers. */
  async function rowsOf(id: string, signal: AbortSignal): Promise<RemoteReads['rows']> {
    const dataset = await store.read().datasets.get(id)
    if (!dataset) throw new AppError('not-found', 'There is no such dataset. It may have been deleted.', { id })
    if (dataset.state !== 'ready') {
      const why = dataset.state === 'importing' ? 'is still being imported' : 'could not be imported'
      throw new AppError('unavailable', `${dataset.name} ${why}.`, { id })
    }
    return store.read({ signal, key: id }).rows
  }

  return {
    'rows.page': async ({ datasetId, ...question }, { signal }) =>
      (await rowsOf(datasetId, signal)).page(datasetId, question),
    'rows.get': async ({ datasetId, row }, { signal }) => (await rowsOf(datasetId, signal)).record(datasetId, row),
    'rows.count': async ({ datasetId, ...filter }, { signal }) => ({
      count: await (await rowsOf(datasetId, signal)).count(datasetId, filter),
    }),
    'rows.position': async ({ datasetId, ...question }, { signal }) => ({
      position: await (await rowsOf(datasetId, signal)).position(datasetId, question),
    }),
    'rows.facets': async ({ datasetId, ...question }, { signal }) =>
      (await rowsOf(datasetId, signal)).facets(datasetId, question),
    'rows.histogram': async ({ datasetId, by, ...question }, { signal }) => {
      const rows = await rowsOf(datasetId, signal)
      return by === undefined ? rows.histogram(datasetId, question) : rows.histogramBy(datasetId, { ...question, by })
    },
    'rows.fieldStats': async ({ datasetId, ...question }, { signal }) =>
      (await rowsOf(datasetId, signal)).fieldStats(datasetId, question),
    ...timelineHandlers({ store }),
  }
}
