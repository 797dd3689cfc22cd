import type { TimeFormat } from '../times.ts'

/** Bytes of the source a worker takes at once; also the stretch that `blocks` proves. */
export const CHUNK = 1 << 20
/** A record may be this long, in bytes; a file with a longer one goes the careful path. */
export const RECORD_MAX = 8 << 20
export const PAGE_BYTES = 16_384
/** SQLite never uses the page that holds byte 2^30 of a database file. */
export const LOCK_PAGE = 2 ** 30 / PAGE_BYTES + 1

/** What a worker has to know of a column; `zone` is seconds east of UTC, null where the text or a clock change decides. */
export type FastColumn = {
  type: 'text' | 'number' | 'time'
  time: { format: TimeFormat; zone: string; seconds: number | null; instant: boolean } | null
  /** What to look for in its cells, LOOK_* added up. */
  look: number
}

/** How a source is cut into records and rows, in plain values that can be sent to a worker. */
export type FastPlan = {
  path: string
  size: number
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
  /** The encoding is UTF-8 only if all bytes above 127 say so: a wrong one declines the file. */
  undecided: boolean
  /** Position of the column that gives the time of a row. */
  timeColumn: number | null
}

/** Values of `look`. */
export const LOOK_IOCS = 1
export const LOOK_HOST = 2

/** Words of the block that the threads share. */
export const WORD = { chunk: 0, page: 1, stop: 2, chunks: 3, rows: 4, quarantined: 5, chain: 16 } as const
/** Words per chunk: 1 + parity of quote marks at its start, its line, 1 + rows before it. */
export const CHAIN_WORDS = 4

/** Where a worker's buffers lie in the shared memory. */
export type WorkerMemory = Record<'work' | 'stackTop' | 'input' | 'cells' | 'records' | 'header' | 'body' | 'pages' | 'keys' | 'fixes' | 'scratch' | 'table', number> & {
  pageCap: number
  tableBytes: number
}

/** Lays out the buffers of one worker from `from`; answers where they end. */
export function layWorkerMemory(from: number, columns: number, tableBytes: number): { at: WorkerMemory; end: number } {
  let free = from
  const take = (bytes: number): number => {
    const at = free
    // 128 bytes between buffers: vector loads and stores run over their ends.
    free = Math.ceil((free + bytes + 128) / 4096) * 4096
    return at
  }
  const input = CHUNK + RECORD_MAX + 4096
  const pageCap = Math.ceil((RECORD_MAX + columns * 32) / PAGE_BYTES) + 128
  const stack = take(65_536)
  const at = {
    stackTop: stack + 65_536,
    work: take(4096 + columns * 64),
    input: take(input + 64) + 64,
    cells: take(input * 4),
    records: take((CHUNK + 2) * 20),
    header: take(columns * 20 + 64),
    body: take(RECORD_MAX + columns * 16 + 64),
    pages: take(pageCap * PAGE_BYTES),
    keys: take(pageCap * 8),
    fixes: take(pageCap * 4),
    scratch: take(4096),
    table: take(tableBytes),
    pageCap,
    tableBytes,
  }
  return { at, end: free }
}
