import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { Dataset } from '#contract/datasets'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { RemoteReads } from '../worker/procedures.ts'
import type { Store } from '../worker/pool.ts'
import type { RowsOfCopies } from './rowsOfCopies.ts'
import { timelineHandlers } from './timelineHandlers.ts'
import { createExportRows, type ExportDeps } from './exportRows.ts'

export type RowDeps = ExportDeps & { copies: RowsOfCopies; store: Store; events: Events; ports: Ports }

/** The column of rows.facets that stands for their tags. */
const TAG_COLUMN = '_tag'

/** The dataset when its rows can be read. AppError 'not-found', 'unavailable'. */
async function readyDataset(store: Store, id: string): Promise<Dataset> {
  const dataset = await store.read().datasets.get(id)
  if (!dataset) throw new AppError('not-found', 'There is no such dataset. It may have been deleted.', { id })
  if (dataset.state !== 'ready') {
    const why = dataset.state === 'importing' ? 'is still being imported' : 'could not be imported'
    throw new AppError('unavailable', `${dataset.name} ${why}.`, { id })
  }
  return dataset
}

/** Rows can be read once a dataset is ready; the reader that holds its sorted views answers. */
export async function rowsOfReady(store: Store, id: string, signal: AbortSignal): Promise<RemoteReads['rows']> {
  await readyDataset(store, id)
  return store.read({ signal, key: id }).rows
}

export function rowHandlers(deps: RowDeps): HandlersOf<'rows'> {
  const { store, events, ports, copies } = deps
  const exportRows = createExportRows(deps)
  const rowsOf = (id: string, signal: AbortSignal): Promise<RemoteReads['rows']> => rowsOfReady(store, id, signal)

  async function announce(datasetId: string): Promise<void> {
    const dataset = await store.read().datasets.get(datasetId)
    if (dataset) events.emit('rows.changed', { datasetId, huntId: dataset.huntId })
  }

  return {
    'rows.page': async ({ datasetId, copy, ...question }, { signal }) =>
      copy !== undefined
        ? copies.page(copy, datasetId, question, signal)
        : (await rowsOf(datasetId, signal)).page(datasetId, question),
    'rows.get': async ({ datasetId, copy, row }, { signal }) => ({
      ...(copy !== undefined
        ? await copies.record(copy, datasetId, { row }, signal)
        : await (await rowsOf(datasetId, signal)).record(datasetId, row)),
      sourceRow: (await store.read().caseFiles.sourceRows([{ datasetId, row }]))[0] ?? row,
    }),
    'rows.count': async ({ datasetId, copy, ...filter }, { signal }) => ({
      count:
        copy !== undefined
          ? await copies.count(copy, datasetId, filter, signal)
          : await (await rowsOf(datasetId, signal)).count(datasetId, filter),
    }),
    'rows.position': async ({ datasetId, copy, ...question }, { signal }) => ({
      position:
        copy !== undefined
          ? await copies.position(copy, datasetId, question, signal)
          : await (await rowsOf(datasetId, signal)).position(datasetId, question),
    }),
    'rows.facets': async ({ datasetId, copy, ...question }, { signal }) => {
      const tags = question.column === TAG_COLUMN
      if (copy !== undefined) return copies[tags ? 'tagFacets' : 'facets'](copy, datasetId, question, signal)
      if (tags) return (await rowsOf(datasetId, signal)).tagFacets(datasetId, question)
      return (await rowsOf(datasetId, signal)).facets(datasetId, question)
    },
    'rows.histogram': async ({ datasetId, copy, by, ...question }, { signal }) => {
      if (copy !== undefined) return copies.histogram(copy, datasetId, { ...question, by }, signal)
      const rows = await rowsOf(datasetId, signal)
      return by === undefined ? rows.histogram(datasetId, question) : rows.histogramBy(datasetId, { ...question, by })
    },
    'rows.fieldStats': async ({ datasetId, copy, ...question }, { signal }) =>
      copy !== undefined
        ? copies.fieldStats(copy, datasetId, question, signal)
        : (await rowsOf(datasetId, signal)).fieldStats(datasetId, question),
    ...timelineHandlers({ store, copies: copies.timeline }),
    'rows.marks': async ({ datasetId, rows }, { signal }) => {
      const marks = await (await rowsOf(datasetId, signal)).marks(datasetId, rows)
      return { marks, total: marks.length }
    },
    'rows.tag': async ({ datasetId, tag, ...choice }, { signal }) => {
      const chosen = await (await rowsOf(datasetId, signal)).choose(datasetId, choice)
      const id = randomUUID()
      const changed = await store.write.rowTags.set({ id, datasetId, tag, rows: chosen.rows }, ports.clock().getTime())
      if (changed > 0) await announce(datasetId)
      const byAnnotation =
        tag === null ? await (await rowsOf(datasetId, signal)).countTagged(datasetId, chosen.rows) : 0
      return { rows: chosen.count, changed, byAnnotation, changeId: changed > 0 ? id : null }
    },
    'rows.undoTag': async ({ id }) => {
      const undone = await store.write.rowTags.undo(id)
      if (!undone) throw new AppError('not-found', 'There is no such change of tags, or it was taken back.', { id })
      await announce(undone.datasetId)
      return { rows: undone.rows }
    },
    'rows.export': async (input) =>
      exportRows(
        input.copy === undefined
          ? await readyDataset(store, input.datasetId)
          : await copies.export.named(input.copy, input.datasetId),
        input,
      ),
  }
}
