import type { Column } from '#contract/datasets'
import { PART_COLUMNS, partOf } from '../importer/datasetFile.ts'

/** Where a column stands in the records of the row tables: the value's number in the record of its part, from 0. */
export type FieldPlace = {
  part: number
  field: number
  /** The instants of a time column, which for the column that gives the row's time stand in part 0; null for others. */
  instant: { part: number; field: number } | null
}

/** _row, _time, _offset, _length and _line stand before the first column of the first part, _row before that of the others. */
const BEFORE = { first: 5, other: 1 }
const ROW_TIME = { part: 0, field: 1 }

/** The places of all columns, by position; as rowTables (importer/datasetFile.ts) lays them out. */
export function fieldPlaces(columns: readonly Column[], timeColumn: string | null): FieldPlace[] {
  let field = 0
  return columns.map((column, position) => {
    const part = partOf(position)
    if (position % PART_COLUMNS === 0) field = part === 0 ? BEFORE.first : BEFORE.other
    const own = field++
    if (column.type !== 'time') return { part, field: own, instant: null }
    const instant = column.name === timeColumn ? ROW_TIME : { part, field: field++ }
    return { part, field: own, instant }
  })
}
