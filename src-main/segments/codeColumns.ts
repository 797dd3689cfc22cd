import { STRETCH } from './engine.ts'
import { openNumbering, type RowPages, type Sampled } from './numbering.ts'
import { SEGMENT_HEAD } from './segmentFile.ts'

/** Slots of a table at first. */
const SLOTS_FIRST = 1 << 13
/** Bytes a slot takes, with what is kept of values where three of four slots are taken. */
const SLOT = 16 + 8
const VALUES_SHARE = 3 / 4

/** A table of so many slots, with the room that it takes: it never has to make way for a larger one. */
export const tableOf = (slots: number): { room: number; slots: number } => ({ room: slots * SLOT, slots })
/** Bytes in which so many values of one column are told apart, whatever its table began with. */
export const roomFor = (values: number): number => 2 ** Math.ceil(Math.log2(values / VALUES_SHARE)) * SLOT * 2

/** Takes the codes of a column: 0 for an empty cell, else the values in the order in which they first stand. */
export type CodeSink = {
  /** Of one stretch after the other; what is handed over is only good until the call returns. */
  stretch(column: number, n: number, codes: { all(): Uint32Array; segment(): Uint8Array }): void
  /**
   * Once all are there: per value the row where it stands first and in how many rows it stands; and its rank among the texts of
   * the column (c/order.h), null where some value is none or has none.
   */
  end(column: number, firsts: Uint32Array, counts: Uint32Array, ranks: Uint16Array | null): void
}

/**
 * Numbers the values of columns (by their places in the records of a table) in one reading of its pages, within `room` bytes
 * for their values, in tables that begin with so many `slots`. Answers the columns that found none, whose last stretches are missing; 'damaged' where a page is, null
 * where a row is too long. What `goOn` throws.
 */
export function codeColumns(
  source: RowPages,
  fields: readonly number[],
  { room, slots = SLOTS_FIRST, sampled = null }: { room: number; slots?: number; sampled?: Sampled | null },
  sink: CodeSink,
  goOn: () => void,
): number[] | 'damaged' | null {
  const rest = room + STRETCH * 4 + SEGMENT_HEAD + 4_096
  const numbering = openNumbering(source, fields, { bytes: STRETCH * 4, rest, sampled }, goOn)
  const { many, codes } = numbering
  const { call, bytes, words } = numbering.engine
  const out = numbering.take(STRETCH * 4 + SEGMENT_HEAD)
  const blocks = createBlocks(numbering.rest(), room)
  const tables = new Map<number, Table>()
  const without: number[] = []

  /** False where nothing is left. */
  function grow(column: number, slots: number): boolean {
    const found = blocks.take(slots)
    if (found === null) return false
    const { place, fresh } = found
    if (!fresh) bytes.fill(0, place, place + slots * 16)
    const firsts = place + slots * 16
    const counts = firsts + slots * VALUES_SHARE * 4
    const ranks = counts + slots * VALUES_SHARE * 4
    call('many_table', many, column, place, slots, firsts, counts, ranks)
    const before = tables.get(column)
    if (before) blocks.free(before)
    tables.set(column, { place, slots, firsts, counts, ranks })
    return true
  }
  function leaveOut(column: number): void {
    call('many_column', many, column, fields[column] ?? 0, 0)
    const table = tables.get(column)
    if (table) blocks.free(table)
    tables.delete(column)
    without.push(column)
  }
  /** Gives a column more room, where need be by leaving out the one that takes most. */
  function makeRoom(column: number): void {
    while (!grow(column, (tables.get(column)?.slots ?? 0) * 2)) {
      const [largest] = [...tables].toSorted(([, a], [, b]) => b.slots - a.slots)
      if (!largest) return
      leaveOut(largest[0])
      if (largest[0] === column) return
    }
  }

  for (const column of fields.keys()) if (!grow(column, slots)) leaveOut(column)
  const read = numbering.read(makeRoom, (n, length) => {
    for (const column of tables.keys()) {
      const begin = (codes[column] ?? 0) >> 2
      sink.stretch(column, n, {
        all: () => words.subarray(begin, begin + length),
        segment: () => bytes.subarray(out, out + call('many_segment', many, column, out)),
      })
    }
    return tables.size > 0
  })
  if (read !== true) return read
  for (const [column, { firsts, counts, ranks }] of tables) {
    const values = call('many_values', many, column)
    const list = (place: number): Uint32Array => words.slice(place >> 2, (place >> 2) + values)
    const ranked = sampled !== null && values > 0 && call('many_ranked', many, column) === 1
    const told = ranked ? new Uint16Array(bytes.slice(ranks, ranks + values * 2).buffer) : null
    sink.end(column, list(firsts), list(counts), told)
  }
  return without
}

type Table = { place: number; slots: number; firsts: number; counts: number; ranks: number }

/** Places for tables of 2^k slots in `room` bytes from `from` on: what was let go of is taken again, larger ones in halves. */
function createBlocks(from: number, room: number) {
  const kept = new Map<number, number[]>()
  let next = from
  const end = from + room
  function take(slots: number): { place: number; fresh: boolean } | null {
    const known = kept.get(slots)?.pop()
    if (known !== undefined) return { place: known, fresh: false }
    if (next + slots * SLOT <= end) {
      next += slots * SLOT
      return { place: next - slots * SLOT, fresh: true }
    }
    if (![...kept].some(([size, places]) => size > slots && places.length > 0)) return null
    const whole = take(slots * 2)
    if (whole === null) return null
    free({ place: whole.place + slots * SLOT, slots })
    return whole
  }
  function free({ place, slots }: { place: number; slots: number }): void {
    kept.set(slots, [...(kept.get(slots) ?? []), place])
  }
  return { take, free }
}
