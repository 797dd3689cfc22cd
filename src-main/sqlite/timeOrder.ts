import type { DatasetHandle } from './datasetFiles.ts'
import { marksVersion, narrowedCondition } from './rowView.ts'
import { visitRows } from './visitRows.ts'

/** The rows that match and have a time, by time, those of the same time in the order of the source. Times in microseconds. */
export type TimeOrder = { times: Float64Array; rows: Uint32Array; rowsWithoutTime: number }

/** A digit of the sort, and a word of two of them. */
const DIGIT = 65_536
const WORD = DIGIT * DIGIT

/**
 * Rows of a dataset in the order of time. Built once by a scan that can be cancelled, then kept among the views of the
 * dataset, 12 bytes a row; a stretch of it is found by halving. AppError as conditionOf.
 */
export function timeOrderOf(handle: DatasetHandle, q: string): TimeOrder {
  const key = `order of time ${marksVersion(handle, { q })} ${q}`
  const known = handle.views.get(key)
  return unpacked(known ?? handle.views.keep(key, build(handle, q)))
}

/** One list of 32-bit words: the times as doubles, the rows, and how many rows have no time. */
function build(handle: DatasetHandle, q: string): Uint32Array {
  const condition = narrowedCondition(handle, { q })
  let times = new Float64Array(condition.text === '1' ? handle.rows : 4_096)
  let rows = new Uint32Array(times.length)
  let [length, without] = [0, 0]
  visitRows(handle, condition, { first: '_row', second: '_time' }, (row, time) => {
    if (typeof time !== 'number') {
      without++
      return
    }
    if (length === times.length) {
      const most = Math.min(handle.rows, length * 2)
      times = grown(times, new Float64Array(most))
      rows = grown(rows, new Uint32Array(most))
    }
    times[length] = time
    rows[length++] = Number(row)
  })
  const view = new Uint32Array(length * 3 + 1)
  const sorted = { times: new Float64Array(view.buffer, 0, length), rows: view.subarray(length * 2, length * 3) }
  sortByTime(times.subarray(0, length), rows.subarray(0, length), sorted)
  view[length * 3] = without
  return view
}

function grown<A extends Float64Array | Uint32Array>(from: A, to: A): A {
  to.set(from)
  return to
}

function unpacked(view: Uint32Array): TimeOrder {
  const length = (view.length - 1) / 3
  return {
    times: new Float64Array(view.buffer, view.byteOffset, length),
    rows: view.subarray(length * 2, length * 3),
    rowsWithoutTime: view[length * 3] ?? 0,
  }
}

/** Most evidence is in the order of time already, which one look tells; else digit by digit, which keeps the order of equal times. */
function sortByTime(times: Float64Array, rows: Uint32Array, into: { times: Float64Array; rows: Uint32Array }): void {
  const { length } = times
  let [least, most, ordered] = [Infinity, -Infinity, true]
  for (let n = 0; n < length; n++) {
    const time = times[n] ?? 0
    if (time < most) ordered = false
    if (time < least) least = time
    if (time > most) most = time
  }
  if (ordered) {
    into.times.set(times)
    into.rows.set(rows)
    return
  }
  const order = orderOf(times, least, most - least)
  for (let n = 0; n < length; n++) {
    const from = order[n] ?? 0
    into.times[n] = times[from] ?? 0
    into.rows[n] = rows[from] ?? 0
  }
}

/** Places in the order of time. Times count from `least` in two words, since digits of doubles are slow to take. */
function orderOf(times: Float64Array, least: number, span: number): Uint32Array {
  const { length } = times
  const words = [new Uint32Array(length), new Uint32Array(length)] as const
  const [low, high] = words
  for (let n = 0; n < length; n++) {
    const since = (times[n] ?? 0) - least
    const above = Math.floor(since / WORD)
    high[n] = above
    low[n] = since - above * WORD
  }
  let order = new Uint32Array(length)
  for (let n = 0; n < length; n++) order[n] = n
  let next = new Uint32Array(length)
  const starts = new Uint32Array(DIGIT + 1)
  for (let digits = 0; digits < 4 && span >= DIGIT ** digits; digits++) {
    const word = digits < 2 ? low : high
    const shift = (digits % 2) * 16
    starts.fill(0)
    for (let n = 0; n < length; n++) {
      const after = (((word[n] ?? 0) >>> shift) & (DIGIT - 1)) + 1
      starts[after] = (starts[after] ?? 0) + 1
    }
    for (let digit = 1; digit <= DIGIT; digit++) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0)
    for (let n = 0; n < length; n++) {
      const from = order[n] ?? 0
      const digit = ((word[from] ?? 0) >>> shift) & (DIGIT - 1)
      const place = starts[digit] ?? 0
      next[place] = from
      starts[digit] = place + 1
    }
    ;[order, next] = [next, order]
  }
  return order
}

/** How many of the times come before one; they are in order. */
export function before(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** The part of an order from `from` on and before `to`; null leaves an end open. */
export function stretchOf(order: TimeOrder, from: number | null, to: number | null): TimeOrder {
  const first = from === null ? 0 : before(order.times, from)
  const end = Math.max(first, to === null ? order.times.length : before(order.times, to))
  return {
    times: order.times.subarray(first, end),
    rows: order.rows.subarray(first, end),
    rowsWithoutTime: order.rowsWithoutTime,
  }
}
