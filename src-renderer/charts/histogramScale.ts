export type HistogramBucket = { start: string; rows: number; parts: readonly number[] }
export type HistogramSeries = { id: string; name: string; rows: number }

export type HistogramData = {
  from: string | null
  to: string | null
  bucketSeconds: number | null
  /** Empty ones are left out. */
  buckets: readonly HistogramBucket[]
  /** What `parts` count, at most five; none: all rows in one colour. What is left of a bucket is "other". */
  series: readonly HistogramSeries[]
}

/** Room for the numbers of the axis, and at the right end, in px. */
export const LEFT = 40
export const RIGHT = 12

export type Bar = HistogramBucket & { slot: number }
export type HistogramScale = {
  bars: readonly Bar[]
  /** Buckets of the axis, the empty ones too. */
  slots: number
  slotWidth: number
  from: number
  to: number
  /** Powers of ten of the axis. */
  top: number
  series: readonly HistogramSeries[]
  slotAt(x: number): number
  /** Begin of a slot in milliseconds. */
  timeOf(slot: number): number
}

/** Where bars stand in a box of this width. */
export function histogramScale(data: HistogramData, width: number): HistogramScale {
  const [from, to] = [Date.parse(data.from ?? ''), Date.parse(data.to ?? '')]
  const step = (data.bucketSeconds ?? 0) * 1000
  const bars =
    step > 0
      ? data.buckets.map((bucket) => ({ ...bucket, slot: Math.round((Date.parse(bucket.start) - from) / step) }))
      : []
  const slots = step > 0 ? Math.max(1, Math.round((to - from) / step), ...bars.map(({ slot }) => slot + 1)) : 1
  const slotWidth = Math.max(0, width - LEFT - RIGHT) / slots
  const most = Math.max(1, ...bars.map(({ rows }) => rows))
  return {
    bars,
    slots,
    slotWidth,
    from,
    to,
    top: Math.max(1, Math.ceil(Math.log10(most + 1))),
    series: data.series,
    slotAt: (x) => Math.min(slots - 1, Math.max(0, Math.floor((x - LEFT) / (slotWidth || 1)))),
    timeOf: (slot) => from + slot * step,
  }
}

/** The colour of a series by its place; behind the last one is "other". */
export const seriesColour = (n: number, series: number): string =>
  n < Math.max(1, series) ? `var(--series-${n + 1})` : 'var(--series-other)'

/** The parts of a bucket with what is left over at the end. */
export function partsOf({ rows, parts }: HistogramBucket, series: number): number[] {
  if (series === 0) return [rows]
  return [...parts, Math.max(0, rows - parts.reduce((sum, part) => sum + part, 0))]
}
