import { SEGMENTS_MODULE } from './segmentsModuleBytes.ts'

/** Rows of a stretch: questions are answered stretch by stretch, and segments are kept by stretches. */
export const STRETCH = 65_536
/** 32-bit words of a set of rows of one stretch. */
export const WORDS = STRETCH / 32

/** Bytes of pages read at once. */
const RUN_BYTES = 1 << 20
/** A row that takes more bytes is looked at by SQLite instead. */
const ROW_BYTES_MAX = 4 << 20
/** Sets of rows that a question may need at once, two or three for each level of it; beyond, SQLite answers. */
const SETS_MAX = 512
/** Counts of one question: pairs of values, or stretches of time by value. */
export const COUNTS_MAX = 4 << 20
/** Vector loads run over the end of what they read. */
const SPARE = 256
const PAGE = 65_536
/** The module's own data and stack end well below this. */
const FREE = 4 * PAGE

/** What compiled code asks for while it works; set for each piece of work. */
export type Hooks = {
  overflow(page: number, to: number, bytes: number): number
  late(row: number): void
  numberOf(at: number, bytes: number): number
}

/** The compiled code of one thread with its memory: buffers for one question, and a rest for whoever made it. */
export type Engine = {
  call(name: string, ...args: number[]): number
  hooks: Hooks
  bytes: Uint8Array
  words: Uint32Array
  /** Addresses. */
  at: {
    scan: number
    pages: number
    scratch: number
    /** Texts, patterns and marks of a question. */
    texts: number
    table: number
    counts: number
    sets: number
    rest: number
  }
  runBytes: number
  rowBytesMax: number
  setsMax: number
}

/** Bytes of texts, patterns and marks: a text has at most 10,000 characters, a record 2,000 values. */
const TEXT_BYTES = 256 * 1024

let compiled: WebAssembly.Module | null = null
const moduleOf = (): WebAssembly.Module => (compiled ??= new WebAssembly.Module(Buffer.from(SEGMENTS_MODULE, 'base64')))

const nobody = (): never => {
  throw new Error('Nothing is being scanned.')
}

/** Makes an engine with `rest` bytes beside its buffers. What is not touched takes no memory. */
export function createEngine(rest: number): Engine {
  let free = FREE
  const take = (bytes: number): number => {
    const at = free
    free = Math.ceil((free + bytes + SPARE) / 4_096) * 4_096
    return at
  }
  const at = {
    scan: take(4_096),
    pages: take(RUN_BYTES),
    scratch: take(ROW_BYTES_MAX),
    texts: take(TEXT_BYTES),
    table: take(STRETCH),
    counts: take(COUNTS_MAX * 4),
    sets: take(SETS_MAX * WORDS * 4),
    rest: take(rest),
  }
  const memory = new WebAssembly.Memory({ initial: Math.ceil(free / PAGE), maximum: 65_536, shared: true })
  const hooks: Hooks = { overflow: nobody, late: nobody, numberOf: nobody }
  const env = {
    memory,
    overflow: (page: number, to: number, bytes: number) => hooks.overflow(page >>> 0, to >>> 0, bytes >>> 0),
    late: (row: number) => hooks.late(row),
    number_of: (from: number, bytes: number) => hooks.numberOf(from >>> 0, bytes >>> 0),
  }
  const { exports } = new WebAssembly.Instance(moduleOf(), { env })
  const heap = exports['__heap_base']
  if (!(heap instanceof WebAssembly.Global) || Number(heap.value) > FREE)
    throw new Error('The data of the module reaches into the buffers.')
  return {
    call(name, ...args) {
      const found = exports[name]
      if (typeof found !== 'function') throw new Error(`The module has no function ${name}.`)
      return Number(Reflect.apply(found, undefined, args)) >>> 0
    },
    hooks,
    bytes: new Uint8Array(memory.buffer),
    words: new Uint32Array(memory.buffer),
    at,
    runBytes: RUN_BYTES,
    rowBytesMax: ROW_BYTES_MAX,
    setsMax: SETS_MAX,
  }
}
