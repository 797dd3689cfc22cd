/** Elements that are added before the page may answer again. */
const SLICE = 500

export type Slices = {
  /** Adds what is left at once. */
  finish(): void
  /** Leaves what is left. */
  stop(): void
}

/** Adds many things a part at a time, so that the page answers in between; few are added at once. `done` when all are there. */
export function inSlices<T>(items: readonly T[], add: (part: T[]) => void, done: () => void): Slices {
  let at = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const next = (count: number): void => {
    if (at < items.length) add(items.slice(at, at + count))
    at += count
    if (at < items.length) timer = setTimeout(() => next(SLICE), 0)
    else done()
  }
  next(SLICE)
  return {
    finish() {
      clearTimeout(timer)
      if (at < items.length) next(items.length)
    },
    stop: () => clearTimeout(timer),
  }
}
