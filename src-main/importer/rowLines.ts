import type { ColumnPlan } from './columnPlan.ts'
import { PART_COLUMNS } from './datasetFile.ts'
import type { Place } from './recordReader.ts'
import { timeReader, type TimeFormat, isTimeFormat } from './times.ts'
import { storedCell } from './types.ts'
import { isZone } from './zones.ts'

type Stored = string | number | bigint | null

const TEXT = 0
const NUMBER = 1
const TIME = 2

export type RowLines = {
  /** One array per row table, used again for the next row: values in the order of its columns. */
  lines: Stored[][]
  /** Fills `lines`; answers the time of the row in microseconds since 1970 UTC, or null. */
  fill(row: number, cells: readonly string[], place: Readonly<Place>): number | null
  /** Filled cells per column so far. */
  filled: number[]
}

/** Makes the lines of the row tables (datasetFile.ts) from the cells of a record, as the plan says. */
export function rowLines(plan: ColumnPlan): RowLines {
  const { columns, timePosition } = plan
  const rowTime = rowTimeReader(plan)
  const kinds = columns.map((column) =>
    column.type === 'integer' || column.type === 'number'
      ? NUMBER
      : column.type === 'time' && column.position !== timePosition
        ? TIME
        : TEXT,
  )
  const types = columns.map((column) => column.type)
  const instants = columns.map((column, position) =>
    kinds[position] === TIME ? rememberLast(column.timeFormat, column.timeZone ?? 'UTC', plan.skew) : null,
  )
  const filled = columns.map(() => 0)
  const parts = Math.max(1, Math.ceil(columns.length / PART_COLUMNS))
  const lines: Stored[][] = Array.from({ length: parts }, (_, part) => {
    const extra = kinds.slice(part * PART_COLUMNS, (part + 1) * PART_COLUMNS)
    return new Array<Stored>((part === 0 ? 5 : 1) + extra.length + extra.filter((kind) => kind === TIME).length).fill(
      null,
    )
  })

  function fill(row: number, cells: readonly string[], place: Readonly<Place>): number | null {
    let position = 0
    let time: number | null = null
    for (let part = 0; part < parts; part++) {
      const line = lines[part] ?? []
      line[0] = row
      let at = 1
      if (part === 0) {
        if (timePosition !== null) time = rowTime(cells)
        line[1] = time
        line[2] = place.offset
        line[3] = place.length
        line[4] = place.line
        at = 5
      }
      for (const end = Math.min(columns.length, (part + 1) * PART_COLUMNS); position < end; position++) {
        const text = cells[position]
        const kind = kinds[position]
        if (text === undefined || text === '') {
          line[at++] = null
          if (kind === TIME) line[at++] = null
          continue
        }
        filled[position] = (filled[position] ?? 0) + 1
        if (kind === TEXT) line[at++] = text
        else if (kind === NUMBER) {
          const whole = wholeNumber(text)
          // better-sqlite3 binds every number as REAL.
          if (whole >= 0) line[at++] = BigInt(whole)
          else {
            const value = storedCell(text, types[position] ?? 'text')
            line[at++] = typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value
          }
        } else {
          line[at++] = text
          line[at++] = instants[position]?.(text) ?? null
        }
      }
    }
    return time
  }
  return { lines, fill, filled }
}

/** The number that 1 to 15 digits without a leading zero stand for, which is always lossless; -1 for any other text. */
function wholeNumber(text: string): number {
  if (text.length > 15) return -1
  let value = 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return text.length > 1 && text.charCodeAt(0) === 48 ? -1 : value
}

/** Zones a column may name; beyond this the zone of the plan holds. */
const ZONES_MAX = 1_000

function rowTimeReader(plan: ColumnPlan): (cells: readonly string[]) => number | null {
  const { columns, timePosition, timeWith, timeZone, timeZoneFrom } = plan
  if (timePosition === null) return () => null
  const format = columns[timePosition]?.timeFormat ?? null
  const read = rememberLast(format, timeZone, plan.skew)
  if (timeWith === null && timeZoneFrom === null) return (cells) => read(cells[timePosition] ?? '')
  const readers = new Map<string, (text: string) => number | null>()
  const readerOf = (zone: string): ((text: string) => number | null) => {
    const known = readers.get(zone)
    if (known) return known
    const reader = readers.size < ZONES_MAX && isZone(zone) ? rememberLast(format, zone, plan.skew) : read
    if (readers.size < ZONES_MAX) readers.set(zone, reader)
    return reader
  }
  return (cells) => {
    const text = cells[timePosition] ?? ''
    const second = timeWith === null ? '' : (cells[timeWith] ?? '')
    if (text === '') return null
    return readerOf(timeZoneFrom === null ? '' : (cells[timeZoneFrom] ?? ''))(
      second === '' ? text : `${text} ${second}`,
    )
  }
}

/** Times come in runs: the same text as in the row before is not read again. `skew` in microseconds. */
function rememberLast(format: string | null, zone: string, skew: number): (text: string) => number | null {
  if (format === null || !isTimeFormat(format)) return () => null
  const known: TimeFormat = format
  const read = timeReader(known, zone)
  let lastText = ''
  let last: number | null = null
  return (text) => {
    if (text === '') return null
    if (text !== lastText) {
      const time = read(text)
      last = time === null ? null : time + skew
      lastText = text
    }
    return last
  }
}
