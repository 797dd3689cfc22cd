import { AppError } from '#contract/appError'
import type { Reading } from '#contract/datasets'
import type { Beginning } from '../importer/beginning.ts'
import { BEGINNING_RECORDS } from '../importer/beginning.ts'
import { columnPlan } from '../importer/columnPlan.ts'
import { createDatasetTables, datasetTables } from '../importer/datasetTables.ts'
import { finishDataset } from '../importer/finishDataset.ts'
import { createHostCollector } from '../importer/hostCollector.ts'
import type { ImportResult } from '../importer/importRequest.ts'
import { createIocCollector } from '../importer/iocCollector.ts'
import { rowLines } from '../importer/rowLines.ts'
import { createTimelineCollector } from '../importer/timelineCollector.ts'
import { blocksOf, datasetCells, quarantineOf, type RowPlace } from '../sqlite/datasetCells.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { openDatasetWriter } from '../sqlite/datasetWriter.ts'
import type { TaskContext } from './contexts.ts'
import { repairedRecords, type Repair, type RepairedRecord } from './repairedRecords.ts'

/** Cancel is asked for and progress told every so many rows. */
const ROWS_PER_STEP = 1_000

export type RebuildRequest = {
  datasetId: string
  /** The dataset file to write; must not exist. */
  target: string
  reading: Reading
  repairs: readonly Repair[]
  delimiter: string | undefined
  quote: string | undefined
}
export type RebuildResult = { result: ImportResult; repaired: number; remaining: { id: number; reason: string }[] }

/**
 * Writes a dataset file anew from its own cells, read as `reading` says: types, times, fields, indicators, hosts and timeline
 * are found again; rows keep their numbers, cells their text. Repaired records become rows behind the last one.
 * AppError cancelled, dataset-damaged, disk-full, invalid-input (a column or zone that does not exist).
 */
export async function rebuildDataset(context: TaskContext, request: RebuildRequest): Promise<RebuildResult> {
  const handle = context.datasets.open(request.datasetId)
  const beginning = beginningOf(handle, request.reading)
  const dialect = {
    delimiter: request.delimiter ?? beginning.dialect.delimiter,
    quote: request.quote ?? beginning.dialect.quote,
  }
  const entries = quarantineOf(handle)
  const { fit, remaining } = repairedRecords(entries, request.repairs, dialect, handle.columns.length)
  const writer = openDatasetWriter(request.target)
  try {
    const result = fill(context, handle, beginning, writer, fit, request.reading)
    writer.finish()
    return { result, repaired: fit.length, remaining }
  } catch (error) {
    await writer.discard()
    throw error
  } finally {
    context.datasets.close(request.datasetId)
  }
}

/** What would have been decided at the beginning of the source, from the kept cells. */
function beginningOf(handle: DatasetHandle, reading: Reading): Beginning {
  const { meta } = handle
  const records: string[][] = []
  for (const { cells } of datasetCells(handle)) {
    records.push([...cells])
    if (records.length >= BEGINNING_RECORDS) break
  }
  const plan = columnPlan({
    headers: handle.columns.map((column) => column.header),
    headed: meta.header,
    least: handle.columns.length,
    records,
    unset: meta.unsetMarks,
    dialect: reading,
  })
  return {
    encoding: meta.encoding,
    undecided: false,
    dialect: { delimiter: meta.delimiter, quote: meta.quote, escape: 'quote', newline: '\n', comments: false },
    offset: 0,
    line: 1,
    header: meta.header,
    headerLine: meta.headerLine,
    title: 0,
    headerRecords: 0,
    commented: false,
    plan,
    warnings: plan.warnings,
  }
}

function fill(
  context: TaskContext,
  handle: DatasetHandle,
  beginning: Beginning,
  writer: ReturnType<typeof openDatasetWriter>,
  fit: readonly RepairedRecord[],
  reading: Reading,
): ImportResult {
  const { plan } = beginning
  const made = rowLines(plan)
  createDatasetTables(writer, plan)
  const tables = datasetTables(writer, made.lines)
  const iocs = createIocCollector(plan, (found) => found.forEach(tables.ioc))
  const hosts = createHostCollector(plan.hosts, new Set(plan.unset), (found) => found.forEach(tables.host))
  const timeline = createTimelineCollector()
  let rows = 0
  let firstTime: number | null = null
  let lastTime: number | null = null
  let rowsWithoutTime = 0

  function add(cells: readonly string[], place: RowPlace): void {
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
    if (context.cancelled()) throw new AppError('cancelled', 'Cancelled. The dataset is as it was.')
    context.progress({ rows, total: handle.rows + fit.length })
  }
  for (const { cells, place } of datasetCells(handle)) add(cells, place)
  if (rows !== handle.rows)
    throw new AppError('dataset-damaged', `The dataset file holds ${rows} rows of ${handle.rows}.`)
  for (const { cells, entry } of fit) add(cells, entry)

  const taken = new Set(fit.map(({ entry }) => entry.id))
  const kept = quarantineOf(handle).filter(({ id }) => !taken.has(id))
  kept.forEach(tables.bad)
  for (const { n, sha256 } of blocksOf(handle)) tables.block(n, sha256)
  const findings = iocs.end()
  hosts.end()
  const result = finishDataset(tables, beginning, {
    size: handle.meta.size,
    sha256: handle.meta.sha256,
    encoding: beginning.encoding,
    rows,
    quarantined: kept.length,
    firstTime,
    lastTime,
    rowsWithoutTime,
    filled: made.filled,
    findings,
    timeline: timeline.result(),
    warnings: [...new Set([...handle.meta.warnings, ...beginning.warnings])],
  })
  tables.meta('reading', reading)
  tables.flush()
  const iocsByType = writer.iocsByType()
  return {
    ...result,
    iocs: iocsByType.reduce((sum, { count }) => sum + count, 0),
    iocsByType,
    hosts: writer.count('hosts'),
  }
}
