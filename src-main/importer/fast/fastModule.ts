import { setFlagsFromString } from 'node:v8'
import { FAST_MODULE } from './fastModuleBytes.ts'

/** What the compiled code asks of JavaScript; `at` and `length` are a stretch of the memory. */
export type FastImports = {
  /** Number(text) where String(Number(text)) is the text and an integer is a safe one, else NaN. */
  number(at: number, length: number): number
  /** Microseconds since 1970 of a cell of that time column, NaN where it is none. */
  time(column: number, at: number, length: number): number
  /** So many rows came in that minute since 1970. */
  minute(minute: number, rows: number): void
  /** 1 where a label in lower case is a public ending of domain names. */
  ending(at: number, length: number): number
  /** The scope of an address, by its place in iocScopes. */
  scope(kind: number, at: number, length: number): number
  /** Writes finished pages of the index; numbers leave out the lock-byte page. */
  pages(at: number, base: number, count: number): void
  /** An indicator that is too long for the index: its text, the columns as JSON, and how often it came from when to when. */
  late(
    kind: number,
    at: number,
    length: number,
    columns: number,
    columnsLength: number,
    count: number,
    first: number,
    last: number,
  ): void
}

const notHere = (): never => {
  throw new Error('This part of the program does not ask that.')
}
/** Imports for a part that asks only some of them. */
export const onlyImports = (some: Partial<FastImports>): FastImports => ({
  number: notHere,
  time: notHere,
  minute: notHere,
  ending: notHere,
  scope: notHere,
  pages: notHere,
  late: notHere,
  ...some,
})

/** One worker's view of the module: its functions by name, over the memory that all share. */
export type FastModule = { call(name: string, ...args: number[]): number }

let compiled: WebAssembly.Module | null = null

/** The module, compiled once per thread: its functions are made quick while they run. */
export const fastModule = (): WebAssembly.Module =>
  (compiled ??= new WebAssembly.Module(Buffer.from(FAST_MODULE, 'base64')))

/** Compiles it so that all of it is quick from the first call on: a tenth of a second of a thread that has nothing else to do. */
export function warmFastModule(): void {
  if (compiled) return
  setFlagsFromString('--no-liftoff')
  setFlagsFromString('--no-wasm-lazy-compilation')
  try {
    fastModule()
  } finally {
    setFlagsFromString('--liftoff')
    setFlagsFromString('--wasm-lazy-compilation')
  }
}

/** Bytes of the stack each instance needs for itself, below the top given to it. */
export const STACK_BYTES = 65_536
const PAGE = 65_536

/** Memory for `bytes` of buffers behind the module's own data; `free` is the first address that can be given out. */
export function fastMemory(bytes: number): { memory: WebAssembly.Memory; free: number } {
  // The module's data and first stack end well below this.
  const free = 4 * PAGE
  const initial = Math.ceil((free + bytes) / PAGE)
  return { memory: new WebAssembly.Memory({ initial, maximum: 65_536, shared: true }), free }
}

/** Makes an instance with its own stack, whose top is `stackTop` (a multiple of 16). */
export function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  stackTop: number,
  imports: FastImports,
): FastModule {
  const { exports } = new WebAssembly.Instance(module, { env: { memory, ...imports } })
  const stack = exports['__stack_pointer']
  const heap = exports['__heap_base']
  if (!(stack instanceof WebAssembly.Global) || !(heap instanceof WebAssembly.Global))
    throw new Error('The module lacks its globals.')
  if (Number(heap.value) > 4 * PAGE) throw new Error('The data of the module reaches into the buffers.')
  stack.value = stackTop
  return {
    call(name, ...args) {
      const found = exports[name]
      if (typeof found !== 'function') throw new Error(`The module has no function ${name}.`)
      return Number(Reflect.apply(found, undefined, args))
    },
  }
}
