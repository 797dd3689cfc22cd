import type { Column } from '#contract/datasets'
import { partOf, partTable, quoteName } from '../../importer/datasetFile.ts'
import { STRETCH } from '../../segments/engine.ts'
import type { ManyCodes } from '../../segments/manyCodes.ts'
import { FORM } from '../../segments/segmentFile.ts'
import type { DatasetHandle } from '../datasetFiles.ts'
import type { DatasetSegments } from './datasetSegments.ts'
import { rowNumbers } from './rowNumbers.ts'

/** The values of a column as numbers: 0 for an empty cell, else 1 to `count`. */
export type RowCodes = {
  count: number
  /** Of all rows, from row 1 on. */
  codes: Uint32Array
  value(code: number): string | number | null
}

/** Codes of a column with any number of values: from its segments, else from its pages. Null where it has too many. AppError 'cancelled'. */
export function rowCodesOf(handle: DatasetHandle, segments: DatasetSegments, column: Column): RowCodes | null {
  if (segments.layout.hasCodes(column)) return codedRows(segments, column)
  const kept = column.type === 'text' || column.type === 'time' ? null : segments.layout.numbers(column)
  const numbers = kept === 'whole' || kept === 'real'
  const many = segments.many(column, handle.goOn, numbers ? () => codedNumbers(handle, segments, column) : undefined)
  if (many === null) return null
  const cell = cellReader(handle, column)
  return {
    count: many.count,
    codes: many.codes,
    value: (code) => (code === 0 ? null : cell(many.firsts[code - 1] ?? 0)),
  }
}

/** Reads the cell of a row, as it is stored. */
export function cellReader(handle: DatasetHandle, column: Column): (row: number) => string | number | null {
  const cell = handle.db
    .prepare<[number], string | number | null>(
      `SELECT ${quoteName(column.name)} FROM ${partTable(partOf(column.position))} WHERE _row = ?`,
    )
    .pluck()
  return (row) => cell.get(row) ?? null
}

function codedRows(segments: DatasetSegments, column: Column): RowCodes {
  const codes = new Uint32Array(segments.rows)
  for (let n = 0; n < segments.stretches; n++) {
    const [ready] = segments.ready(n, [{ column, kind: 'codes' }])
    if (!ready) continue
    const length = Math.min(STRETCH, segments.rows - n * STRETCH)
    const { buffer } = segments.engine.bytes
    codes.set(
      ready.form === FORM.codes8 ? new Uint8Array(buffer, ready.at, length) : new Uint16Array(buffer, ready.at, length),
      n * STRETCH,
    )
  }
  const values = segments.values(column)
  return { count: values.count, codes, value: (code) => values.value(code) }
}

/** Numbers no further apart have a place in a table; others are looked for. */
const SPAN_MAX = 16 << 20

function codedNumbers(handle: DatasetHandle, segments: DatasetSegments, column: Column): ManyCodes {
  const { numbers } = rowNumbers(segments, { column, kind: 'numbers' }, null, handle.goOn)
  let [least, most, whole] = [Infinity, -Infinity, true]
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] ?? NaN
    if (Number.isNaN(number)) continue
    if (number < least) least = number
    if (number > most) most = number
    if (!Number.isInteger(number)) whole = false
  }
  handle.goOn()
  const codeOf = whole && most - least < SPAN_MAX ? inTable(least, most) : inMap()
  const codes = new Uint32Array(numbers.length)
  const firsts = new Uint32Array(numbers.length)
  let count = 0
  for (let row = 0; row < numbers.length; row++) {
    if ((row & 65_535) === 0) handle.goOn()
    const number = numbers[row] ?? NaN
    if (Number.isNaN(number)) continue
    const code = codeOf(number, count + 1)
    codes[row] = code
    if (code > count) firsts[count++] = row + 1
  }
  return { count, codes, firsts: firsts.slice(0, count) }
}

/** The code of a number, or the one given where it has none yet. */
type CodeOf = (number: number, next: number) => number

function inTable(least: number, most: number): CodeOf {
  const table = new Uint32Array(Math.max(0, most - least + 1))
  return (number, next) => {
    const known = table[number - least] ?? 0
    if (known === 0) table[number - least] = next
    return known || next
  }
}

function inMap(): CodeOf {
  const table = new Map<number, number>()
  return (number, next) => {
    const known = table.get(number)
    if (known === undefined) table.set(number, next)
    return known ?? next
  }
}
