import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { STRETCH } from './engine.ts'
import { openNumbering, type RowPages, type Sampled } from './numbering.ts'

/** Slots of the table in which values are told apart, 16 bytes each, and rows that it takes at a time. */
const SLOTS = 1 << 20
const ROWS_AT_A_TIME = 786_432
/** Of more rows the numbering would read too often what it spread, and take more memory than it may. */
export const SPREAD_ROWS_MAX = 10_000_000
/** Per row: 8 and 4 bytes by which its value is known, 2 for its rank; and 4 for its code. */
const BYTES = { hash: 8, more: 4, rank: 2, code: 4 } as const
const KNOWN = BYTES.hash + BYTES.more + BYTES.rank

/** Takes the codes of the column, as CodeSink does. */
export type SpreadSink = {
  stretch(n: number, codes: Uint32Array): void
  end(firsts: Uint32Array, counts: Uint32Array, ranks: Uint16Array | null): void
}

/**
 * Numbers the values of a column of any number of them, in one reading of its pages: what tells them apart goes to a file beside, and is
 * numbered a part after the other. The file is removed however it ends. False where there are too many rows; 'damaged' where a page
 * is, null where a row is too long. What `goOn` throws.
 */
export function spreadCodes(
  source: RowPages,
  field: number,
  { path, sampled, atATime = ROWS_AT_A_TIME }: { path: string; sampled: Sampled; atATime?: number },
  sink: SpreadSink,
  { goOn, letGo }: { goOn(): void; letGo(): void },
): boolean | 'damaged' | null {
  const { rows } = source
  if (rows > SPREAD_ROWS_MAX) return false
  const fd = openSync(path, 'w+', 0o600)
  try {
    const spread = spreadOut(source, field, { sampled, fd, parts: Math.ceil(rows / atATime) }, goOn)
    if (typeof spread !== 'object' || spread === null) return spread
    letGo()
    sink.end(...inOrder(rows, fd, spread, sink, goOn))
    return true
  } finally {
    closeSync(fd)
    rmSync(path, { force: true })
  }
}

/** The last number given, and whether every value has a rank. */
type Spread = { last: number; ranked: boolean }

function spreadOut(
  source: RowPages,
  field: number,
  { sampled, fd, parts }: { sampled: Sampled; fd: number; parts: number },
  goOn: () => void,
): Spread | 'damaged' | null {
  const { rows } = source
  const numbering = openNumbering(
    source,
    [field],
    { bytes: STRETCH * KNOWN + 64, rest: SLOTS * 16 + STRETCH * BYTES.code + 4_096, sampled },
    goOn,
  )
  const { many } = numbering
  const { call, bytes } = numbering.engine
  const known = numbering.codes[0] ?? 0
  const read = numbering.read(
    () => undefined,
    (n) => {
      transfer(writeSync, fd, bytes.subarray(known, known + STRETCH * KNOWN), n * STRETCH * KNOWN)
      return true
    },
  )
  if (read !== true) return read
  const ranked = call('many_ranked', many, 0) === 1
  const codes = numbering.take(STRETCH * BYTES.code)
  const slots = numbering.take(SLOTS * 16)
  let last = 0
  for (let part = 0; part < parts; part++) {
    bytes.fill(0, slots, slots + SLOTS * 16)
    for (let n = 0; n * STRETCH < rows; n++) {
      goOn()
      const length = Math.min(STRETCH, rows - n * STRETCH)
      const own = bytes.subarray(codes, codes + length * BYTES.code)
      if (part === 0) own.fill(0)
      else transfer(readSync, fd, own, placeOfCodes(rows, n))
      transfer(readSync, fd, bytes.subarray(known, known + STRETCH * KNOWN), n * STRETCH * KNOWN)
      last = call('spread_numbers', slots, SLOTS, known, length, parts, part, codes, last)
      transfer(writeSync, fd, own, placeOfCodes(rows, n))
    }
  }
  return { last, ranked }
}

/** Numbers the values anew, in the order in which they first stand. */
function inOrder(
  rows: number,
  fd: number,
  { last, ranked }: Spread,
  sink: SpreadSink,
  goOn: () => void,
): [Uint32Array, Uint32Array, Uint16Array | null] {
  const numbers = new Uint32Array(last + 1)
  const [firsts, counts, ranks] = [new Uint32Array(last), new Uint32Array(last), new Uint16Array(ranked ? last : 0)]
  const codes = new Uint32Array(STRETCH)
  const own = new Uint16Array(STRETCH)
  let next = 0
  for (let n = 0; n * STRETCH < rows; n++) {
    goOn()
    const length = Math.min(STRETCH, rows - n * STRETCH)
    transfer(readSync, fd, new Uint8Array(codes.buffer, 0, length * BYTES.code), placeOfCodes(rows, n))
    if (ranked)
      transfer(
        readSync,
        fd,
        new Uint8Array(own.buffer, 0, length * BYTES.rank),
        n * STRETCH * KNOWN + STRETCH * (BYTES.hash + BYTES.more),
      )
    for (let row = 0; row < length; row++) {
      const code = codes[row] ?? 0
      if (code === 0) continue
      let number = numbers[code] ?? 0
      if (number === 0) {
        numbers[code] = number = ++next
        firsts[number - 1] = n * STRETCH + row + 1
        if (ranked) ranks[number - 1] = own[row] ?? 0
      }
      counts[number - 1] = (counts[number - 1] ?? 0) + 1
      codes[row] = number
    }
    sink.stretch(n, codes.subarray(0, length))
  }
  return [firsts, counts, ranked ? ranks : null]
}

/** Behind what is known of all rows. */
const placeOfCodes = (rows: number, n: number): number =>
  Math.ceil(rows / STRETCH) * STRETCH * KNOWN + n * STRETCH * BYTES.code

function transfer(
  move: (fd: number, bytes: Uint8Array, from: number, length: number, at: number) => number,
  fd: number,
  bytes: Uint8Array,
  at: number,
): void {
  for (let done = 0; done < bytes.length;) {
    const moved = move(fd, bytes, done, bytes.length - done, at + done)
    if (moved === 0) throw new Error('A file that was just written ends too soon.')
    done += moved
  }
}
