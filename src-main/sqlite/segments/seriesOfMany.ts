import type { Column } from '#contract/datasets'
import type { DatasetHandle } from '../datasetFiles.ts'
import type { DatasetSegments } from './datasetSegments.ts'
import type { Matches } from './matches.ts'
import { rowCodesOf } from './rowCodes.ts'
import { rowNumbers } from './rowNumbers.ts'
import type { Series } from './seriesOverTime.ts'

/** Rows after which is asked whether to go on. */
const GO_ON_ROWS = 65_536
/** Rows behind the axis, and rows without a time. */
const OFF = 65_535

/**
 * The same as seriesOverTime, by a column with any number of values: they are ranked first, then counted over time. Null where
 * their codes are not at hand, or the rows' times.
 */
export function seriesOfMany(
  handle: DatasetHandle,
  segments: DatasetSegments,
  { start, size, buckets, by }: { start: number; size: number; buckets: number; by: Column },
  matches: Matches | null,
  most: number,
): Series | null {
  const time = handle.columns.find(({ name }) => name === handle.timeColumn)
  if (!time || !segments.layout.hasInstants(time.name) || buckets >= OFF) return null
  if (!segments.layout.hasCodes(by) && !segments.knowsMany(by)) return null
  const coded = rowCodesOf(handle, segments, by)
  if (!coded) return null
  const { rows, numbers } = rowNumbers(segments, { column: time, kind: 'instants' }, matches, handle.goOn)
  const places = new Uint16Array(rows.length)
  const totals = new Uint32Array(coded.count + 1)
  let rowsWithoutTime = 0
  for (let k = 0; k < rows.length; k++) {
    if (k % GO_ON_ROWS === 0) handle.goOn()
    const at = numbers[k] ?? NaN
    if (Number.isNaN(at)) {
      places[k] = OFF
      rowsWithoutTime++
      continue
    }
    places[k] = Math.min(buckets - 1, Math.max(0, Math.floor((at - start) / size)))
    const code = coded.codes[(rows[k] ?? 1) - 1] ?? 0
    totals[code] = (totals[code] ?? 0) + 1
  }
  const { apart, distinct } = ranked(totals, most)
  /** Per code, 1 + the place of its series. */
  const seriesOf = new Uint8Array(coded.count + 1)
  apart.forEach((code, n) => (seriesOf[code] = n + 1))
  const counts = new Uint32Array(buckets * (apart.length + 1))
  for (let k = 0; k < rows.length; k++) {
    const place = places[k] ?? OFF
    if (place === OFF) continue
    const at = place * (apart.length + 1) + (seriesOf[coded.codes[(rows[k] ?? 1) - 1] ?? 0] ?? 0)
    counts[at] = (counts[at] ?? 0) + 1
  }
  return {
    series: apart.map((code) => ({ value: coded.value(code), rows: totals[code] ?? 0 })),
    distinct,
    buckets: Array.from({ length: buckets }, (_, n) => {
      const [others = 0, ...parts] = counts.subarray(n * (apart.length + 1), (n + 1) * (apart.length + 1))
      return { n, rows: parts.reduce((sum, part) => sum + part, others), parts }
    }).filter((bucket) => bucket.rows > 0),
    rowsWithoutTime,
  }
}

/** The codes that stand most often, all of them up to `most`, else one less; and how many values stand at all. */
function ranked(totals: Uint32Array, most: number): { apart: number[]; distinct: number } {
  const first: number[] = []
  let standing = 0
  totals.forEach((rows, code) => {
    if (rows === 0) return
    standing++
    if (first.length === most && rows <= (totals[first.at(-1) ?? 0] ?? 0)) return
    const at = first.findIndex((other) => (totals[other] ?? 0) < rows)
    first.splice(at < 0 ? first.length : at, 0, code)
    first.length = Math.min(first.length, most)
  })
  return {
    apart: first.slice(0, standing > most ? most - 1 : most),
    distinct: standing - (totals[0] ? 1 : 0),
  }
}
