import { STRETCH, WORDS } from '../../segments/engine.ts'
import type { Asker } from './askStretch.ts'
import type { DatasetSegments } from './datasetSegments.ts'

/** The rows a filter finds, a bit for each; found stretch by stretch as far as somebody has to know. */
export type Matches = {
  /** Looks on until at least so many rows are found, all are looked at, or `more` says that it is enough for now. */
  until(found: number, more?: () => boolean): void
  /** Rows found so far; all of them once `complete`. */
  count(): number
  complete(): boolean
  /** Numbers of found rows in their order, as far as they are found. */
  rows(offset: number, limit: number): number[]
  /** How many found rows come before this one; null when it is none of them. Looks on as far as it has to. */
  position(row: number): number | null
  /** Puts the bits of stretch `n` into the engine at `at`; answers how many. Looks on as far as it has to. */
  put(n: number, at: number): number
  /** All found rows, in order. */
  all(): Uint32Array
  bytes: number
}

export function createMatches(segments: DatasetSegments, asker: Asker): Matches {
  const { engine, stretches } = segments
  const bits = new Uint32Array(stretches * WORDS)
  const counts = new Uint32Array(stretches)
  /** Rows looked at so far. */
  let done = 0
  let total = 0

  function ask(): void {
    const count = asker.ask(done)
    const [from, length] = [(done % STRETCH) / 32, asker.piece / 32]
    const found = (engine.at.sets >> 2) + from
    bits.set(engine.words.subarray(found, found + length), Math.floor(done / STRETCH) * WORDS + from)
    const n = Math.floor(done / STRETCH)
    counts[n] = (counts[n] ?? 0) + count
    total += count
    done += asker.piece
  }
  const upTo = (n: number): void => {
    while (done < Math.min(segments.rows, (n + 1) * STRETCH)) ask()
  }

  return {
    until(found, more = () => true) {
      while (total < found && done < segments.rows && more()) ask()
    },
    count: () => total,
    complete: () => done >= segments.rows,
    rows(offset, limit) {
      const numbers: number[] = []
      let skip = offset
      for (let n = 0; n < stretches && numbers.length < limit; n++) {
        const count = counts[n] ?? 0
        if (skip >= count) {
          skip -= count
          continue
        }
        for (let w = n * WORDS; w < (n + 1) * WORDS && numbers.length < limit; w++) {
          let word = bits[w] ?? 0
          const here = ones(word)
          if (skip >= here) {
            skip -= here
            continue
          }
          for (; word !== 0 && numbers.length < limit; word &= word - 1) {
            if (skip > 0) skip--
            else numbers.push(w * 32 + lowest(word) + 1)
          }
        }
      }
      return numbers
    },
    position(row) {
      const bit = row - 1
      const n = Math.floor(bit / STRETCH)
      if (bit < 0 || n >= stretches) return null
      upTo(n)
      const word = Math.floor(bit / 32)
      if ((((bits[word] ?? 0) >>> (bit & 31)) & 1) === 0) return null
      let before = 0
      for (let k = 0; k < n; k++) before += counts[k] ?? 0
      for (let w = n * WORDS; w < word; w++) before += ones(bits[w] ?? 0)
      return before + ones((bits[word] ?? 0) & ((1 << (bit & 31)) - 1))
    },
    put(n, at) {
      upTo(n)
      engine.words.set(bits.subarray(n * WORDS, (n + 1) * WORDS), at >> 2)
      return counts[n] ?? 0
    },
    all() {
      const rows = new Uint32Array(total)
      let k = 0
      for (let w = 0; w < bits.length; w++)
        for (let word = bits[w] ?? 0; word !== 0; word &= word - 1) rows[k++] = w * 32 + lowest(word) + 1
      return rows
    },
    bytes: bits.byteLength,
  }
}

const lowest = (word: number): number => 31 - Math.clz32(word & -word)

function ones(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
