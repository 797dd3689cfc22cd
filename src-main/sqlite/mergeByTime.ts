import { before } from './timeOrder.ts'

/** A row of one of several lists: which list, and its place there. */
export type Place = { list: number; at: number }

/**
 * Rows `offset` to `offset + limit` of several lists of times in order, as if they were one; equal times by list. The place
 * to begin is found by halving time, not by walking: any page costs the same. Times are whole microseconds.
 */
export function mergedPage(lists: readonly Float64Array[], offset: number, limit: number): Place[] {
  const at = placesAt(lists, offset)
  const page: Place[] = []
  while (page.length < limit) {
    let best = -1
    let soonest = Infinity
    lists.forEach((times, list) => {
      const time = times[at[list] ?? 0]
      if (time !== undefined && time < soonest) [best, soonest] = [list, time]
    })
    if (best < 0) break
    const place = at[best] ?? 0
    page.push({ list: best, at: place })
    at[best] = place + 1
  }
  return page
}

/** How many rows of each list come before row `offset` of all. */
function placesAt(lists: readonly Float64Array[], offset: number): number[] {
  const total = lists.reduce((sum, { length }) => sum + length, 0)
  if (offset >= total) return lists.map(({ length }) => length)
  const filled = lists.filter(({ length }) => length > 0)
  let low = Math.min(...filled.map((times) => times[0] ?? 0))
  let high = Math.max(...filled.map((times) => times.at(-1) ?? 0))
  // The greatest time with at most `offset` rows before it.
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2)
    if (lists.reduce((sum, times) => sum + before(times, middle), 0) <= offset) low = middle
    else high = middle - 1
  }
  const places = lists.map((times) => before(times, low))
  let rest = offset - places.reduce((sum, place) => sum + place, 0)
  // What is left stands at this very time, list by list.
  return lists.map((times, list) => {
    const place = places[list] ?? 0
    const here = Math.min(rest, before(times, low + 1) - place)
    rest -= here
    return place + here
  })
}
