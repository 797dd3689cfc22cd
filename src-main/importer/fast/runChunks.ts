import { readSync, writeSync } from 'node:fs'
import { timeReader } from '../times.ts'
import { instantiate } from './fastModule.ts'
import { CHAIN_WORDS, CHUNK, LOCK_PAGE, PAGE_BYTES, RECORD_MAX, WORD, type FastColumn, type FastPlan } from './fastPlan.ts'
import type { FastReject, FastSetup, FastWorkerResult } from './messages.ts'

const SLACK = 65_536
const RAW_MAX = 65_536
const ASK_ZONE = 0x7fffffff
const TYPES = { text: 0, number: 1, time: 2 } as const
const REASONS = ['', 'a quote mark stands inside a cell', 'the last quoted cell does not end']

/** Takes chunks until none is left: reads, cuts, types, builds pages and writes them. See importFast.ts. */
export function runChunks(setup: FastSetup, source: number, target: number): FastWorkerResult {
  const { plan, at, memory } = setup
  const control = new Int32Array(setup.control)
  const bytes = new Uint8Array(memory.buffer)
  const words = new Uint32Array(memory.buffer)
  const keys = new BigUint64Array(memory.buffer, at.keys, at.pageCap)
  const text = (from: number, length: number): string => Buffer.from(memory.buffer, from >>> 0, length).utf8Slice()
  const readers = plan.columns.map(({ time }) => (time ? timeReader(time.format, time.zone) : null))
  const wasm = instantiate(setup.module, memory, at.stackTop, {
    number(from, length) {
      const cell = Buffer.from(memory.buffer, from >>> 0, length).latin1Slice()
      const value = Number(cell)
      return String(value) === cell && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : Number.NaN
    },
    time: (column, from, length) => readers[column]?.(text(from, length)) ?? Number.NaN,
  })
  const work = prepare(setup, wasm.call)
  const result: FastWorkerResult = { declined: null, runs: [], filled: [], rejects: [], records: 0, firstTime: null, lastTime: null, timeless: 0, spent: {} }
  const chunks = chunkCount(plan)
  const spent: Record<string, number> = { read: 0, pre: 0, wait: 0, scan: 0, build: 0, write: 0 }
  let mark = performance.now()
  const tick = (stage: string): void => {
    const now = performance.now()
    spent[stage] = (spent[stage] ?? 0) + now - mark
    mark = now
  }
  const stopped = (): boolean => Atomics.load(control, WORD.stop) !== 0
  const await_ = (word: number): number => {
    for (;;) {
      const value = Atomics.load(control, word)
      if (value !== 0 || stopped()) return value
      Atomics.wait(control, word, 0, 50)
    }
  }
  const publish = (word: number, value: number): void => {
    Atomics.store(control, word, value)
    Atomics.notify(control, word)
  }
  const decline = (reason: string): void => {
    result.declined ??= reason
    Atomics.store(control, WORD.stop, 1)
  }

  while (!stopped()) {
    const chunk = Atomics.add(control, WORD.chunk, 1)
    if (chunk >= chunks) break
    mark = performance.now()
    const { lo, hi } = chunkRange(plan, chunk)
    const word = WORD.chain + chunk * CHAIN_WORDS
    let have = read(source, bytes, at.input, lo, Math.min(hi - lo + SLACK, plan.size - lo))
    tick('read')
    wasm.call('prepass', at.input, hi - lo, plan.quote, at.scratch)
    const [outside = 0, inside = 0, flips = 0, seen = 0] = words.subarray(at.scratch >> 2, (at.scratch >> 2) + 4)
    tick('pre')
    const parity = await_(word) - 1
    if (stopped()) break
    const line = control[word + 1] ?? 0
    control[word + CHAIN_WORDS + 1] = line + outside + inside
    publish(word + CHAIN_WORDS, 1 + (parity ^ flips))
    tick('wait')
    const first = chunk === 0 ? 0 : 1
    let kept = 0
    const some = chunk === 0 || (parity ? inside : outside) > 0
    if (some) {
      wasm.call('scan_begin', work, 0, hi - lo, parity, line)
      while (wasm.call('scan', work, at.input, have, lo + have === plan.size ? 1 : 0) === 0) {
        if (have >= CHUNK + RECORD_MAX) {
          decline('a record is longer than 8 MiB')
          break
        }
        const want = Math.min(have * 2, CHUNK + RECORD_MAX, plan.size - lo)
        have += read(source, bytes, at.input + have, lo + have, want - have)
      }
      const bad = wasm.call('scan_bad', work)
      if (bad) decline(REASONS[bad] ?? '')
      if (stopped()) break
      // Bytes above 127 may also stand behind the chunk, in its last record.
      kept = wasm.call('judge', work, at.input, first, seen | 1)
    }
    tick('scan')
    const before = await_(word + 2) - 1
    if (stopped()) break
    publish(word + CHAIN_WORDS + 2, 1 + before + kept)
    tick('wait')
    if (some) {
      result.records += wasm.call('record_count', work) - first
      collectRejects(first, lo)
      wasm.call('rows_begin', work, lo, before + 1, first)
      do {
        const count = wasm.call('rows_build', work, at.input)
        tick('build')
        const base = Atomics.add(control, WORD.page, count)
        wasm.call('place', work, base, LOCK_PAGE)
        writePages(target, bytes, at.pages, base, count)
        result.runs.push({ base, keys: Float64Array.from(keys.subarray(0, count), Number) })
        tick('write')
      } while (wasm.call('rows_stop', work) === 1)
    }
    Atomics.add(control, WORD.chunks, 1)
    Atomics.add(control, WORD.rows, kept)
  }
  result.filled = plan.columns.map((_, column) => wasm.call('filled', work, column) >>> 0)
  result.firstTime = orNull(wasm.call('first_time', work))
  result.lastTime = orNull(wasm.call('last_time', work))
  result.timeless = wasm.call('timeless', work)
  result.spent = spent
  return result

  function collectRejects(first: number, lo: number): void {
    const count = wasm.call('record_count', work)
    const rejects: FastReject[] = []
    for (let i = first; i < count; i++) {
      const status = wasm.call('record_status', work, i)
      if (status === 0) continue
      const start = wasm.call('record_start', work, i)
      const length = wasm.call('record_end', work, i) - start
      const raw = Uint8Array.from(bytes.subarray(at.input + start, at.input + start + Math.min(length, RAW_MAX)))
      rejects.push({ line: wasm.call('record_line', work, i), offset: lo + start, length, status, cells: wasm.call('record_cells', work, i), raw })
    }
    for (const reject of rejects) result.rejects.push(reject)
  }
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

export const chunkCount = (plan: FastPlan): number => Math.max(1, Math.ceil(plan.size / CHUNK) - Math.floor(plan.start / CHUNK))

/** The bytes of chunk number `chunk`: line ends in [lo, hi) start its records. Chunks end at multiples of CHUNK. */
export function chunkRange(plan: FastPlan, chunk: number): { lo: number; hi: number } {
  const block = Math.floor(plan.start / CHUNK) + chunk
  const lo = chunk === 0 ? plan.start : block * CHUNK - 1
  const end = (block + 1) * CHUNK
  return { lo, hi: end >= plan.size ? plan.size : end - 1 }
}

function prepare({ plan, at, key }: FastSetup, call: (name: string, ...args: number[]) => number): number {
  const work = call('work_new', at.work, plan.columns.length)
  call('set_source', work, plan.delimiter, plan.quote, plan.least, plan.comments ? 1 : 0, plan.timeColumn ?? -1)
  call('set_buffers', work, at.cells, at.records, at.header, at.body)
  call('set_pages', work, PAGE_BYTES, at.pages, at.pageCap, at.keys, at.fixes)
  call('set_table', work, at.table, at.tableBytes, 1 << 14, key[0], key[1])
  plan.columns.forEach((column, position) => {
    call('set_column', work, position, TYPES[column.type], timeForm(column), column.time?.seconds ?? ASK_ZONE, column.time?.instant ? 1 : 0, column.look)
  })
  return work
}

function timeForm({ time }: FastColumn): number {
  if (time?.format === 'iso') return 1
  return time ? Math.max(0, ['epoch-s', 'epoch-ms', 'epoch-us'].indexOf(time.format) + 2) * (time.format.startsWith('epoch-') && time.format !== 'epoch-ns' ? 1 : 0) : 0
}

function read(fd: number, bytes: Uint8Array, at: number, position: number, length: number): number {
  let done = 0
  while (done < length) {
    const count = readSync(fd, bytes, at + done, length - done, position + done)
    if (count === 0) throw new Error('The source became shorter while it was read.')
    done += count
  }
  return done
}

const physical = (page: number): number => (page >= LOCK_PAGE ? page + 1 : page)

function writePages(fd: number, bytes: Uint8Array, at: number, base: number, count: number): void {
  let done = 0
  while (done < count) {
    const page = base + done
    const run = page < LOCK_PAGE ? Math.min(count - done, LOCK_PAGE - page) : count - done
    writeAll(fd, bytes, at + done * PAGE_BYTES, run * PAGE_BYTES, (physical(page) - 1) * PAGE_BYTES)
    done += run
  }
}

function writeAll(fd: number, bytes: Uint8Array, at: number, length: number, position: number): void {
  for (let done = 0; done < length; ) done += writeSync(fd, bytes, at + done, length - done, position + done)
}
