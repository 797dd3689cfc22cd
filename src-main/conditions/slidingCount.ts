/** Keys that are counted at once, and entries of all of them: where more are active, those that were quiet longest go. */
const KEYS_MAX = 100_000
const ENTRIES_MAX = 1_000_000

export type SlidingCount<Entry> = {
  /** Takes the next row, in order of time. Answers the rows of its window once they are enough, else null. */
  push(key: string, time: number, entry: Entry): readonly { entry: Entry }[] | null
  /** The most rows of one key within a window, counted up to what is asked for. */
  highest(): number
  /** Whether keys had to be forgotten that might have reached the count. */
  limited(): boolean
}

/**
 * Counts per key how many rows lie within `window` (microseconds, both ends included), wherever it begins. Rows come ordered
 * by time; no more than the last `count` of a key are kept, and keys whose window is over are let go.
 */
export function slidingCount<Entry>(
  count: number,
  window: number,
  most = { keys: KEYS_MAX, entries: ENTRIES_MAX },
): SlidingCount<Entry> {
  // The key that was quiet longest stands first.
  const lists = new Map<string, { time: number; entry: Entry }[]>()
  let [entries, highest] = [0, 0]
  let limited = false

  function forget(before: number): void {
    for (const [key, list] of lists) {
      const over = (list.at(-1)?.time ?? 0) < before
      const crowded = lists.size > most.keys || entries > most.entries
      if (!over && (!crowded || lists.size === 1)) return
      if (!over) limited = true
      lists.delete(key)
      entries -= list.length
    }
  }

  return {
    push(key, time, entry) {
      const list = lists.get(key) ?? []
      lists.delete(key)
      const from = list.findIndex((known) => known.time >= time - window)
      const gone = Math.max(from === -1 ? list.length : from, list.length + 1 - count)
      list.splice(0, gone)
      list.push({ time, entry })
      lists.set(key, list)
      entries += 1 - gone
      highest = Math.max(highest, list.length)
      forget(time - window)
      return list.length >= count ? list : null
    },
    highest: () => highest,
    limited: () => limited,
  }
}
