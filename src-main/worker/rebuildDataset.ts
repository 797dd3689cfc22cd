import { AppError } from '#contract/appError'
import type { Reading } from '#contract/datasets'
import type { Beginning } from '../importer/beginning.ts'
import { BEGINNING_BYTES, BEGINNING_RECORDS } from '../importer/beginning.ts'
import { columnPlan } from '../importer/columnPlan.ts'
import { createDatasetTables, datasetTables } from '../importer/datasetTables.ts'
import { finishDataset } from '../importer/finishDataset.ts'
import { createHostCollector } from '../importer/hostCollector.ts'
import type { ImportResult } from '../importer/importRequest.ts'
import { createIocCollector } from '../importer/iocCollector.ts'
import { createUnpacker } from '../importer/packedColumns.ts'
import { rowLines } from '../importer/rowLines.ts'
import { createTimelineCollector } from '../importer/timelineCollector.ts'
import { addSegments } from '../importer/writeSegments.ts'
import { datasetCells, quarantineEntry, quarantineOf, type RowPlace } from '../sqlite/datasetCells.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { openDatasetWriter, type DatasetWriter } from '../sqlite/datasetWriter.ts'
import type { NewChange } from '../sqlite/queries/readings.write.ts'
import type { TaskContext } from './contexts.ts'
import { repairedRecords, type Repair, type RepairedRecord } from './repairedRecords.ts'

/** Cancel is asked for and progress told every so many rows. */
const ROWS_PER_STEP = 1_000
/** Lines of side tables between two looks at whether it was cancelled. */
const LINES_PER_STEP = 2_000

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
    writer = await addSegments(writer, request.target, result, () => goOn(context))
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

/** Derived columns are made anew from the cells they come from. */
const sourceColumns = (handle: DatasetHandle) => handle.columns.filter((column) => column.derivedFrom === null)

/** What would have been decided at the beginning of the source, from the kept cells. */
function beginningOf(handle: DatasetHandle, { before, after }: { before: Reading; after: Reading }): Beginning {
  const { meta } = handle
  const records: string[][] = []
  for (const { cells, place } of datasetCells(handle)) {
    // The very rows by which the import decided; rows that were repaired lie anywhere.
    if (records.length > 0 && place.offset + place.length > BEGINNING_BYTES) break
    records.push([...cells])
    if (records.length >= BEGINNING_RECORDS) break
  }
  const start = {
    headers: sourceColumns(handle).map((column) => column.header),
    headed: meta.header,
    least: meta.least ?? sourceColumns(handle).length,
    records,
    unset: meta.unsetMarks,
  }
  const plan = columnPlan({ ...start, dialect: after })
  // What was uncertain before may have been decided by now.
  const settled = new Set(columnPlan({ ...start, dialect: before }).warnings)
  const kept = meta.warnings.filter((warning) => !settled.has(warning))
  return {
    encoding: meta.encoding,
    undecided: false,
    dialect: { delimiter: meta.delimiter, quote: meta.quote, escape: meta.escape, newline: '\n', comments: false },
    offset: 0,
    line: 1,
    header: meta.header,
    headerLine: meta.headerLine,
    title: 0,
    headerRecords: 0,
    commented: false,
    json: null,
    plan,
    warnings: [...new Set([...kept, ...plan.warnings])],
  }
}

function fill(
  context: TaskContext,
  handle: DatasetHandle,
  beginning: Beginning,
  writer: DatasetWriter,
  fit: readonly RepairedRecord[],
  change: NewChange,
): ImportResult {
  const { plan } = beginning
  const made = rowLines(plan)
  createDatasetTables(writer, plan)
  const tables = datasetTables(writer, made.lines)
  const iocs = createIocCollector(plan, (found) => addAll(found, tables.ioc, context))
  const hosts = createHostCollector(plan.hosts, new Set(plan.unset), (found) => addAll(found, tables.host, context))
  const timeline = createTimelineCollector()
  let rows = 0
  let firstTime: number | null = null
  let lastTime: number | null = null
  let rowsWithoutTime = 0

  const unpack = createUnpacker(plan.packed, plan.sources)
  function add(record: readonly string[], place: RowPlace): void {
    const cells = unpack(record)
    const time = made.fill(++rows, cells, place)
    tables.row()
    if (time === null) rowsWithoutTime++
    else {
      timeline.add(time)
      firstTime = firstTime === null ? time : Math.min(firstTime, time)
      lastTime = lastTime === null ? time : Math.max(lastTime, time)
    }
    iocs.row(cells, time)
    hosts.row(cells, time)
    if (rows % ROWS_PER_STEP !== 0) return
    goOn(context)
    context.progress({ rows, total: handle.rows + fit.length })
  }
  for (const { cells, place } of datasetCells(handle)) add(cells, place)
  if (rows !== handle.rows)
    throw new AppError('dataset-damaged', `The dataset file holds ${rows} rows of ${handle.rows}.`)
  for (const { cells, entry } of fit) add(cells, entry)

  const taken = new Set(fit.map(({ entry }) => entry.id))
  let quarantined = 0
  for (const entry of quarantineOf(handle)) {
    if (taken.has(entry.id)) continue
    quarantined++
    tables.bad(entry)
  }
  const findings = iocs.end()
  hosts.end()
  const result = finishDataset(tables, beginning, {
    size: handle.meta.size,
    sha256: handle.meta.sha256,
    encoding: beginning.encoding,
    rows,
    quarantined,
    firstTime,
    lastTime,
    rowsWithoutTime,
    filled: made.filled,
    findings,
    timeline: timeline.result(),
    warnings: beginning.warnings,
  })
  tables.meta('change', change)
  tables.flush()
  const iocsByType = writer.iocsByType()
  return {
    ...result,
    iocs: iocsByType.reduce((sum, { count }) => sum + count, 0),
    iocsByType,
    hosts: writer.count('hosts'),
  }
}

function goOn(context: TaskContext): void {
  if (context.cancelled()) throw new AppError('cancelled', 'Cancelled. The dataset is as it was.')
}

function addAll<T>(entries: readonly T[], add: (entry: T) => void, context: TaskContext): void {
  for (const [index, entry] of entries.entries()) {
    if (index % LINES_PER_STEP === 0) goOn(context)
    add(entry)
  }
}
