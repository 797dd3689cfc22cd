import type { Reading } from '#contract/datasets'
import { BEGINNING_BYTES, BEGINNING_RECORDS, type Beginning } from '../importer/beginning.ts'
import { isUnreadDates } from '../importer/dayMonth.ts'
import { planWithLater } from '../importer/tellingRecords.ts'
import { datasetCells } from '../sqlite/datasetCells.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'

/** Derived columns are made anew from the cells they come from. */
export const sourceColumns = (handle: DatasetHandle) => handle.columns.filter((column) => column.derivedFrom === null)

/** The cells of the rows by which the import decided, from one number to another; rows that were repaired lie anywhere. */
function* firstCells(handle: DatasetHandle, from: number, to: number): Generator<string[], undefined> {
  let row = 0
  for (const { cells, place } of datasetCells(handle)) {
    if (row >= to || (row > 0 && place.offset + place.length > BEGINNING_BYTES)) return
    if (row++ >= from) yield [...cells]
  }
}

/** What would have been decided at the beginning of the source, from the kept cells. */
export function beginningOf(handle: DatasetHandle, { before, after }: { before: Reading; after: Reading }): Beginning {
  const { meta } = handle
  const records = [...firstCells(handle, 0, BEGINNING_RECORDS)]
  const start = {
    headers: sourceColumns(handle).map((column) => column.header),
    headed: meta.header,
    least: meta.least ?? sourceColumns(handle).length,
    records,
    unset: meta.unsetMarks,
    types: meta.saidTypes,
  }
  const planOf = (dialect: Reading) =>
    planWithLater({ ...start, dialect }, () => firstCells(handle, BEGINNING_RECORDS, Infinity))
  const plan = planOf(after)
  // What was uncertain before may have been decided by now.
  const settled = new Set(planOf(before).warnings)
  const kept = meta.warnings.filter((warning) => !settled.has(warning) && !isUnreadDates(warning))
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
