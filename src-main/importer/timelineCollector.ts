/** Lengths of a stretch in seconds: a minute, an hour, a day. */
const STEPS = [60, 3600, 86_400] as const
/** More stretches than this are joined into longer ones. */
const STRETCHES_MAX = 100_000

export type Timeline = { seconds: number; stretches: { start: number; rows: number }[] }

/** Counts rows per stretch of time. Memory is bounded: where there are too many minutes it goes on in hours, then in days. */
export function createTimelineCollector(): { add(time: number): void; result(): Timeline } {
  let step = 0
  let micros = STEPS[0] * 1_000_000
  let counts = new Map<number, number>()
  // Rows mostly come in the order of time: one stretch is counted here until another comes.
  let current = NaN
  let rows = 0
  const settle = (): void => {
    if (rows > 0) counts.set(current, (counts.get(current) ?? 0) + rows)
    rows = 0
  }
  const coarsen = (): void => {
    const longer = STEPS[++step] ?? STEPS[2]
    micros = longer * 1_000_000
    const joined = new Map<number, number>()
    for (const [start, count] of counts) {
      const longerStart = Math.floor(start / micros) * micros
      joined.set(longerStart, (joined.get(longerStart) ?? 0) + count)
    }
    counts = joined
  }
  return {
    add(time) {
      const start = Math.floor(time / micros) * micros
      if (start !== current) {
        settle()
        if (counts.size > STRETCHES_MAX && step < STEPS.length - 1) coarsen()
        current = Math.floor(time / micros) * micros
      }
      rows++
    },
    result() {
      settle()
      while (counts.size > STRETCHES_MAX && step < STEPS.length - 1) coarsen()
      const stretches = [...counts].map(([start, count]) => ({ start, rows: count })).sort((a, b) => a.start - b.start)
      return { seconds: STEPS[step] ?? STEPS[0], stretches }
    },
  }
}
