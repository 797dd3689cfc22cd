import { randomBytes } from 'node:crypto'
import { createEngine, STRETCH } from './engine.ts'
import { leavesBetween, runsOf, type Leaves, type PageFile } from './rowPages.ts'
import { SEGMENT_HEAD } from './segmentFile.ts'

/** Slots of a table at first. */
const SLOTS_FIRST = 1 << 13
/** Bytes a slot takes, with what is kept of values where three of four slots are taken. */
const SLOT = 16 + 6
const VALUES_SHARE = 3 / 4
const ANSWERS = ['damaged', 'taken', 'too long'] as const
/** From this answer on it is the number of a column that needs more room. */
const GROW = ANSWERS.length

/** Nobody who makes evidence knows it, so that nobody can make two values that are taken for one. */
const secret = randomBytes(16)

/** Slots of the largest table that fits into so many bytes: one of that size has to make no room for a larger one. */
export const slotsIn = (room: number): number => 2 ** Math.floor(Math.log2(room / SLOT))
/** Bytes in which so many values of one column are told apart, whatever its table began with. */
export const roomFor = (values: number): number => 2 ** Math.ceil(Math.log2(values / VALUES_SHARE)) * SLOT * 2

/** Takes the codes of a column: 0 for an empty cell, else the values in the order in which they first stand. */
export type CodeSink = {
  /** Of one stretch after the other; what is handed over is only good until the call returns. */
  stretch(column: number, n: number, codes: { all(): Uint32Array; segment(): Uint8Array }): void
  /** Once all are there: per value the row where it stands first and in how many rows it stands. */
  end(column: number, firsts: Uint32Array, counts: Uint32Array): void
}

/**
 * Numbers the values of columns (by their places in the records of a table) in one reading of its pages, within `room` bytes
 * for their values, in tables that begin with so many `slots`. Answers the columns that found none, whose last stretches are missing; 'damaged' where a page is, null
 * where a row is too long. What `goOn` throws.
 */
export function codeColumns(
  { pages, leaves, rows }: { pages: PageFile; leaves: Leaves; rows: number },
  fields: readonly number[],
  { room, slots = SLOTS_FIRST }: { room: number; slots?: number },
  sink: CodeSink,
  goOn: () => void,
): number[] | 'damaged' | null {
  const width = Math.max(...fields) + 1
  const batch = pages.size / 4
  const parts = { codes: STRETCH * 4, batch: batch * 16 }
  const engine = createEngine(
    room + fields.length * (parts.codes + parts.batch) + STRETCH * 4 + fields.length * 64 + width * 4 + 8_192,
  )
  const { call, at, bytes, words } = engine
  let free = at.rest
  const take = (length: number): number => {
    const from = free
    free = Math.ceil((free + length + 64) / 16) * 16
    return from
  }
  const head = take(call('many_bytes', fields.length, width))
  const batches = take(fields.length * parts.batch)
  bytes.set(secret, at.texts)
  engine.hooks.overflow = (page, to, length) => (pages.overflow(page, bytes, to, length) ? 1 : 0)
  const many = call(
    ...(['many_new', head, fields.length, width, pages.size, at.scratch, engine.rowBytesMax, batches, batch] as const),
    at.texts,
  )
  const codes = fields.map(() => take(parts.codes))
  const out = take(STRETCH * 4 + SEGMENT_HEAD)
  fields.forEach((field, column) => call('many_column', many, column, field, codes[column] ?? 0))

  const blocks = createBlocks(free, room)
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
    call('many_table', many, column, place, slots, firsts, counts)
    const before = tables.get(column)
    if (before) blocks.free(before)
    tables.set(column, { place, slots, firsts, counts })
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
  for (let n = 0; n * STRETCH < rows && tables.size > 0; n++) {
    const from = n * STRETCH + 1
    const length = Math.min(STRETCH, rows - n * STRETCH)
    call('many_stretch', many, from, length)
    for (const run of runsOf(
      leaves,
      leavesBetween(leaves, from, from + length - 1),
      Math.floor(engine.runBytes / pages.size),
    )) {
      goOn()
      pages.read(run.first, run.count, bytes, at.pages)
      for (let k = 0; k < run.count;) {
        const answer = call('many_take', many, at.pages + k * pages.size)
        if (answer >= GROW) makeRoom(answer - GROW)
        else if (ANSWERS[answer] === 'taken') k++
        else return ANSWERS[answer] === 'damaged' ? 'damaged' : null
      }
    }
    if (call('many_seen', many) !== length) return 'damaged'
    for (const column of tables.keys()) {
      const begin = (codes[column] ?? 0) >> 2
      sink.stretch(column, n, {
        all: () => words.subarray(begin, begin + length),
        segment: () => bytes.subarray(out, out + call('many_segment', many, column, out)),
      })
    }
  }
  for (const [column, { firsts, counts }] of tables) {
    const values = call('many_values', many, column)
    const list = (place: number): Uint32Array => words.slice(place >> 2, (place >> 2) + values)
    sink.end(column, list(firsts), list(counts))
  }
  return without
}

type Table = { place: number; slots: number; firsts: number; counts: number }

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
