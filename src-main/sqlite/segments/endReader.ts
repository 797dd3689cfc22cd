import type { Column } from '#contract/datasets'
import type { DatasetHandle } from '../datasetFiles.ts'
import { predicateOf, type RowFilter } from '../rowView.ts'
import { GO_ON_ROWS, pairCodes, type ChosenCodes } from './chosenCodes.ts'
import type { DatasetSegments } from './datasetSegments.ts'
import { rowCodesOf, type RowCodes } from './rowCodes.ts'
import { rowNumbers } from './rowNumbers.ts'

/** Columns of one field that are looked at, best first. */
export const COLUMNS_MAX = 4
/** Windows and Zeek exports write this where there is nothing. */
export const NOTHING = '-'
/** Between the texts of an end that takes more than one field. */
export const BETWEEN = '\u001f'
/** Rows that are counted by codes: each needs about 50 bytes while it is done. Of more, SQLite counts on the disk. */
const ROWS_MAX = 8_000_000
/** Bytes of codes of ends that are kept for the next pair; the oldest go first. */
const KEPT_BYTES_MAX = 64 << 20

/** The columns of each field of an end, best first. A value is the first of a field that is not empty. */
export type EndColumns = readonly (readonly Column[])[]

/** What the rows that match say, as numbers for compiled loops. */
export type EndReader = {
  rows: number
  goOn(): void
  /** What an end says in each row; a text of two columns has a code for each. Null where a column has too many values to be told apart. */
  end(columns: EndColumns): ChosenCodes | null
  /** Bytes of each row: the sum of the groups, of each the first number; NaN where no column has one. Null without groups. */
  bytes(groups: readonly (readonly Column[])[]): Float64Array | null
  /** Microseconds since 1970 UTC, NaN where a row has no time; null where none has. */
  times(): Float64Array | null
}

