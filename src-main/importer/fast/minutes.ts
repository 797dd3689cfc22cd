/** Lengths of a stretch in minutes, and how many stretches there may be: those of timelineCollector.ts. */
const STEPS = [1, 60, 1440] as const
const STRETCHES_MAX = 100_000

/** Rows per stretch; a stretch is named by its number since 1970. */
export type Timeline = { step: number; counts: Map<number, number> }

/** Adds rows to stretches of the finest step that keeps their number in bounds; times may come in any order, from any thread. */
export function createMinutes() {
  const timeline: Timeline = { step: 0, counts: new Map() }
  const coarsenTo = (step: number): void => {
    const factor = (STEPS[step] ?? 1) / (STEPS[timeline.step] ?? 1)
    const joined = new Map<number, number>()
    for (const [stretch, rows] of timeline.counts) {
      const longer = Math.floor(stretch / factor)
      joined.set(longer, (joined.get(longer) ?? 0) + rows)
    }
    timeline.counts = joined
    timeline.step = step
  }
  const addStretch = (stretch: number, rows: number): void => {
    timeline.counts.set(stretch, (timeline.counts.get(stretch) ?? 0) + rows)
    while (timeline.counts.size > STRETCHES_MAX && timeline.step < STEPS.length - 1) coarsenTo(timeline.step + 1)
  }
  return {
    timeline,
    add: (minute: number, rows: number): void =>
      addStretch(timeline.step === 0 ? minute : Math.floor(minute / (STEPS[timeline.step] ?? 1)), rows),
    addAll(other: Timeline): void {
      if (other.step > timeline.step) coarsenTo(other.step)
      for (const [stretch, rows] of other.counts)
        addStretch(Math.floor((stretch * (STEPS[other.step] ?? 1)) / (STEPS[timeline.step] ?? 1)), rows)
    },
    /** Stretches in order: start in microseconds since 1970 UTC. */
    result() {
      const minutes = STEPS[timeline.step] ?? 1
      const stretches = [...timeline.counts].map(([stretch, rows]) => ({ start: stretch * minutes * 60_000_000, rows }))
      return { seconds: minutes * 60, stretches: stretches.sort((a, b) => a.start - b.start) }
    },
  }
}
