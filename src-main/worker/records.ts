import { AppError } from '#contract/appError'
import type { RowRecord } from '#contract/rows'
import { findIocs, iocOfCell } from '../importer/iocs.ts'
import { isoOfUsOrNull } from '../sqlite/conditions.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { get } from '../sqlite/queries/rows.read.ts'

/** Indicators are looked for in this much of a cell, in UTF-16 units; longer text is shown without marks behind it. */
const MARKED_MAX = 65_536

/** One row with raw text, typed values and the indicators in it. AppError 'not-found' when the dataset has no such row. */
export function record(handle: DatasetHandle, row: number): Omit<RowRecord, 'sourceRow'> {
  const stored = get(handle, row)
  if (!stored) throw new AppError('not-found', `This dataset has no row ${row}; it has ${handle.rows}.`, { row })
  return {
    row: stored.row,
    line: stored.line,
    offset: stored.offset,
    length: stored.length,
    time: isoOfUsOrNull(stored.time),
    cells: stored.cells.map(({ column, stored: value, instant }) => {
      const raw = value === null ? '' : String(value)
      return {
        column: column.name,
        header: column.header,
        type: column.type,
        fields: column.fields,
        raw,
        value: column.type === 'time' ? isoOfUsOrNull(instant) : typeof value === 'number' ? value : null,
        iocs: column.type === 'time' || typeof value === 'number' ? [] : iocsIn(raw),
      }
    }),
  }
}

/** The indicators in a cell, with their places. */
export function iocsIn(raw: string): RowRecord['cells'][number]['iocs'] {
  const text = raw.slice(0, MARKED_MAX)
  const whole = iocOfCell(text)
  if (whole !== null) return [{ type: whole, value: text.trim(), start: 0, end: text.length }]
  return findIocs(text)
}
