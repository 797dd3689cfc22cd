import type { Timeline } from '../timelineCollector.ts'

/** Lengths of a stretch in minutes, and how many stretches there may be: those of timelineCollector.ts. */
const STEPS = [1, 60, 1440] as const
const STRETCHES_MAX = 100_000

/** Rows per stretch, in the order of time; a stretch is named by its number since 1970, its length is STEPS[step]. */
export type Stretches = { step: number; numbers: Float64Array; rows: Float64Array }

/** Counts rows per minute of one thread, which may come in any order: per hour or day where there are too many minutes. */
export function createMinutes(): { add(minute: number, rows: number): void; stretches(): Stretches } {
  let step = 0
  let counts = new Map<number, number>()
  return {
    add(minute, rows) {
      const number = small(Math.floor(minute / length(step)))
      counts.set(number, (counts.get(number) ?? 0) + rows)
      while (counts.size > STRETCHES_MAX && step < STEPS.length - 1) {
        const { numbers, rows: joined } = coarser(sorted(step, counts), step + 1)
        counts = new Map(Array.from(numbers, (longer, at) => [longer, joined[at] ?? 0]))
        step++
      }
    },
    stretches: () => sorted(step, counts),
  }
}

/** The timeline of all threads together. */
export function joinStretches(all: readonly Stretches[]): Timeline {
  let step = Math.max(0, ...all.map((one) => one.step))
  const none: Stretches = { step, numbers: new Float64Array(), rows: new Float64Array() }
  let joined = all.map((one) => coarser(one, step)).reduce(merged, none)
  while (joined.numbers.length > STRETCHES_MAX && step < STEPS.length - 1) joined = coarser(joined, ++step)
  const micros = length(step) * 60_000_000
  const stretches = Array.from(joined.numbers, (number, at) => ({ start: number * micros, rows: joined.rows[at] ?? 0 }))
  return { seconds: length(step) * 60, stretches }
}

/** As a small integer, where it is one: with those as its keys a Map is several times as fast. */
const small = (number: number): number => ((number | 0) === number ? number | 0 : number)

const length = (step: number): number => STEPS[step] ?? 1

function sorted(step: number, counts: ReadonlyMap<number, number>): Stretches {
  const numbers = Float64Array.from(counts.keys()).sort()
  return { step, numbers, rows: numbers.map((number) => counts.get(number) ?? 0) }
}

function coarser({ step, numbers, rows }: Stretches, to: number): Stretches {
  if (to === step) return { step, numbers, rows }
  const factor = length(to) / length(step)
  return summed(
    to,
    numbers.map((number) => Math.floor(number / factor)),
    rows,
  )
}

function merged(a: Stretches, b: Stretches): Stretches {
  const count = a.numbers.length + b.numbers.length
  const numbers = new Float64Array(count)
  const rows = new Float64Array(count)
  for (let at = 0, i = 0, j = 0; at < count; at++) {
    const fromA = j >= b.numbers.length || (a.numbers[i] ?? Infinity) <= (b.numbers[j] ?? Infinity)
    const from = fromA ? a : b
    const next = fromA ? i++ : j++
    numbers[at] = from.numbers[next] ?? 0
    rows[at] = from.rows[next] ?? 0
  }
  return summed(a.step, numbers, rows)
}

/** Equal numbers, which follow one another, become one, in the arrays as they are. */
function summed(step: number, numbers: Float64Array, rows: Float64Array): Stretches {
  let kept = 0
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] ?? 0
    if (kept > 0 && numbers[kept - 1] === number) rows[kept - 1] = (rows[kept - 1] ?? 0) + (rows[at] ?? 0)
    else {
      numbers[kept] = number
      rows[kept++] = rows[at] ?? 0
    }
  }
  return { step, numbers: numbers.subarray(0, kept), rows: rows.subarray(0, kept) }
}
