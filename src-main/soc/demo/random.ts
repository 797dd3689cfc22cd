export type Random = {
  /** From 0 up to but not including 1. */
  share(): number
  /** A whole number of `from` to `to`, both included. */
  whole(from: number, to: number): number
  pick<T>(list: readonly T[]): T
}

/** Random numbers that are the same for the same seed and name, on every machine (mulberry32). */
export function createRandom(seed: number, name: string): Random {
  let state = seed | 0
  for (const letter of name) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x9e3779b1) ^ (state >>> 15)
  const share = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    share,
    whole: (from, to) => from + Math.floor(share() * (to - from + 1)),
    pick(list) {
      const value = list[Math.floor(share() * list.length)]
      if (value === undefined) throw new RangeError('Nothing to pick from.')
      return value
    },
  }
}
