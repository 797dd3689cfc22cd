import type { Column } from '#contract/datasets'
import type { DatasetHandle } from '../datasetFiles.ts'
import type { CountedPairs, CountedValues } from './countValues.ts'
import type { DatasetSegments } from './datasetSegments.ts'
import type { Matches } from './matches.ts'
import { cellReader, rowCodesOf, type RowCodes } from './rowCodes.ts'

type Wanted = { limit: number; least: boolean }

/** Rows after which is asked whether to go on. */
const GO_ON_ROWS = 65_536

/**
 * The most frequent values of a column with any number of them, equal ones in the order in which they first stand. Null where
 * there are too many to be told apart. AppError 'cancelled', 'dataset-damaged'.
 */
export function countMany(
  handle: DatasetHandle,
  segments: DatasetSegments,
  column: Column,
  matches: Matches | null,
  wanted: Wanted,
): CountedValues | null {
  const known = matches === null ? segments.manyCounts(column) : null
  if (known) return countedAlready(handle, column, known, wanted)
  matches?.until(Infinity)
  const coded = rowCodesOf(handle, segments, column)
  if (coded === null) return null
  const counts = new Uint32Array(coded.count + 1)
  eachRow(handle, matches, (row) => {
    const code = coded.codes[row] ?? 0
    counts[code] = (counts[code] ?? 0) + 1
  })
  const empty = counts[0] ?? 0
  counts[0] = 0
  const { places, distinct, total } = ranked(counts, wanted)
  return {
    values: places.map((code) => ({ value: coded.value(code), count: counts[code] ?? 0 })),
    distinct,
    empty,
    total: total + empty,
  }
}

/** Over all rows, from what the file of segments knows. */
function countedAlready(
  handle: DatasetHandle,
  column: Column,
  { counts, firsts }: { counts: Uint32Array; firsts: Uint32Array },
  wanted: Wanted,
): CountedValues {
  const { places, distinct, total } = ranked(counts, wanted)
  const value = cellReader(handle, column)
  return {
    values: places.map((place) => ({ value: value(firsts[place] ?? 0), count: counts[place] ?? 0 })),
    distinct,
    empty: handle.rows - total,
    total: handle.rows,
  }
}

/** The most frequent pairs of values of two columns, rows with an empty cell in one of them left out. As countMany. */
export function countManyPairs(
  handle: DatasetHandle,
  segments: DatasetSegments,
  columns: readonly [Column, Column],
  matches: Matches | null,
  wanted: Wanted,
): CountedPairs | null {
  matches?.until(Infinity)
  const one = rowCodesOf(handle, segments, columns[0])
  const other = one && rowCodesOf(handle, segments, columns[1])
  if (!one || !other) return null
  const rows = matches?.count() ?? handle.rows
  const { pairs, counts, empty } = pairsOf(handle, [one, other], matches, rows)
  const { places, distinct } = ranked(counts, wanted)
  return {
    values: places.map((place) => ({
      value: one.value(Math.floor((pairs[place] ?? 0) / (other.count + 1))),
      by: other.value((pairs[place] ?? 0) % (other.count + 1)),
      count: counts[place] ?? 0,
    })),
    distinct,
    empty,
    total: rows,
  }
}

/** Pairs as `one * (other.count + 1) + other`, each once, and how often each stands. */
type Pairs = { pairs: Float64Array; counts: Uint32Array; empty: number }

/**
 * Rows are put together by their first value, then the second ones are counted within each: no pair is ever looked for, and
 * what is counted at a time is small.
 */
function pairsOf(
  handle: DatasetHandle,
  [one, other]: readonly [RowCodes, RowCodes],
  matches: Matches | null,
  rows: number,
): Pairs {
  const across = other.count + 1
  const starts = new Uint32Array(one.count + 2)
  let empty = 0
  eachRow(handle, matches, (row) => {
    const code = one.codes[row] ?? 0
    if (code === 0 || other.codes[row] === 0) empty++
    else starts[code + 1] = (starts[code + 1] ?? 0) + 1
  })
  for (let code = 1; code < starts.length; code++) starts[code] = (starts[code] ?? 0) + (starts[code - 1] ?? 0)
  const seconds = new Uint32Array(rows - empty)
  const ends = starts.slice()
  eachRow(handle, matches, (row) => {
    const [code, second] = [one.codes[row] ?? 0, other.codes[row] ?? 0]
    if (code === 0 || second === 0) return
    const place = ends[code] ?? 0
    seconds[place] = second
    ends[code] = place + 1
  })
  const pairs = new Float64Array(seconds.length)
  const counts = new Uint32Array(seconds.length)
  /** Per second value, 1 + the place of its pair with the first value at hand. */
  const places = new Uint32Array(across)
  let length = 0
  for (let code = 1; code <= one.count; code++) {
    if ((code & 1_023) === 0) handle.goOn()
    const begin = length
    for (let at = starts[code] ?? 0; at < (ends[code] ?? 0); at++) {
      const second = seconds[at] ?? 0
      const known = places[second] ?? 0
      if (known > begin) counts[known - 1] = (counts[known - 1] ?? 0) + 1
      else {
        pairs[length] = code * across + second
        counts[length] = 1
        places[second] = ++length
      }
    }
  }
  return { pairs, counts: counts.subarray(0, length), empty }
}

/** Calls `each` with every matching row, counted from 0. */
export function eachRow(handle: DatasetHandle, matches: Matches | null, each: (row: number) => void): void {
  const numbers = matches?.all()
  const length = numbers?.length ?? handle.rows
  for (let from = 0; from < length; from += GO_ON_ROWS) {
    handle.goOn()
    const to = Math.min(length, from + GO_ON_ROWS)
    if (numbers) for (let n = from; n < to; n++) each((numbers[n] ?? 1) - 1)
    else for (let row = from; row < to; row++) each(row)
  }
}

/** Places of the greatest (or smallest) counts above 0, at most `limit`, equal ones by their place. */
function ranked(counts: Uint32Array, { limit, least }: Wanted): { places: number[]; distinct: number; total: number } {
  let [distinct, total] = [0, 0]
  // Kept in order; most counts are no better than the last of them, which one look tells.
  const places: number[] = []
  const of = (place: number | undefined): number => (place === undefined ? 0 : (counts[place] ?? 0))
  for (let place = 0; place < counts.length; place++) {
    const count = counts[place] ?? 0
    if (count === 0) continue
    distinct++
    total += count
    if (places.length === limit) {
      const edge = of(places.at(-1))
      if (least ? count >= edge : count <= edge) continue
      places.pop()
    }
    let [low, high] = [0, places.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const better = least ? count < of(places[middle]) : count > of(places[middle])
      if (better) high = middle
      else low = middle + 1
    }
    places.splice(low, 0, place)
  }
  return { places, distinct, total }
}
