/**
 * Goes over several lists that are each in order of time as over one, those without a time last; equal times in the order of
 * the lists. One item of each list is held at a time. However it ends, every list is ended.
 */
export function* inTime<Item extends { time: number | null }>(
  lists: readonly Iterable<Item>[],
): Generator<{ source: number; item: Item }> {
  const ways = lists.map((list) => list[Symbol.iterator]())
  try {
    const heads: (Item | null)[] = ways.map(next)
    for (;;) {
      let first = -1
      for (const [n, head] of heads.entries()) {
        if (head === null) continue
        const best = heads[first]
        if (!best || (head.time ?? Infinity) < (best.time ?? Infinity)) first = n
      }
      const [item, way] = [heads[first], ways[first]]
      if (!item || !way) return
      yield { source: first, item }
      heads[first] = next(way)
    }
  } finally {
    for (const way of ways) way.return?.()
  }
}

function next<Item>(way: Iterator<Item>): Item | null {
  const { done, value } = way.next()
  return done === true ? null : value
}
