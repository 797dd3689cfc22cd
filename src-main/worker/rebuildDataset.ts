import { AppError } from '#contract/appError'
import type { Beginning } from '../importer/beginning.ts'
import type { ImportResult } from '../importer/importRequest.ts'
import { datasetCells, quarantineEntry, quarantineOf, type RowPlace } from '../sqlite/datasetCells.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { openDatasetWriter, type DatasetWriter } from '../sqlite/datasetWriter.ts'
import type { NewChange } from '../sqlite/queries/readings.write.ts'
import type { TaskContext } from './contexts.ts'
import { createDatasetFiller } from './fillDataset.ts'
import { beginningOf, sourceColumns } from './keptBeginning.ts'
import { repairedRecords, type Repair, type RepairedRecord } from './repairedRecords.ts'

/** Cancel is asked for and progress told every so many rows. */
const ROWS_PER_STEP = 1_000

export type RebuildRequest = {
  datasetId: string
  /** The dataset file to write; must not exist. */
  target: string
  /** Why it is written; `after` says how it is read. The file keeps it. */
  change: NewChange
  repairs: readonly Repair[]
  delimiter: string | undefined
  quote: string | undefined
}
export type RebuildResult = {
  /** null: no record to be repaired fits, so nothing was written. */
  rebuilt: { result: ImportResult; change: NewChange } | null
  remaining: { id: number; reason: string }[]
}

/**
 * Writes a dataset file anew from its own cells, read as `reading` says: types, times, fields, indicators, hosts and timeline
 * are found again; rows keep their numbers, cells their text. Repaired records become rows behind the last one.
 * AppError cancelled, dataset-damaged, disk-full, invalid-input (a column or zone that does not exist).
 */
export async function rebuildDataset(context: TaskContext, request: RebuildRequest): Promise<RebuildResult> {
  const handle = context.datasets.open(request.datasetId)
  let writer: DatasetWriter | null = null
  try {
    const beginning = beginningOf(handle, request.change)
    const { fit, remaining } = repairsOf(handle, request)
    if (request.repairs.length > 0 && fit.length === 0) return { rebuilt: null, remaining }
    const change = { ...request.change, rows: fit.length }
    writer = openDatasetWriter(request.target)
    const result = fill(context, handle, beginning, writer, fit, change)
    writer.finish()
    return { rebuilt: { result, change }, remaining }
  } catch (error) {
    await writer?.discard()
    throw error
  } finally {
    context.datasets.close(request.datasetId)
  }
}

function repairsOf(handle: DatasetHandle, { repairs, delimiter, quote }: RebuildRequest) {
  const { meta } = handle
  const dialect = { delimiter: delimiter ?? meta.delimiter, quote: quote ?? meta.quote, escape: meta.escape }
  const headers = sourceColumns(handle).map((column) => column.header)
  const width = { least: meta.least ?? headers.length, most: headers.length }
  // Only JSON has no delimiter.
  const keys = meta.delimiter === '' ? headers : null
  return repairedRecords((id) => quarantineEntry(handle, id), repairs, dialect, width, keys)
}

function fill(
  context: TaskContext,
  handle: DatasetHandle,
  beginning: Beginning,
  writer: DatasetWriter,
  fit: readonly RepairedRecord[],
  change: NewChange,
): ImportResult {
  const filler = createDatasetFiller(writer, beginning, () => goOn(context))
  let rows = 0
  function add(record: readonly string[], place: RowPlace): void {
    rows = filler.row(record, place)
    if (rows % ROWS_PER_STEP !== 0) return
    goOn(context)
    context.progress({ rows, total: handle.rows + fit.length })
  }
  for (const { cells, place } of datasetCells(handle)) add(cells, place)
  if (rows !== handle.rows)
    throw new AppError('dataset-damaged', `The dataset file holds ${rows} rows of ${handle.rows}.`)
  for (const { cells, entry } of fit) add(cells, entry)

  const taken = new Set(fit.map(({ entry }) => entry.id))
  for (const entry of quarantineOf(handle)) if (!taken.has(entry.id)) filler.reject(entry)
  return filler.end({ size: handle.meta.size, sha256: handle.meta.sha256 }, { change })
}

function goOn(context: TaskContext): void {
  if (context.cancelled()) throw new AppError('cancelled', 'Cancelled. The dataset is as it was.')
}
