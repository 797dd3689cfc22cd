import type { Column } from '#contract/datasets'
import type { DatasetHandle } from '../datasetFiles.ts'
import { matchesOf, type RowFilter } from '../rowView.ts'
import { countTimes } from './countTimes.ts'
import { seriesOfMany } from './seriesOfMany.ts'

export type TimeAxis = { start: number; size: number; to: string }

/** Stretches that hold every row of an axis: it may end within a stretch of the table `timeline`, whose rows go on behind. */
export const stretchesOf = ({ start, size, to }: TimeAxis, timelineSeconds: number): number =>
  Math.max(1, Math.ceil((Date.parse(to) * 1000 + timelineSeconds * 1e6 - start) / size)) + 1

export type Series = {
  series: { value: string | number | null; rows: number }[]
  distinct: number
  /** By number of their stretch, without empty ones. */
  buckets: { n: number; rows: number; parts: number[] }[]
  rowsWithoutTime: number
}

/**
 * Rows that match per stretch of time, the most frequent values of a column apart: all of them up to `most`, else one less.
 * Null where there are no segments for it. AppError as matchesOf.
 */
export function seriesOverTime(
  handle: DatasetHandle,
  filter: RowFilter,
  column: Column,
  axis: TimeAxis,
  most: number,
): Series | null {
  const segments = handle.segments()
  const buckets = stretchesOf(axis, handle.timelineSeconds)
  const question = { start: axis.start, size: axis.size, buckets, by: column }
  const matches = matchesOf(handle, filter)
  if (!segments) return null
  const counted = countTimes(segments, question, matches, handle.goOn)
  if (!counted) return seriesOfMany(handle, segments, question, matches, most)
  const { counts, timeless } = counted
  const totals = Array.from(timeless, (_, code) =>
    counts.subarray(code * buckets, (code + 1) * buckets).reduce((sum, rows) => sum + rows, 0),
  )
  const ranked = [...totals.keys()]
    .filter((code) => (totals[code] ?? 0) > 0)
    .sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0) || a - b)
  const apart = ranked.slice(0, ranked.length > most ? most - 1 : most)
  const values = segments.values(column)
  const lines = Array.from({ length: buckets }, (_, n) => ({
    n,
    rows: ranked.reduce((sum, code) => sum + (counts[code * buckets + n] ?? 0), 0),
    parts: apart.map((code) => counts[code * buckets + n] ?? 0),
  }))
  return {
    series: apart.map((code) => ({ value: values.value(code), rows: totals[code] ?? 0 })),
    distinct: ranked.filter((code) => code > 0).length,
    buckets: lines.filter(({ rows }) => rows > 0),
    rowsWithoutTime: timeless.reduce((sum, rows) => sum + rows, 0),
  }
}
