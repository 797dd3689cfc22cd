import { closeSync, openSync, readSync } from 'node:fs'
import { iocScopes } from '#contract/values'
import { isEnding } from '../domainNames.ts'
import { iocScope } from '../iocs.ts'
import { timeReader } from '../times.ts'
import { createTextDecider, kinds } from './decideTexts.ts'
import { instantiate, onlyImports, type FastModule } from './fastModule.ts'
import { CHAIN_WORDS, CHUNK, LOCK_PAGE, RECORD_MAX, WORD, chunkCount, chunkRange } from './fastPlan.ts'
import type { FastSetup, FastWorkerResult } from './messages.ts'
import { createMinutes } from './minutes.ts'
import { prepareWork } from './prepareWork.ts'
import { writePages } from './writePages.ts'

/** Read behind a chunk for the end of its last record; more where that is longer. */
const SLACK = 65_536
const STATUS = { width: 2, bytes: 3 } as const
const TOO_MANY = 'it holds too many distinct indicators'
const SHORTER = 'it became shorter while it was read'
const BAD = ['', 'a quote mark stands inside a cell', 'the last quoted cell does not end']
const STOP = { done: 0, pagesFull: 1, textsFull: 2, iocsFull: 3 } as const

/** Runs one worker's part of a fast import to its end. */
export function runSetup(setup: FastSetup): FastWorkerResult {
  const source = openSync(setup.plan.path, 'r')
  const target = openSync(setup.target, 'r+')
  try {
    return runChunks(setup, source, target)
  } finally {
    closeSync(source)
    closeSync(target)
  }
}

