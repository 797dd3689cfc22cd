import { stretch } from '../predicate/timeStretch.ts'
import { isoOfUs } from './conditions.ts'
import type { DatasetHandle } from './datasetFiles.ts'
import { microseconds, type RowFilter } from './rowView.ts'

/** Begin of the first and of the last stretch of time that holds rows, in microseconds; null when no row has a time. */
export function timeSpan(handle: DatasetHandle): { first: number; last: number } | null {
  const span = handle.db
    .prepare<[], { first: number | null; last: number | null }>(
      'SELECT min(start_us) AS first, max(start_us) AS last FROM timeline',
    )
    .get()
  return !span || span.first === null || span.last === null ? null : { first: span.first, last: span.last }
}

/** Where the buckets of a histogram lie: begin and size in microseconds; null when no row of the dataset has a time. */
export function axisOf(
  handle: DatasetHandle,
  question: RowFilter & { buckets: number },
): { start: number; size: number; seconds: number; from: string; to: string } | null {
  const span = timeSpan(handle)
  if (!span) return null
  const first = Math.max(span.first, microseconds(question.from) ?? span.first)
  const end = Math.min(span.last + handle.timelineSeconds * 1e6, microseconds(question.to) ?? Infinity)
  const seconds = stretch(Math.max(0, end - first) / 1e6, question.buckets)
  const size = seconds * 1e6
  const start = Math.floor(first / size) * size
  const to = start + size * Math.max(1, Math.ceil((Math.min(span.last + 1, end) - start) / size))
  return { start, size, seconds, from: isoOfUs(start), to: isoOfUs(to) }
}
