import type { TimeOverlap } from '#contract/correlation'

export type Spanned = {
  id: string
  huntId: string
  name: string
  /** ISO 8601; null where no row has a time. */
  firstTime: string | null
  lastTime: string | null
}

const MS_PER_HOUR = 3_600_000

/** Pairs of datasets of different groups whose times overlap, longest first; equal ones in the order of the datasets. */
export function timeOverlaps(datasets: readonly Spanned[], groupOf: (dataset: Spanned) => string): TimeOverlap[] {
  const spans = datasets.flatMap((dataset) => {
    const { firstTime, lastTime } = dataset
    if (firstTime === null || lastTime === null) return []
    const { id: datasetId, huntId, name } = dataset
    return {
      group: groupOf(dataset),
      from: Date.parse(firstTime),
      to: Date.parse(lastTime),
      span: { datasetId, huntId, name, start: firstTime, end: lastTime },
    }
  })
  const overlaps: TimeOverlap[] = []
  for (const [n, a] of spans.entries()) {
    for (const b of spans.slice(n + 1)) {
      if (a.group === b.group) continue
      const [later, earlier] = [a.from >= b.from ? a : b, a.to <= b.to ? a : b]
      if (later.from >= earlier.to) continue
      overlaps.push({
        ...{ a: a.span, b: b.span, start: later.span.start, end: earlier.span.end },
        hours: Math.round(((earlier.to - later.from) / MS_PER_HOUR) * 100) / 100,
      })
    }
  }
  return overlaps.sort((x, y) => y.hours - x.hours)
}
