import { randomBytes } from 'node:crypto'
import { createEngine } from './engine.ts'
import { runsOf, type Leaves, type PageFile } from './rowPages.ts'

/** Codes of a column made from the pages: 0 for an empty cell, else the values in the order in which they first stand. */
export type ManyCodes = {
  /** Distinct values. */
  count: number
  /** Per row, from row 1 on. */
  codes: Uint32Array
  /** Per value, from code 1 on, the row where it stands first. */
  firsts: Uint32Array
}

/** Distinct values that are told apart; of more, SQLite counts. Their table takes 32 bytes each while it is made, at most 384 MB. */
export const MANY_VALUES_MAX = 8_000_000
/** Rows of a dataset whose codes are made: 8 bytes each. */
const ROWS_MAX = 64_000_000
const SLOT = 16
const SLOTS_FIRST = 1 << 17
/** Bytes of what the compiled code keeps for itself. */
const HEAD = 4_096
const ANSWERS = ['damaged', 'taken', 'full', 'too long'] as const

/** Nobody who makes evidence knows it, so that nobody can make two values that are taken for one. */
const secret = randomBytes(16)

/**
 * Reads a column of `rows` rows from its leaf pages and numbers its values. Null where there are too many of them or a row is too
 * long; 'damaged' where a page is. The memory it takes is let go at the end. `goOn` throws once the call was cancelled.
 */
export function manyCodes(
  pages: PageFile,
  leaves: Leaves,
  { field, rows }: { field: number; rows: number },
  goOn: () => void,
): ManyCodes | 'damaged' | null {
  if (rows > ROWS_MAX) return null
  const slotsMost = Math.max(SLOTS_FIRST, 2 ** Math.ceil(Math.log2(2 * Math.min(rows, MANY_VALUES_MAX) + pages.size)))
  const engine = createEngine(HEAD + rows * 8 + pages.size * 4 + slotsMost * SLOT * 1.5 + HEAD)
  const { call, at, bytes } = engine
  const codes = at.rest + HEAD
  const firsts = codes + rows * 4
  const batch = Math.ceil((firsts + rows * 4) / 16) * 16
  // Two places for tables: each one is twice as large as the one before, which the one after it then lies over.
  const places = [batch + pages.size * 4, batch + pages.size * 4 + slotsMost * SLOT] as const
  bytes.set(secret, at.texts)
  engine.hooks.overflow = (page, to, length) => (pages.overflow(page, bytes, to, length) ? 1 : 0)
  const many = call(
    ...(['many_new', at.rest, pages.size, at.scratch, engine.rowBytesMax, field, rows, codes, firsts] as const),
    ...[batch, at.texts],
  )
  let slots = SLOTS_FIRST
  // So that the largest one stands in the first, larger place.
  let place = Math.log2(slotsMost / slots) % 2 === 0 ? 0 : 1
  call('many_table', many, places[place] ?? 0, slots)
  for (const run of runsOf(leaves, { from: 0, to: leaves.pages.length }, Math.floor(engine.runBytes / pages.size))) {
    goOn()
    pages.read(run.first, run.count, bytes, at.pages)
    for (let k = 0; k < run.count;) {
      const answer = ANSWERS[call('many_take', many, at.pages + k * pages.size)]
      if (answer === 'taken') k++
      else if (answer !== 'full') return answer === 'damaged' ? 'damaged' : null
      else {
        if (slots === slotsMost) return null
        slots *= 2
        place = 1 - place
        const table = places[place] ?? 0
        bytes.fill(0, table, table + slots * SLOT)
        call('many_table', many, table, slots)
      }
    }
  }
  if (call('many_seen', many) !== rows) return 'damaged'
  const count = call('many_values', many)
  const words = (from: number, length: number): Uint32Array => engine.words.slice(from >> 2, (from >> 2) + length)
  return { count, codes: words(codes, rows), firsts: words(firsts, count) }
}
