import { AppError } from '#contract/appError'
import type { Beginning } from '../importer/beginning.ts'
import { REPAIRED_TABLE } from '../importer/datasetFile.ts'
import type { ImportResult } from '../importer/importRequest.ts'
import {
  datasetCells,
  quarantineEntry,
  quarantineOf,
  type QuarantineEntry,
  type RowPlace,
} from '../sqlite/datasetCells.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { openDatasetWriter, writingFailure, type DatasetWriter } from '../sqlite/datasetWriter.ts'
import { repairedRows, type RepairedRow } from '../sqlite/repairedRows.ts'
import type { NewChange } from '../sqlite/queries/readings.write.ts'
import type { TaskContext } from './contexts.ts'
import { createDatasetFiller } from './fillDataset.ts'
import { FAST_FROM, fillRows } from './fillRows.ts'
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
 * are found again; rows keep their numbers, cells their text. Repaired records become rows behind the last one; a change that
 * takes a repair back lets its rows leave and puts their records back into quarantine as they were.
 * AppError cancelled, dataset-damaged, disk-full, invalid-input (a column or zone that does not exist).
 */
export async function rebuildDataset(context: TaskContext, request: RebuildRequest): Promise<RebuildResult> {
  const handle = context.datasets.open(request.datasetId)
  let writer: DatasetWriter | null = null
  try {
    const beginning = beginningOf(handle, request.change)
    const { fit, remaining } = repairsOf(handle, request)
    if (request.repairs.length > 0 && fit.length === 0) return { rebuilt: null, remaining }
    const earlier = repairedRows(handle)
    const back = earlier.filter((row) => row.change === request.change.undoes)
    const change = { ...request.change, rows: fit.length + back.length }
    // Rows of repairs are few; what is said of them stands in a table that only the careful way writes.
    if (fit.length === 0 && earlier.length === 0) {
      const result = await fillFast(context, handle, { target: request.target, beginning, change })
      if (result !== null) return { rebuilt: { result, change }, remaining }
    }
    writer = openDatasetWriter(request.target)
    const result = fill(context, { handle, beginning, writer, fit, earlier, back, change })
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

type FastFilling = { target: string; beginning: Beginning; change: NewChange }

/** The rows as they are by the threads of the fast import; null where they are few or it does not take them, and nothing is left. */
async function fillFast(
  context: TaskContext,
  handle: DatasetHandle,
  { target, beginning, change }: FastFilling,
): Promise<ImportResult | null> {
  const { size, sha256 } = handle.meta
  // Derived columns are made anew, cell by cell.
  const derived = beginning.plan.columns.length !== handle.columns.length || beginning.plan.packed.length > 0
  if (derived || size < FAST_FROM) return null
  const to = { target, beginning, source: { size, sha256 }, more: { change } }
  const filling = fillRows(context, to, true, () => goOn(context))
  try {
    let rows = 0
    for (const { cells, place } of datasetCells(handle)) {
      filling.row(cells, place)
      if (++rows % ROWS_PER_STEP !== 0) continue
      goOn(context)
      context.progress({ rows, total: handle.rows })
    }
    if (rows !== handle.rows) throw outOf(rows, handle)
    const result = await filling.end(quarantineOf(handle))
    return 'declined' in result ? null : result
  } catch (error) {
    await filling.discard()
    throw writingFailure(error)
  }
}

const outOf = (rows: number, handle: DatasetHandle): AppError =>
  new AppError('dataset-damaged', `The dataset file holds ${rows} rows of ${handle.rows}.`)

type Filling = {
  handle: DatasetHandle
  beginning: Beginning
  writer: DatasetWriter
  fit: readonly RepairedRecord[]
  /** Rows of repairs that were there before, and those of them that leave: the last ones. */
  earlier: readonly RepairedRow[]
  back: readonly RepairedRow[]
  change: NewChange
}

function fill(context: TaskContext, filling: Filling): ImportResult {
  const { handle, beginning, writer, fit, earlier, back, change } = filling
  const filler = createDatasetFiller(writer, beginning, () => goOn(context))
  const kept = handle.rows - back.length
  if ((back[0]?.row ?? kept + 1) !== kept + 1)
    throw new AppError('dataset-damaged', 'Rows of a repair are out of place.')
  let rows = 0
  function add(record: readonly string[], place: RowPlace): void {
    rows = filler.row(record, place)
    if (rows % ROWS_PER_STEP !== 0) return
    goOn(context)
    context.progress({ rows, total: kept + fit.length })
  }
  for (const { cells, place } of datasetCells(handle)) {
    if (rows === kept) break
    add(cells, place)
  }
  if (rows !== kept) throw outOf(rows, handle)
  const repaired = earlier.slice(0, earlier.length - back.length)
  for (const { cells, entry } of fit) {
    add(cells, entry)
    repaired.push({ ...entry, row: rows, change: change.id })
  }
  keepRepaired(writer, repaired)

  const taken = new Set(fit.map(({ entry }) => entry.id))
  for (const entry of inOrder(back, quarantineOf(handle))) if (!taken.has(entry.id)) filler.reject(entry)
  return filler.end({ size: handle.meta.size, sha256: handle.meta.sha256 }, { change })
}

/** Records that return among those that are there, in the order of the source. */
function* inOrder(returning: readonly QuarantineEntry[], there: Iterable<QuarantineEntry>): Generator<QuarantineEntry> {
  let next = 0
  for (const entry of there) {
    for (let one = returning[next]; one && one.id < entry.id; one = returning[++next]) yield one
    yield entry
  }
  yield* returning.slice(next)
}

/** What repaired rows were in quarantine, so that their repair can be taken back. */
function keepRepaired(writer: DatasetWriter, repaired: readonly RepairedRow[]): void {
  if (repaired.length === 0) return
  writer.execute(REPAIRED_TABLE)
  const table = writer.table('repaired', 8)
  for (const { row, change, id, line, offset, length, reason, raw } of repaired)
    table.add([row, change, id, line, offset, length, reason, raw])
  table.flush()
}

function goOn(context: TaskContext): void {
  if (context.cancelled()) throw new AppError('cancelled', 'Cancelled. The dataset is as it was.')
}
