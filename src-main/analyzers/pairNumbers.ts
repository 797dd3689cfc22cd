/** Numbers for pairs of numbers; a new pair takes the place of an older one now and then, so that it stays small. */
export type PairNumbers = {
  /** -1 when the pair is not known (any more). */
  find(one: number, other: number): number
  keep(one: number, other: number, value: number): void
}

const PLACES = 1 << 16
/** Above any of the numbers. */
const MANY = 2 ** 26

export function pairNumbers(): PairNumbers {
  const pairs = new Float64Array(PLACES).fill(-1)
  const values = new Int32Array(PLACES)
  const placeOf = (one: number, other: number): number => {
    const mixed = Math.imul(one ^ Math.imul(other, 0x01000193), 0x9e3779b1)
    return (mixed ^ (mixed >>> 15)) & (PLACES - 1)
  }
  return {
    find(one, other) {
      const place = placeOf(one, other)
      return pairs[place] === one * MANY + other ? (values[place] ?? -1) : -1
    },
    keep(one, other, value) {
      const place = placeOf(one, other)
      pairs[place] = one * MANY + other
      values[place] = value
    },
  }
}