/** Null where the file has no segments for it, or more than 8 M rows match: SQLite has to count. AppError as matchesOf, 'cancelled'. */
export function endReaderOf(handle: DatasetHandle, filter: RowFilter): EndReader | null {
  const segments = handle.segments()
  const predicate = predicateOf(filter)
  const matches = predicate.op === 'all' ? null : handle.matches(predicate)
  if (!segments || (matches === null && predicate.op !== 'all')) return null
  const timeColumn = handle.columns.find(({ name }) => name === handle.timeColumn) ?? null
  if (timeColumn && !segments.layout.hasInstants(timeColumn.name)) return null
  matches?.until(Infinity)
  const rows = matches?.count() ?? handle.rows
  if (rows > ROWS_MAX) return null
  const chosen = matches?.all() ?? null
  const { goOn } = handle
  const kept = new Map<string, ChosenCodes>()

  function field(columns: readonly Column[]): ChosenCodes | null {
    const parts: { codes: Uint32Array; before: number; of: RowCodes }[] = []
    let before = 0
    let joined: Uint32Array | null = null
    for (const column of columns.slice(0, COLUMNS_MAX)) {
      const of = segments && rowCodesOf(handle, segments, column)
      if (!segments || !of) return null
      joined = taken(joined, of, before, unsetCodes(handle, segments, column, of))
      parts.push({ codes: joined, before, of })
      before += of.count
    }
    const texts = new Map<number, string>()
    const textOf = (code: number): string => {
      const part = parts.findLast((one) => code > one.before)
      return String(part?.of.value(code - part.before) ?? '')
    }
    return (
      joined && {
        codes: joined,
        count: before,
        text(code) {
          const known = texts.get(code) ?? textOf(code)
          texts.set(code, known)
          return known
        },
      }
    )
  }

  /** Codes of the chosen rows where no column before has one. */
  function taken(known: Uint32Array | null, of: RowCodes, before: number, unset: ReadonlySet<number>): Uint32Array {
    // As they are kept: nobody writes into them.
    if (known === null && chosen === null && unset.size === 0) return of.codes
    const codes = new Uint32Array(rows)
    for (let n = 0; n < rows; n++) {
      if (n % GO_ON_ROWS === 0) goOn()
      const code = of.codes[chosen ? (chosen[n] ?? 1) - 1 : n] ?? 0
      codes[n] = known?.[n] || (code === 0 || unset.has(code) ? 0 : code + before)
    }
    return codes
  }

  function made(columns: EndColumns): ChosenCodes | null {
    let end: ChosenCodes | null = null
    for (const group of columns) {
      const next = field(group)
      if (next === null) return null
      end = end === null ? next : together(end, next, goOn)
    }
    return end
  }

  function numbers(column: Column): Float64Array | null {
    if (!segments) return null
    const numeric = column.type === 'integer' || column.type === 'number'
    if (numeric && segments.layout.numbers(column) !== null)
      return rowNumbers(segments, { column, kind: 'numbers' }, matches, goOn).numbers
    const end = field([column])
    if (end === null) return null
    const values = Float64Array.from({ length: end.count + 1 }, (_, code) => {
      if (code % 1_024 === 0) goOn()
      const text = code === 0 ? '' : end.text(code)
      return /^\d{1,15}$/.test(text) ? Number(text) : NaN
    })
    return Float64Array.from(end.codes, (code) => values[code] ?? NaN)
  }

  return {
    rows,
    goOn,
    end(columns) {
      const key = JSON.stringify(columns.map((group) => group.map(({ position }) => position)))
      const known = kept.get(key) ?? made(columns)
      if (known === null) return null
      kept.delete(key)
      kept.set(key, known)
      let bytes = [...kept.values()].reduce((sum, { codes }) => sum + codes.byteLength, 0)
      for (const [oldest, { codes }] of kept) {
        if (bytes <= KEPT_BYTES_MAX || oldest === key) break
        kept.delete(oldest)
        bytes -= codes.byteLength
      }
      return known
    },
    bytes(groups) {
      if (groups.length === 0) return null
      const sum = new Float64Array(rows).fill(NaN)
      for (const group of groups) {
        const left = new Uint8Array(rows).fill(1)
        for (const column of group) {
          const own = numbers(column)
          for (let n = 0; own && n < rows; n++) {
            const value = own[n] ?? NaN
            if (left[n] === 0 || !(value >= 0)) continue
            left[n] = 0
            const known = sum[n] ?? NaN
            sum[n] = Number.isNaN(known) ? value : known + value
          }
        }
      }
      return sum
    },
    times: () =>
      timeColumn && segments
        ? rowNumbers(segments, { column: timeColumn, kind: 'instants' }, matches, goOn).numbers
        : null,
  }
}

/** Two fields as one: a number for each pair of their values. */
function together(one: ChosenCodes, other: ChosenCodes, goOn: () => void): ChosenCodes {
  const { codes, count, ones, others } = pairCodes(one, other, goOn)
  return { codes, count, text: (code) => `${one.text(ones[code] ?? 0)}${BETWEEN}${other.text(others[code] ?? 0)}` }
}

/** Codes of cells that say that there is nothing. */
function unsetCodes(
  handle: DatasetHandle,
  segments: DatasetSegments,
  column: Column,
  { count, codes, value }: RowCodes,
): ReadonlySet<number> {
  const marks = new Set([NOTHING, '', ...handle.unsetMarks])
  const found = new Set<number>()
  const look = (code: number): void => {
    const cell = value(code)
    if (typeof cell === 'string' && marks.has(cell)) found.add(code)
  }
  if (segments.layout.hasCodes(column)) {
    for (let code = 1; code <= count; code++) look(code)
    return found
  }
  const kept = column.type === 'text' || column.type === 'time' ? null : segments.layout.numbers(column)
  if (kept === 'whole' || kept === 'real') return found
  for (const text of marks) {
    if (text === '') continue
    const equal = handle.matches({ op: 'match', field: { name: column.name, at: 0 }, test: { kind: 'equals', text } })
    if (!equal) continue
    equal.until(Infinity)
    const seen = new Set<number>()
    for (const row of equal.all()) seen.add(codes[row - 1] ?? 0)
    seen.delete(0)
    for (const code of seen) look(code)
  }
  return found
}
