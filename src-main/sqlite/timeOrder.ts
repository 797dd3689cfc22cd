import type { DatasetHandle } from './datasetFiles.ts'
import { digitOrder, inOrder } from './digitOrder.ts'
import { marksVersion, matchesOf, narrowedCondition, predicateOf } from './rowView.ts'
import { rowNumbers } from './segments/rowNumbers.ts'
import { visitRows } from './visitRows.ts'

/** The rows that match and have a time, by time, those of the same time in the order of the source. Times in microseconds. */
export type TimeOrder = { times: Float64Array; rows: Uint32Array; rowsWithoutTime: number }

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
  const { times, rows, without } = timesBySegments(handle, q) ?? timesBySqlite(handle, q)
  const { length } = times
  const view = new Uint32Array(length * 3 + 1)
  const sorted = { times: new Float64Array(view.buffer, 0, length), rows: view.subarray(length * 2, length * 3) }
  sortByTime(times, rows, sorted, handle.goOn)
  view[length * 3] = without
  return view
}

/** In the order of the rows. */
type Times = { times: Float64Array; rows: Uint32Array; without: number }

function timesBySegments(handle: DatasetHandle, q: string): Times | null {
  const segments = handle.segments()
  const column = handle.columns.find(({ name }) => name === handle.timeColumn)
  if (!segments || !column || !segments.layout.hasInstants(column.name)) return null
  const matches = matchesOf(handle, { q })
  if (matches === null && predicateOf({ q }).op !== 'all') return null
  const { rows, numbers } = rowNumbers(segments, { column, kind: 'instants' }, matches, handle.goOn)
  let length = 0
  for (let n = 0; n < numbers.length; n++) {
    const time = numbers[n] ?? NaN
    if (Number.isNaN(time)) continue
    numbers[length] = time
    rows[length++] = rows[n] ?? 0
  }
  return { times: numbers.subarray(0, length), rows: rows.subarray(0, length), without: rows.length - length }
}

function timesBySqlite(handle: DatasetHandle, q: string): Times {
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
  return { times: times.subarray(0, length), rows: rows.subarray(0, length), without }
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
function sortByTime(
  times: Float64Array,
  rows: Uint32Array,
  into: { times: Float64Array; rows: Uint32Array },
  goOn: () => void,
): void {
  if (inOrder(times)) {
    into.times.set(times)
    into.rows.set(rows)
    return
  }
  const order = digitOrder(times, false, goOn)
  for (let n = 0; n < times.length; n++) {
    const from = order[n] ?? 0
    into.times[n] = times[from] ?? 0
    into.rows[n] = rows[from] ?? 0
  }
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
