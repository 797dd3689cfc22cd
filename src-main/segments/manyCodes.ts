import { STRETCH } from './engine.ts'
import { codeColumns, roomFor } from './codeColumns.ts'
import type { Leaves, PageFile } from './rowPages.ts'

/** Codes of a column with any number of values: 0 for an empty cell, else the values in the order in which they first stand. */
export type ManyCodes = {
  /** Distinct values. */
  count: number
  /** Per row, from row 1 on. */
  codes: Uint32Array
  /** Per value, from code 1 on, the row where it stands first. */
  firsts: Uint32Array
  /** Per value about where it lies among all (c/order.h); only where a file of segments tells it. */
  ranks?: Uint16Array
}

/** Distinct values that are told apart; of more, SQLite counts. Their tables take at most 370 MB while they are made. */
export const MANY_VALUES_MAX = 6_291_456
/** Rows of a dataset whose codes are made: 8 bytes each. */
const ROWS_MAX = 64_000_000
const SLOTS_FIRST = 1 << 17

/**
 * Reads a column of `rows` rows from its leaf pages and numbers its values, where no file of segments has them. Null where there are too
 * many of them or a row is too long; 'damaged' where a page is. The memory it takes is let go at the end. `goOn` throws once the call was
 * cancelled.
 */
export function manyCodes(
  pages: PageFile,
  leaves: Leaves,
  { field, rows }: { field: number; rows: number },
  goOn: () => void,
): ManyCodes | 'damaged' | null {
  if (rows > ROWS_MAX) return null
  const codes = new Uint32Array(rows)
  const found: Uint32Array[] = []
  const room = roomFor(Math.min(MANY_VALUES_MAX, rows + STRETCH))
  const left = codeColumns(
    { pages, leaves, rows },
    [field],
    { room, slots: SLOTS_FIRST },
    { stretch: (_, n, made) => codes.set(made.all(), n * STRETCH), end: (_, firsts) => void found.push(firsts) },
    goOn,
  )
  if (left === 'damaged') return left
  const [firsts] = found
  return firsts === undefined ? null : { count: firsts.length, codes, firsts }
}
