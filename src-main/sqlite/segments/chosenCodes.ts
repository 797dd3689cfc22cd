/** Numbers from 1 on that stand for what rows say; 0 for nothing. */
export type ChosenCodes = {
  /** One for each chosen row, in the order of the rows. */
  codes: Uint32Array
  count: number
  text(code: number): string
}
/** Pairs of two groups of codes, numbered from 1 on as they are met, by the code of the first. */
export type CodePairs = {
  codes: Uint32Array
  count: number
  /** Codes of both ends, by number of the pair; place 0 stands for none. */
  ones: Uint32Array
  others: Uint32Array
}

/** Rows after which is asked whether to go on. */
export const GO_ON_ROWS = 65_536

/**
 * Numbers the pairs of two groups of codes. Rows are put together by their first code, then the second ones are looked up
 * within each: no pair is ever searched for, and what is looked at at a time is small. Needs 8 bytes a row and 8 a pair.
 * AppError 'cancelled' through `goOn`.
 */
export function pairCodes(one: ChosenCodes, other: ChosenCodes, goOn: () => void): CodePairs {
  const rows = one.codes.length
  const starts = new Uint32Array(one.count + 2)
  let filled = 0
  for (let row = 0; row < rows; row++) {
    if (row % GO_ON_ROWS === 0) goOn()
    const code = one.codes[row] ?? 0
    if (code === 0 || other.codes[row] === 0) continue
    starts[code + 1] = (starts[code + 1] ?? 0) + 1
    filled++
  }
  for (let code = 1; code < starts.length; code++) starts[code] = (starts[code] ?? 0) + (starts[code - 1] ?? 0)
  const order = new Uint32Array(filled)
  for (let row = 0; row < rows; row++) {
    if (row % GO_ON_ROWS === 0) goOn()
    const code = one.codes[row] ?? 0
    if (code === 0 || other.codes[row] === 0) continue
    const place = starts[code] ?? 0
    order[place] = row
    starts[code] = place + 1
  }
  // Each start has moved on to the end of its rows, which is where the next code begins.
  const codes = new Uint32Array(rows)
  const [ones, others] = [new Uint32Array(filled + 1), new Uint32Array(filled + 1)]
  /** Per second code, the number of its pair with the first code at hand. */
  const numbers = new Uint32Array(other.count + 1)
  let count = 0
  for (let code = 1, place = 0; code <= one.count; code++) {
    const before = count
    for (const end = starts[code] ?? 0; place < end; place++) {
      if (place % GO_ON_ROWS === 0) goOn()
      const row = order[place] ?? 0
      const second = other.codes[row] ?? 0
      let number = numbers[second] ?? 0
      if (number <= before) {
        number = ++count
        numbers[second] = number
        ones[number] = code
        others[number] = second
      }
      codes[row] = number
    }
  }
  return { codes, count, ones: ones.subarray(0, count + 1), others: others.subarray(0, count + 1) }
}

/** How many rows have each code; place 0 counts those without one. */
export function countCodes(codes: Uint32Array, count: number, goOn: () => void): Uint32Array {
  const counts = new Uint32Array(count + 1)
  for (let row = 0; row < codes.length; row++) {
    if (row % GO_ON_ROWS === 0) goOn()
    const code = codes[row] ?? 0
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

/** The codes of most rows, at most `most`, those of most rows first; of equal ones those that were numbered first. */
export function mostFrequent(counts: Uint32Array, most: number): Uint32Array {
  const own = counts.subarray(1)
  let edge = 1
  if (own.length > most) {
    const sorted = own.toSorted()
    edge = Math.max(1, sorted[sorted.length - most] ?? 1)
  }
  let above = 0
  for (const count of own) if (count > edge) above++
  let room = most - above
  const chosen: number[] = []
  own.forEach((count, n) => {
    if (count < edge || (count === edge && room-- <= 0)) return
    chosen.push(n + 1)
  })
  return Uint32Array.from(chosen.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b))
}
