import { randomBytes } from 'node:crypto'
import { closeSync, fdatasync, openSync, statSync } from 'node:fs'
import { fastMemory, fastModule } from './fastModule.ts'
import { CHAIN_WORDS, PAGE_BYTES, WORD, chunkCount, layWorkerMemory, type FastPlan } from './fastPlan.ts'
import type { FastWorkers } from './fastWorkers.ts'
import type { FastWorkerResult } from './messages.ts'
import { runSetup } from './runChunks.ts'
import { finishHeader, writeTableTree, type Child } from './tableTree.ts'
import { writeIocs, type MergedIocs } from './writeIocs.ts'
import { physicalPage } from './writePages.ts'

/** Room for distinct indicators per worker, in bytes: a share of the source between these limits. Untouched memory costs nothing. */
const TABLE_MIN = 96 << 20
const TABLE_MAX = 640 << 20

export type FastRunOptions = {
  plan: FastPlan
  /** The dataset file, created with its empty tables, and the root pages of two of them. */
  target: string
  roots: { rows: number; iocs: number }
  /** Null does the work in this thread, before startFastRun returns. */
  workers: FastWorkers | null
  /** Throws where the work is to end; asked while indicators are written. */
  goOn(): void
  /** Called when the workers are done and one thread writes the rest. */
  rowsWritten(): void
}

export type FastRun = {
  /** Chunks done and in all, rows and bad records so far, and whether it was stopped: may be asked at any time. */
  state(): { chunks: number; total: number; rows: number; quarantined: number; stopped: boolean }
  /** Ends the workers soon; what `done` then tells is worth nothing. */
  stop(): void
  /** What the workers found, when rows and iocs are written; `declined` says why the file needs the careful path. */
  done: Promise<{ declined: string | null; results: FastWorkerResult[]; iocs: MergedIocs }>
}

const NO_IOCS: MergedIocs = { nextPage: 0, counts: [], late: [] }

/** Starts the workers over a file. They share one memory, one counter of chunks and one of pages. */
export function startFastRun({ plan, target, roots, goOn, workers, rowsWritten }: FastRunOptions): FastRun {
  const chunks = chunkCount(plan)
  const threads = Math.max(1, Math.min(workers?.count ?? 1, chunks))
  const iocBytes = Math.min(TABLE_MAX, Math.max(TABLE_MIN, Math.ceil(plan.size * 2)))
  const each = layWorkerMemory(0, plan.columns.length, iocBytes).end
  const { memory, free } = fastMemory(each * threads)
  const control = new SharedArrayBuffer(4 * (WORD.chain + CHAIN_WORDS * (chunks + 1)))
  const words = new Int32Array(control)
  words[WORD.page] = statSync(target).size / PAGE_BYTES + 1
  // The first chunk starts outside quotes, at the plan's line, with no rows before it.
  words.set([1, plan.line, 1], WORD.chain)
  const module = fastModule()
  const seed = randomBytes(8)
  const key: [number, number] = [seed.readInt32LE(0), seed.readInt32LE(4)]
  const { state, stop } = controls(words, chunks)
  const buffers = Array.from(
    { length: threads },
    (_, index) => layWorkerMemory(free + index * each, plan.columns.length, iocBytes).at,
  )
  const running = buffers.map(async (at, index) => {
    const setup = { plan, target, module, memory, at, control, key }
    try {
      return await (workers ? workers.run(index, setup) : runSetup(setup))
    } catch (error) {
      // The others would wait for this one's chunk.
      stop()
      throw error
    }
  })
  workers?.close()
  const finish = async () => {
    const settled = await Promise.allSettled(running)
    rowsWritten()
    const results: FastWorkerResult[] = []
    for (const one of settled) {
      if (one.status === 'rejected') throw one.reason
      results.push(one.value)
    }
    const declined = results.find((result) => result.declined !== null)?.declined ?? null
    if (Atomics.load(words, WORD.stop) !== 0) return { declined: declined ?? 'it was stopped', results, iocs: NO_IOCS }
    const fd = openSync(target, 'r+')
    // The rows go to the disk while the indicators are written.
    const synced = inThePool(fd)
    try {
      const take = (): number => Atomics.add(words, WORD.page, 1)
      const tree = writeTableTree(fd, leavesOf(results), roots.rows, take)
      const iocs = writeIocs({
        module,
        memory,
        workers: buffers,
        sorted: results.map(({ sorted }) => sorted),
        target: fd,
        root: roots.iocs,
        page: Atomics.load(words, WORD.page),
        goOn,
      })
      finishHeader(fd, physicalPage(iocs.nextPage - 1), tree.free)
      return { declined: null, results, iocs }
    } finally {
      await synced
      closeSync(fd)
    }
  }
  return { state, stop, done: finish() }
}

/** In a function of their own: what holds on to them must not hold on to the memory of the run. */
function controls(words: Int32Array, chunks: number): Pick<FastRun, 'state' | 'stop'> {
  return {
    state: () => ({
      chunks: Atomics.load(words, WORD.chunks),
      total: chunks,
      rows: Atomics.load(words, WORD.rows),
      quarantined: Atomics.load(words, WORD.quarantined),
      stopped: Atomics.load(words, WORD.stop) !== 0,
    }),
    stop() {
      Atomics.store(words, WORD.stop, 1)
    },
  }
}

/** Brings a file to the disk on another thread; only the last time of many has to succeed. */
const inThePool = (fd: number): Promise<void> => new Promise((resolve) => fdatasync(fd, () => resolve()))

/** The last row of the first leaf; pages that are none have 0. */
const firstRow = (keys: Float64Array): number => keys.find((last) => last > 0) ?? 0

function leavesOf(results: readonly FastWorkerResult[]): Child[] {
  const leaves: Child[] = []
  // The rows of a run follow one another.
  const runs = results.flatMap((result) => result.runs).sort((a, b) => firstRow(a.keys) - firstRow(b.keys))
  for (const { base, keys } of runs)
    for (let n = 0; n < keys.length; n++) {
      const last = keys[n] ?? 0
      if (last > 0) leaves.push({ page: physicalPage(base + n), last })
    }
  return leaves
}
