import type { Reading } from '#contract/datasets'
import { BEGINNING_BYTES, BEGINNING_RECORDS, type Beginning } from '../importer/beginning.ts'
import { columnPlan } from '../importer/columnPlan.ts'
import { datasetCells } from '../sqlite/datasetCells.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'

/** Derived columns are made anew from the cells they come from. */
export const sourceColumns = (handle: DatasetHandle) => handle.columns.filter((column) => column.derivedFrom === null)

/** What would have been decided at the beginning of the source, from the kept cells. */
export function beginningOf(handle: DatasetHandle, { before, after }: { before: Reading; after: Reading }): Beginning {
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
