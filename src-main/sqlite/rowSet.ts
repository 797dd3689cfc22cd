/** Row numbers share a block by their upper bits; within it they have 16 bits. */
const BLOCK_ROWS = 65_536
const BITS_BYTES = BLOCK_ROWS / 8
/** From so many rows on a list is no smaller than bits. */
const LIST_MAX = BITS_BYTES / 2

/** An ascending list, or 8,192 bytes of bits. Never changed once made. */
type Block = Uint16Array | Uint8Array
/**
 * A set of row numbers: a million rows are at most 16 blocks of 8 kB. A plain value, so that it goes from thread to thread.
 * Blocks in ascending order; none is empty.
 */
export type RowSet = ReadonlyMap<number, Block>

export const NO_ROWS: RowSet = new Map()

const isList = (block: Block): block is Uint16Array => block instanceof Uint16Array

/** The set of these rows, in whatever order they come. */
export function rowSetOf(rows: Iterable<number>): RowSet {
  const bits = new Map<number, Uint8Array>()
  for (const row of rows) {
    const at = Math.floor(row / BLOCK_ROWS)
    let block = bits.get(at)
    if (!block) bits.set(at, (block = new Uint8Array(BITS_BYTES)))
    const low = row % BLOCK_ROWS
    block[low >> 3] = (block[low >> 3] ?? 0) | (1 << (low & 7))
  }
  return ordered([...bits].map(([at, block]) => [at, compact(block)]))
}

/** All rows from first to last. */
export function stretchOf(first: number, last: number): RowSet {
  const set = new Map<number, Block>()
  for (let at = Math.floor(first / BLOCK_ROWS); at <= Math.floor(last / BLOCK_ROWS); at++) {
    const bits = new Uint8Array(BITS_BYTES)
    const from = Math.max(0, first - at * BLOCK_ROWS)
    const to = Math.min(BLOCK_ROWS - 1, last - at * BLOCK_ROWS)
    for (let low = from; low <= to; low++) bits[low >> 3] = (bits[low >> 3] ?? 0) | (1 << (low & 7))
    const block = compact(bits)
    if (block) set.set(at, block)
  }
  return set
}

export function hasRow(set: RowSet, row: number): boolean {
  const block = set.get(Math.floor(row / BLOCK_ROWS))
  if (!block) return false
  const wanted = row % BLOCK_ROWS
  if (!isList(block)) return ((block[wanted >> 3] ?? 0) & (1 << (wanted & 7))) !== 0
  let low = 0
  let high = block.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = block[middle] ?? 0
    if (found === wanted) return true
    if (found < wanted) low = middle + 1
    else high = middle - 1
  }
  return false
}

export function countRows(set: RowSet): number {
  let count = 0
  for (const block of set.values()) count += countBlock(block)
  return count
}

/** The rows, ascending. */
export function* rowsOf(set: RowSet): Generator<number> {
  for (const [at, block] of set) for (const low of isList(block) ? block : lows(block)) yield at * BLOCK_ROWS + low
}

/** The last row; null when there is none. */
export function lastOf(set: RowSet): number | null {
  const last = [...set].at(-1)
  return last ? last[0] * BLOCK_ROWS + ([...(isList(last[1]) ? last[1] : lows(last[1]))].at(-1) ?? 0) : null
}

export const union = (a: RowSet, b: RowSet): RowSet => merged(a, b, [...a.keys(), ...b.keys()], (x, y) => x | y)
export const intersection = (a: RowSet, b: RowSet): RowSet => merged(a, b, a.keys(), (x, y) => x & y)
export const difference = (a: RowSet, b: RowSet): RowSet => merged(a, b, a.keys(), (x, y) => x & ~y)

function merged(a: RowSet, b: RowSet, ats: Iterable<number>, of: (x: number, y: number) => number): RowSet {
  const set: [number, Block | null][] = []
  for (const at of new Set(ats)) {
    const [left, right] = [bitsOf(a.get(at)), bitsOf(b.get(at))]
    set.push([at, compact(left.map((byte, n) => of(byte, right[n] ?? 0)))])
  }
  return ordered(set)
}

/** A set that grows: thousands of small sets are put together without a new set for each. */
export type GrowingSet = {
  add(rows: RowSet): void
  /** Those of the rows that are not in it. */
  missing(rows: RowSet): RowSet
  set(): RowSet
}

