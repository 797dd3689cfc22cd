import type { IocType } from '#contract/values'
import type { TimeFormat } from '../times.ts'

/** Bytes of the source a worker takes at once. */
export const CHUNK = 1 << 19
/** A record may be this long, in bytes; a file with a longer one goes the careful path. */
export const RECORD_MAX = 8 << 20
export const PAGE_BYTES = 16_384
/** SQLite never uses the page that holds byte 2^30 of a database file. */
export const LOCK_PAGE = 2 ** 30 / PAGE_BYTES + 1

/** What a worker has to know of a column; `seconds` are those east of UTC, null where the text or a change of clocks decides. */
export type FastColumn = {
  type: 'text' | 'number' | 'time'
  time: { format: TimeFormat; zone: string; seconds: number | null; instant: boolean } | null
  /** Whether cells may hold indicators, and which one most are expected to be. */
  look: { ioc: IocType | null } | null
}

/** How a source is cut into records and rows, in plain values that can be sent to a worker. */
export type FastPlan = {
  path: string
  size: number
  /** Bytes of a chunk: CHUNK, less in tests. */
  chunk: number
  /** Where the first record after the header starts, and its line. */
  start: number
  line: number
  delimiter: number
  /** The byte that quotes, 0 for none. */
  quote: number
  columns: FastColumn[]
  /** A record has at least so many cells and at most one for each column. */
  least: number
  /** Lines that begin with # are no records. */
  comments: boolean
  /** Three cells behind those of the columns say where a record lay in another file: byte, length and line. */
  placed: boolean
  /** Nothing but ASCII was seen when UTF-8 was taken for the encoding. */
  undecided: boolean
  /** Position of the column that gives the time of a row. */
  timeColumn: number | null
  /** Positions of the columns that name the host, best first, and cells that name none. */
  hosts: number[]
  unset: string[]
}

/** Words of the block that the threads share. */
export const WORD = { chunk: 0, page: 1, stop: 2, chunks: 3, rows: 4, quarantined: 5, chain: 16 } as const
/** Words per chunk: 1 + parity of quote marks at its start, its line, 1 + rows before it. */
export const CHAIN_WORDS = 4

type Buffers =
  | 'work'
  | 'input'
  | 'cells'
  | 'records'
  | 'header'
  | 'body'
  | 'pages'
  | 'keys'
  | 'fixes'
  | 'scratch'
  | 'unset'
  | 'iocs'
  | 'texts'

/** Where a worker's buffers lie in the shared memory, and how much some of them hold. */
export type WorkerMemory = Record<Buffers | 'stackTop' | 'pageCap' | 'itemCap' | 'iocBytes' | 'textBytes', number>

/** Distinct cells that iocs.ts is to decide about, in bytes: when there are so many they are decided, and their room is emptied. */
export const TEXTS_ENOUGH = 2 << 20

/** Lays out the buffers of one worker from `from`; answers where they end. */
export function layWorkerMemory(from: number, columns: number, iocBytes: number): { at: WorkerMemory; end: number } {
  let free = from
  const take = (bytes: number): number => {
    const at = free
    // 128 bytes between buffers: vector loads and stores run over their ends.
    free = Math.ceil((free + bytes + 128) / 4096) * 4096
    return at
  }
  const input = CHUNK + RECORD_MAX + 4096
  const pageCap = Math.ceil((RECORD_MAX + columns * 32) / PAGE_BYTES) + 128
  const stackTop = take(65_536) + 65_536
  // Room beyond what is enough for all cells of the longest record, as they are and in lower case.
  const textBytes = TEXTS_ENOUGH + 2 * RECORD_MAX + columns * 96 + 65_536
  const at = {
    stackTop,
    work: take(490_000 + columns * 64),
    // A byte before the first one is looked at now and then.
    input: take(input + 64) + 64,
    cells: take(input * 4),
    records: take((CHUNK + 2) * 20),
    header: take(columns * 20 + 64),
    // 64 KiB of rows may wait there before the longest one (c/rows.h).
    body: take(65_536 + 2 * RECORD_MAX + columns * 16 + 64),
    pages: take(pageCap * PAGE_BYTES),
    keys: take(pageCap * 8),
    fixes: take(pageCap * 4),
    scratch: take(8 * PAGE_BYTES),
    unset: take(65_536),
    iocs: take(iocBytes),
    texts: take(textBytes),
    pageCap,
    // Items of the sorted list take 16 bytes and the place of the cells.
    itemCap: Math.floor(input / 4),
    iocBytes,
    textBytes,
  }
  return { at, end: free }
}

export const chunkCount = ({ size, start, chunk }: FastPlan): number =>
  Math.max(1, Math.ceil(size / chunk) - Math.floor(start / chunk))

/** The bytes of chunk number `n`: line ends in [lo, hi) start its records. Chunks end at multiples of their size. */
export function chunkRange({ size, start, chunk }: FastPlan, n: number): { lo: number; hi: number } {
  const block = Math.floor(start / chunk) + n
  const end = (block + 1) * chunk
  return { lo: n === 0 ? start : block * chunk - 1, hi: end >= size ? size : end - 1 }
}