/** Takes chunks until none is left: reads, cuts, types, builds pages and writes them; then decides about texts. See fastRun.ts. */
function runChunks(setup: FastSetup, source: number, target: number): FastWorkerResult {
  const { plan, at, memory } = setup
  const control = new Int32Array(setup.control)
  const bytes = new Uint8Array(memory.buffer)
  const keys = new BigUint64Array(memory.buffer, at.keys, at.pageCap)
  const buffer = Buffer.from(memory.buffer)
  const minutes = createMinutes()
  const readers = plan.columns.map(({ time }) => (time ? timeReader(time.format, time.zone) : null))
  const wasm: FastModule = instantiate(
    setup.module,
    memory,
    at.stackTop,
    onlyImports({
      number(from, length) {
        const cell = buffer.toString('latin1', from >>> 0, (from >>> 0) + length)
        const value = Number(cell)
        return String(value) === cell && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : Number.NaN
      },
      time: (column, from, length) =>
        readers[column]?.(buffer.toString('utf8', from >>> 0, (from >>> 0) + length)) ?? Number.NaN,
      minute: minutes.add,
      scope: (kind, from, length) =>
        iocScopes.indexOf(
          iocScope(kinds[kind] ?? 'ipv4', buffer.toString('latin1', from >>> 0, (from >>> 0) + length)),
        ),
      ending: (from, length) => (isEnding(buffer.toString('latin1', from >>> 0, (from >>> 0) + length)) ? 1 : 0),
    }),
  )
  const work = prepareWork(setup, wasm, buffer)
  const stopped = (): boolean => Atomics.load(control, WORD.stop) !== 0
  const texts = createTextDecider(wasm, work, memory, at, plan, stopped)
  const result: FastWorkerResult = {
    declined: null,
    runs: [],
    filled: [],
    rejects: [],
    rows: 0,
    high: false,
    escape: false,
    firstTime: null,
    lastTime: null,
    timeless: 0,
    minutes: minutes.stretches(),
    hosts: [],
    finds: texts.columns,
    iocs: 0,
    sorted: 0,
    spent: {},
  }
  const decline = (reason: string): void => {
    result.declined ??= reason
    Atomics.store(control, WORD.stop, 1)
  }
  let mark = 0
  const tick = (stage: string): void => {
    const { user, system } = process.threadCpuUsage()
    const now = (user + system) / 1000
    result.spent[stage] = (result.spent[stage] ?? 0) + now - mark
    mark = now
  }

  const chunks = chunkCount(plan)
  while (!stopped()) {
    const chunk = Atomics.add(control, WORD.chunk, 1)
    if (chunk >= chunks) break
    takeChunk(chunk)
  }
  if (!stopped()) finish()
  return result

  function takeChunk(chunk: number): void {
    const { lo, hi } = chunkRange(plan, chunk)
    const word = WORD.chain + chunk * CHAIN_WORDS
    const wanted = Math.min(hi - lo + Math.min(SLACK, plan.chunk), plan.size - lo)
    let have = readAll(source, bytes, at.input, lo, wanted)
    if (have < wanted) return decline(SHORTER)
    if (plan.undecided && buffer.subarray(at.input, at.input + hi - lo).includes('\x1b$')) result.escape = true
    tick('read')
    const parity = awaited(word) - 1
    if (stopped()) return
    const line = control[word + 1] ?? 0
    tick('wait')
    // The first chunk starts with a record, the others in the middle of one, which the chunk before has.
    const first = chunk === 0 ? 0 : 1
    let passed = false
    wasm.call('scan_begin', work, 0, hi - lo, parity, line, first)
    for (;;) {
      const complete = wasm.call('scan', work, at.input, have, lo + have === plan.size ? 1 : 0)
      const bad = wasm.call('scan_bad', work)
      if (bad) return decline(BAD[bad] ?? '')
      // The next chunk needs no more of this one than where quotes and lines stand at its end.
      if (!passed && wasm.call('scan_passed', work)) {
        passed = true
        control[word + CHAIN_WORDS + 1] = wasm.call('scan_line', work)
        publish(word + CHAIN_WORDS, 1 + wasm.call('scan_parity', work))
      }
      if (complete) break
      if (have >= CHUNK + RECORD_MAX) return decline('a record is longer than 8 MiB')
      const want = Math.min(have * 2, CHUNK + RECORD_MAX, plan.size - lo)
      const more = readAll(source, bytes, at.input + have, lo + have, want - have)
      if (more < want - have) return decline(SHORTER)
      have += more
    }
    if (wasm.call('scan_high', work)) result.high = true
    const some = wasm.call('record_count', work) > first
    const kept = wasm.call('judge', work, at.input)
    tick('scan')
    const before = awaited(word + 2) - 1
    if (stopped()) return
    publish(word + CHAIN_WORDS + 2, 1 + before + kept)
    tick('wait')
    if (some) buildRows(lo, before + 1, first, kept)
    Atomics.add(control, WORD.chunks, 1)
    Atomics.add(control, WORD.rows, kept)
  }

  function buildRows(lo: number, row: number, first: number, kept: number): void {
    const records = wasm.call('record_count', work) - first
    if (kept < records) collectRejects(lo, first)
    result.rows += kept
    wasm.call('rows_begin', work, lo, row, first)
    for (;;) {
      const count = wasm.call('rows_build', work, at.input)
      tick('build')
      const base = Atomics.add(control, WORD.page, count)
      wasm.call('place', work, base, LOCK_PAGE)
      writePages(target, bytes, at.pages, base, count)
      result.runs.push({ base, keys: Float64Array.from(keys.subarray(0, count), Number) })
      tick('write')
      const stop = wasm.call('rows_stop', work)
      if (stop === STOP.done || stopped()) return
      // A record that does not even fit into an empty table would come back for ever.
      const stuck = count === 0 && wasm.call('texts_from', work) === wasm.call('texts_to', work)
      if (stop === STOP.iocsFull || stuck) return decline(TOO_MANY)
      if (stop === STOP.textsFull && !texts.decide()) return decline(TOO_MANY)
      tick('decide')
    }
  }

  function collectRejects(lo: number, first: number): void {
    const count = wasm.call('record_count', work)
    for (let i = first; i < count; i++) {
      const status = wasm.call('record_status', work, i)
      if (status !== STATUS.width && status !== STATUS.bytes) continue
      const start = wasm.call('record_start', work, i)
      result.rejects.push({
        line: wasm.call('record_line', work, i) >>> 0,
        offset: lo + start,
        length: wasm.call('record_end', work, i) - start,
        why: status === STATUS.width ? 'width' : 'bytes',
        cells: wasm.call('record_cells', work, i),
      })
      Atomics.add(control, WORD.quarantined, 1)
    }
  }

  function finish(): void {
    tick('rest')
    if (!texts.decide()) decline(TOO_MANY)
    tick('decide')
    result.iocs = wasm.call('iocs_count', work)
    if (result.iocs > at.itemCap) return decline(TOO_MANY)
    result.sorted = wasm.call('iocs_sort', work, at.cells, at.scratch) >>> 0
    tick('sort')
    addCertain()
    result.filled = plan.columns.map((_, column) => wasm.call('filled', work, column) >>> 0)
    result.firstTime = orNull(wasm.call('first_time', work))
    result.lastTime = orNull(wasm.call('last_time', work))
    result.timeless = wasm.call('timeless', work)
    result.minutes = minutes.stretches()
    result.hosts = [...texts.hosts.values()]
  }

  /** What the compiled code knew for certain: cells that are an IPv4 address, a hash or an ordinary URL. */
  function addCertain(): void {
    texts.columns.forEach(({ whole, seen }, column) => {
      for (const kind of kinds.keys()) {
        const cells = wasm.call('whole', work, column, kind) >>> 0
        whole[kind] = (whole[kind] ?? 0) + cells
        if (cells > 0) seen[kind] = true
      }
    })
  }

  function awaited(word: number): number {
    for (;;) {
      const value = Atomics.load(control, word)
      if (value !== 0 || stopped()) return value
      Atomics.wait(control, word, 0, 50)
    }
  }

  function publish(word: number, value: number): void {
    Atomics.store(control, word, value)
    Atomics.notify(control, word)
  }
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** Reads up to `length` bytes; fewer only where the file ends. */
function readAll(fd: number, bytes: Uint8Array, at: number, position: number, length: number): number {
  let done = 0
  while (done < length) {
    const count = readSync(fd, bytes, at + done, length - done, position + done)
    if (count === 0) break
    done += count
  }
  return done
}
