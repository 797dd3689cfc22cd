import type { Process } from './process.ts'

/** Processes that had one PID (or one name), by when they began. */
export type Lives = { timed: Process[]; untimed: Process[] }

/** So many lives of one PID are looked through for one question: thousands of them within seconds are no real host. */
const LIVES_MAX = 200

export function addLife<K>(map: Map<K, Lives>, key: K, process: Process): void {
  const known = map.get(key)
  const lives = known ?? { timed: [], untimed: [] }
  if (!known) map.set(key, lives)
  const { start } = process
  if (start === null) return void lives.untimed.push(process)
  // They mostly come in their order, so that little is moved.
  let at = lives.timed.length
  while (at > 0 && (lives.timed[at - 1]?.start ?? 0) > start) at -= 1
  lives.timed.splice(at, 0, process)
}

/** Those that had begun by then, the last one first. Sorted by start. */
export function* begunBy(lives: Lives | undefined, at: number): Generator<Process> {
  const timed = lives?.timed ?? []
  let [low, high] = [0, timed.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((timed[middle]?.start ?? 0) <= at) low = middle + 1
    else high = middle
  }
  const last = Math.max(0, low - LIVES_MAX)
  for (let n = low - 1; n >= last; n--) {
    const one = timed[n]
    if (one) yield one
  }
}

/** Those whose start nobody knows. */
export const untimedOf = (lives: Lives | undefined): readonly Process[] => lives?.untimed.slice(0, LIVES_MAX) ?? []
