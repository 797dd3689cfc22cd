/** The most times within one window, and when the last of them was; null when there is none. `sorted` and `window` in the same unit. */
export function densest(sorted: Float64Array, window: number): { count: number; end: number | null } {
  let best: { count: number; end: number | null } = { count: 0, end: null }
  let start = 0
  sorted.forEach((time, at) => {
    while (time - (sorted[start] ?? time) > window) start += 1
    if (at - start + 1 > best.count) best = { count: at - start + 1, end: time }
  })
  return best
}
