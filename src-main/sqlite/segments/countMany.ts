import type { Column } from '#contract/datasets'
import type { DatasetHandle } from '../datasetFiles.ts'
import type { CountedPairs, CountedValues } from './countValues.ts'
import type { DatasetSegments } from './datasetSegments.ts'
import type { Matches } from './matches.ts'
import { rowCodesOf, type RowCodes } from './rowCodes.ts'

type Wanted = { limit: number; least: boolean }

/** Pairs of values counted in a table of all possible ones; of more, only those that there are have a place. */
const DENSE_MAX = 4 << 20
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
  const { pairs, counts, empty } =
    one.count * other.count <= DENSE_MAX
      ? densePairs(handle, [one, other], matches)
      : sparsePairs(handle, [one, other], matches, rows)
  const { places, distinct } = ranked(counts, wanted)
  return {
    values: places.map((place) => ({
      value: one.value(Math.floor((pairs?.[place] ?? place) / (other.count + 1))),
      by: other.value((pairs?.[place] ?? place) % (other.count + 1)),
      count: counts[place] ?? 0,
    })),
    distinct,
    empty,
    total: rows,
  }
}

/** Counts by pair; `pairs` null: the place is the pair. */
type Pairs = { pairs: Float64Array | null; counts: Uint32Array; empty: number }

function densePairs(
  handle: DatasetHandle,
  [one, other]: readonly [RowCodes, RowCodes],
  matches: Matches | null,
): Pairs {
  const across = other.count + 1
  const counts = new Uint32Array((one.count + 1) * across)
  let empty = 0
  eachRow(handle, matches, (row) => {
    const [a, b] = [one.codes[row] ?? 0, other.codes[row] ?? 0]
    if (a === 0 || b === 0) empty++
    else {
      const pair = a * across + b
      counts[pair] = (counts[pair] ?? 0) + 1
    }
  })
  return { pairs: null, counts, empty }
}

function sparsePairs(
  handle: DatasetHandle,
  [one, other]: readonly [RowCodes, RowCodes],
  matches: Matches | null,
  rows: number,
): Pairs {
  const across = other.count + 1
  // At most one pair a row: at least every other slot stays free.
  const bits = Math.max(4, Math.ceil(Math.log2(rows * 2 + 1)))
  const mask = 2 ** bits - 1
  /** 1 + the place of the pair. */
  const slots = new Uint32Array(2 ** bits)
  const pairs = new Float64Array(rows)
  const counts = new Uint32Array(rows)
  let [length, empty] = [0, 0]
  eachRow(handle, matches, (row) => {
    const [a, b] = [one.codes[row] ?? 0, other.codes[row] ?? 0]
    if (a === 0 || b === 0) {
      empty++
      return
    }
    const pair = a * across + b
    // Codes are numbers in a row: nobody chooses them, and these two constants spread them.
    let slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & mask
    for (;;) {
      const place = slots[slot] ?? 0
      if (place === 0) {
        pairs[length] = pair
        counts[length] = 1
        slots[slot] = ++length
        return
      }
      if (pairs[place - 1] === pair) {
        counts[place - 1] = (counts[place - 1] ?? 0) + 1
        return
      }
      slot = (slot + 1) & mask
    }
  })
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
