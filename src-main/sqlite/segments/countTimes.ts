import type { Column } from '#contract/datasets'
import { COUNTS_MAX } from '../../segments/engine.ts'
import { FORM } from '../../segments/segmentFile.ts'
import { eachStretch } from './countValues.ts'
import type { DatasetSegments } from './datasetSegments.ts'
import type { Matches } from './matches.ts'

export type CountedTimes = {
  /** Per code of `by` (0 alone without it): rows per stretch of time. */
  counts: Uint32Array
  timeless: Uint32Array
  buckets: number
}

/**
 * Rows that match (null: all) per stretch of `size` microseconds from `start` on, by the codes of a column where one is named.
 * Null where the file has no segments for it. AppError 'cancelled', 'dataset-damaged'.
 */
export function countTimes(
  segments: DatasetSegments,
  question: { start: number; size: number; buckets: number; by: Column | null },
  matches: Matches | null,
  goOn: () => void,
): CountedTimes | null {
  const { engine, layout } = segments
  const time = layout.columns.find(({ name }) => name === layout.timeColumn)
  const { start, size, buckets, by } = question
  if (!time || !layout.hasInstants(time.name) || (by && !layout.hasCodes(by))) return null
  const codes = by ? segments.values(by).count + 1 : 1
  if (codes * (buckets + 1) > COUNTS_MAX) return null
  matches?.until(Infinity)
  const from = engine.at.counts >> 2
  const timeless = from + codes * buckets
  engine.words.fill(0, from, timeless + codes)
  eachStretch(segments, matches, goOn, (n, rows, bits) => {
    const [times, coded] = segments.ready(n, [
      { column: time, kind: 'instants' as const },
      ...(by ? [{ column: by, kind: 'codes' as const }] : []),
    ])
    if (!times) return
    const width = coded && coded.form === FORM.codes8 ? 1 : 2
    engine.call(
      ...(['histogram', times.at, coded?.at ?? 0, width, rows, bits, start, size, buckets] as const),
      ...[from * 4, timeless * 4],
    )
  })
  return {
    counts: engine.words.slice(from, timeless),
    timeless: engine.words.slice(timeless, timeless + codes),
    buckets,
  }
}

/** The same as lines of a question to SQLite: stretch and rows, null for rows without a time. */
export function timeLines({ counts, timeless }: CountedTimes): { n: number | null; rows: number }[] {
  const lines: { n: number | null; rows: number }[] = []
  if (timeless[0]) lines.push({ n: null, rows: timeless[0] })
  counts.forEach((rows, n) => {
    if (rows > 0) lines.push({ n, rows })
  })
  return lines
}
