import { randomBytes } from 'node:crypto'
import { createEngine, STRETCH, type Engine } from './engine.ts'
import { leavesBetween, runsOf, type Leaves, type PageFile } from './rowPages.ts'

/** Bytes of a text by which it is ranked (c/order.h). */
const KEY_BYTES = 120
/** Bytes of what is known of a row before its value is put into a table (Seen in c/many.h). */
const SEEN_BYTES = 32
const ANSWERS = ['damaged', 'taken', 'too long'] as const
/** From this answer on it is the number of a column that needs more room. */
const GROW = ANSWERS.length

/** Nobody who makes evidence knows it, so that nobody can make two values that are taken for one. */
const secret = randomBytes(16)

export type RowPages = { pages: PageFile; leaves: Leaves; rows: number }
/** By how many of its texts a column is put in order, and how many of these are kept for that. */
export type Sampled = { texts: number; keys: number }

/** Compiled code that reads columns of rows from their pages, and its memory. */
export type Numbering = {
  engine: Engine
  many: number
  /** Where the compiled code puts what it finds in a stretch, by column. */
  codes: readonly number[]
  take(bytes: number): number
  /** Where the rest of the memory begins. */
  rest(): number
  /**
   * Goes over the rows, stretch by stretch. `room` makes room for the values of a column; `stretch` comes after each one, and may end it
   * with false. 'damaged' where a page is, null where a row is too long.
   */
  read(room: (column: number) => void, stretch: (n: number, rows: number) => boolean): true | 'damaged' | null
}

/**
 * Makes ready to read columns (by their places in the records of a table), with `perRow` bytes of a stretch for what is found in each and
 * `rest` bytes for the caller. With `sampled` texts get ranks.
 */
export function openNumbering(
  { pages, leaves, rows }: RowPages,
  fields: readonly number[],
  { bytes, rest, sampled }: { bytes: number; rest: number; sampled: Sampled | null },
  goOn: () => void,
): Numbering {
  const width = Math.max(...fields) + 1
  const batch = pages.size / 4
  const order = sampled === null ? 0 : (sampled.texts + sampled.keys) * KEY_BYTES + sampled.texts * 4
  const engine = createEngine(rest + fields.length * (bytes + batch * SEEN_BYTES + order + 256) + width * 4 + 8_192)
  const { call, at } = engine
  let free = at.rest
  const take = (length: number): number => {
    const from = free
    free = Math.ceil((free + length + 64) / 16) * 16
    return from
  }
  const head = take(call('many_bytes', fields.length, width))
  const batches = take(fields.length * batch * SEEN_BYTES)
  engine.bytes.set(secret, at.texts)
  engine.hooks.overflow = (page, to, length) => (pages.overflow(page, engine.bytes, to, length) ? 1 : 0)
  const many = call(
    ...(['many_new', head, fields.length, width, pages.size, at.scratch, engine.rowBytesMax, batches, batch] as const),
    at.texts,
  )
  const codes = fields.map(() => take(bytes))
  fields.forEach((field, column) => call('many_column', many, column, field, codes[column] ?? 0))
  if (sampled !== null) putInOrder(sampled)

  /** Looks at leaves that lie evenly among all, and tells columns by which of their texts others are ranked. */
  function putInOrder({ texts, keys }: Sampled): void {
    const sample = take(fields.length * texts * KEY_BYTES)
    const places = take(texts * 4)
    const rowsOfLeaf = Math.max(1, rows / Math.max(1, leaves.pages.length))
    const step = Math.max(1, Math.floor(leaves.pages.length / Math.ceil(texts / rowsOfLeaf)))
    for (let leaf = 0; leaf < leaves.pages.length; leaf += step) {
      goOn()
      pages.read(leaves.pages[leaf] ?? 0, 1, engine.bytes, at.pages)
      // What is wrong with a page is said when all are read.
      if (!call('many_samples', many, at.pages, sample, texts)) break
    }
    for (const column of fields.keys()) {
      const [from, own] = [sample + column * texts * KEY_BYTES, take(keys * KEY_BYTES)]
      const count = call('order_keys', from, call('many_taken', many, column), places, own, keys)
      call('many_order', many, column, own, count)
    }
  }

  return {
    ...{ engine, many, codes, take },
    rest: () => free,
    read(room, stretch) {
      for (let n = 0; n * STRETCH < rows; n++) {
        const from = n * STRETCH + 1
        const length = Math.min(STRETCH, rows - n * STRETCH)
        call('many_stretch', many, from, length)
        const among = leavesBetween(leaves, from, from + length - 1)
        for (const run of runsOf(leaves, among, Math.floor(engine.runBytes / pages.size))) {
          goOn()
          pages.read(run.first, run.count, engine.bytes, at.pages)
          for (let k = 0; k < run.count;) {
            const answer = call('many_take', many, at.pages + k * pages.size)
            if (answer >= GROW) room(answer - GROW)
            else if (ANSWERS[answer] === 'taken') k++
            else return ANSWERS[answer] === 'damaged' ? 'damaged' : null
          }
        }
        if (call('many_seen', many) !== length) return 'damaged'
        if (!stretch(n, length)) return true
      }
      return true
    },
  }
}