export function growingSet(): GrowingSet {
  const bits = new Map<number, Uint8Array>()
  const blockAt = (at: number): Uint8Array => {
    const block = bits.get(at) ?? new Uint8Array(BITS_BYTES)
    bits.set(at, block)
    return block
  }
  return {
    add(rows) {
      for (const [at, block] of rows) {
        const own = blockAt(at)
        if (isList(block)) for (const low of block) own[low >> 3] = (own[low >> 3] ?? 0) | (1 << (low & 7))
        else for (const [n, byte] of block.entries()) own[n] = (own[n] ?? 0) | byte
      }
    },
    missing: (rows) =>
      ordered(
        [...rows].map(([at, block]) => {
          const own = bits.get(at)
          if (!own) return [at, block]
          if (!isList(block)) return [at, compact(block.map((byte, n) => byte & ~(own[n] ?? 0)))]
          const left = block.filter((low) => ((own[low >> 3] ?? 0) & (1 << (low & 7))) === 0)
          return [at, left.length === 0 ? null : left]
        }),
      ),
    set: () => ordered([...bits].map(([at, block]) => [at, compact(Uint8Array.from(block))])),
  }
}

const ordered = (blocks: readonly (readonly [number, Block | null])[]): RowSet =>
  new Map(blocks.flatMap(([at, block]) => (block ? [[at, block] as const] : [])).sort(([a], [b]) => a - b))

const EMPTY = new Uint8Array(BITS_BYTES)

function bitsOf(block: Block | undefined): Uint8Array {
  if (!block) return EMPTY
  if (!isList(block)) return block
  const bits = new Uint8Array(BITS_BYTES)
  for (const low of block) bits[low >> 3] = (bits[low >> 3] ?? 0) | (1 << (low & 7))
  return bits
}

/** The smaller form; null: no row. */
function compact(bits: Uint8Array): Block | null {
  const count = countBlock(bits)
  if (count === 0) return null
  return count < LIST_MAX ? Uint16Array.from(lows(bits)) : bits
}

function* lows(bits: Uint8Array): Generator<number> {
  for (let byte = 0; byte < BITS_BYTES; byte++) {
    const eight = bits[byte] ?? 0
    if (eight === 0) continue
    for (let bit = 0; bit < 8; bit++) if (eight & (1 << bit)) yield byte * 8 + bit
  }
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)

function countBlock(block: Block): number {
  if (isList(block)) return block.length
  let count = 0
  for (const byte of block) count += ONES[byte] ?? 0
  return count
}

/** How a block lies in the workspace: a kind, then numbers of 16 bits, low byte first, or bits. Whichever is smallest. */
const KIND = { list: 1, bits: 2, runs: 3 }

/** A block of a set as it is stored. */
export type StoredBlock = { block: number; n: number; rows: Buffer }

export function* storedBlocks(set: RowSet): Generator<StoredBlock> {
  for (const [block, content] of set) yield { block, n: countBlock(content), rows: packed(content) }
}

/** The set that was stored; Error where the bytes are none, which only a damaged workspace holds. */
export const loadedSet = (blocks: Iterable<{ block: number; rows: Buffer }>): RowSet =>
  ordered(Array.from(blocks, ({ block, rows }) => [block, unpacked(rows)] as const))

function packed(block: Block): Buffer {
  const runs: number[] = []
  let [start, end] = [-1, -2]
  for (const low of isList(block) ? block : lows(block)) {
    if (low !== end + 1) {
      if (start >= 0) runs.push(start, end - start)
      start = low
    }
    end = low
  }
  if (start >= 0) runs.push(start, end - start)
  const most = isList(block) ? block.length : LIST_MAX
  if (runs.length < most) return numbered(KIND.runs, runs)
  return isList(block) ? numbered(KIND.list, block) : Buffer.concat([Buffer.from([KIND.bits]), block])
}

function numbered(kind: number, numbers: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(1 + numbers.length * 2)
  bytes[0] = kind
  for (let n = 0; n < numbers.length; n++) bytes.writeUInt16LE(numbers[n] ?? 0, 1 + n * 2)
  return bytes
}

function unpacked(bytes: Buffer): Block | null {
  const kind = bytes[0]
  if (kind === KIND.bits && bytes.length === 1 + BITS_BYTES) return compact(Uint8Array.from(bytes.subarray(1)))
  const numbers = Array.from({ length: (bytes.length - 1) >> 1 }, (_, n) => bytes.readUInt16LE(1 + n * 2))
  // Written by this program only: ascending, and shorter than bits.
  if (kind === KIND.list) return numbers.length === 0 ? null : Uint16Array.from(numbers)
  if (kind !== KIND.runs) throw new Error(`A set of rows of an unknown kind ${kind}.`)
  const bits = new Uint8Array(BITS_BYTES)
  for (let n = 0; n + 1 < numbers.length; n += 2) {
    const first = numbers[n] ?? 0
    for (let low = first; low <= first + (numbers[n + 1] ?? 0); low++)
      bits[low >> 3] = (bits[low >> 3] ?? 0) | (1 << (low & 7))
  }
  return compact(bits)
}
