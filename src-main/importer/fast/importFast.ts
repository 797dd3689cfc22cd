import { statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '#contract/appError'
import {
  openDatasetWriter,
  reopenDatasetWriter,
  writingFailure,
  type DatasetWriter,
} from '../../sqlite/datasetWriter.ts'
import type { Beginning } from '../beginning.ts'
import { createDatasetTables, datasetTables } from '../datasetTables.ts'
import { finishDataset } from '../finishDataset.ts'
import { freeMemory } from '../freeMemory.ts'
import type { ImportContext, ImportRequest, ImportResult } from '../importRequest.ts'
import { allWarnings } from '../recordGate.ts'
import { canFastImport } from './canFastImport.ts'
import type { BadRecord } from '../recordReader.ts'
import type { FastPlan } from './fastPlan.ts'
import { fastPlanOf } from './fastPlanOf.ts'
import { startFastRun, type FastRun } from './fastRun.ts'
import type { FastWorkers } from './fastWorkers.ts'
import { holdOptimizer } from './holdOptimizer.ts'
import { gatherResults, iocCounts } from './gatherResults.ts'
import { hashSource, type SourceHash } from './hashSource.ts'
import type { FastWorkerResult } from './messages.ts'
import { rejectsOf } from './rejectsOf.ts'
import type { SourceHasher } from './sourceHasher.ts'

/** Why the careful import has to take the file; nothing of the fast one is left. */
export type Declined = { declined: string }

/** Between two looks at a run, in milliseconds. */
const LOOK_MS = 40
/** When so much of the rows is written, the source is hashed on beside the workers: what is left fits beside the last steps. */
const HASH_ON_FROM = 0.95

/** From a source of so many bytes on, memory is given back before the workers need it. */
export const LARGE = 64 << 20

/** A file whose beginning is read. `workers` or `hasher` null: this thread does their work. Tests may set the bytes of a chunk. */
export type FastStart = {
  beginning: Beginning
  /** How it is cut, and the bad records that stand before its first row. */
  plan: FastPlan
  before: BadRecord[]
  workers: FastWorkers | null
  hasher: SourceHasher | null
  /** Memory was given back since the beginning was looked at. */
  tidied?: boolean
  chunk?: number
}

/** What the fast import needs to know of a file, or why it does not take it. `head` is its beginning. */
export function fastStart(
  beginning: Beginning,
  file: { path: string; packed: boolean; head: Buffer; complete: boolean },
): Omit<FastStart, 'workers' | 'hasher'> | Declined {
  const reason = canFastImport(beginning, file)
  if (reason !== null) return { declined: reason }
  const found = fastPlanOf(beginning, file.head, file.complete, file.path, statSync(file.path).size)
  if (!found) return { declined: 'its first row begins too far behind the beginning' }
  return { beginning, ...found }
}

/**
 * Imports a file the fast way: workers cut it into chunks, type every cell and write the pages of the row table themselves
 * (c/, runChunks.ts), another thread takes the SHA-256 of the file; SQLite adds the side tables at the end. Gives cell
 * for cell what importFile gives, or declines. On any failure the target is removed.
 * Fails with cancelled, disk-full, unreadable-file or conflict (target exists).
 */
export async function importFast(
  request: ImportRequest,
  context: ImportContext,
  start: FastStart,
): Promise<ImportResult | Declined> {
  const before = statSync(request.path)
  if (before.size !== start.plan.size) return { declined: 'it changed while it was read' }
  const plan = { ...start.plan, ...(start.chunk === undefined ? {} : { chunk: start.chunk }) }
  const goOn = (): void => {
    if (context.cancelled()) throw new AppError('cancelled', 'The import was cancelled; nothing of it was kept.')
  }
  let writer: DatasetWriter = openDatasetWriter(request.target)
  let run: FastRun | null = null
  const optimizeAgain = before.size >= LARGE ? holdOptimizer() : () => undefined
  try {
    createDatasetTables(writer, start.beginning.plan)
    const roots = { rows: writer.rootPage('rows'), iocs: writer.rootPage('iocs') }
    writer.close()
    const { hasher } = start
    if (start.workers) hasher?.pauseFor(start.workers.count)
    run = startFastRun({
      plan,
      target: request.target,
      roots,
      goOn,
      workers: start.workers,
      rowsWritten: () => hasher?.resume(),
    })
    const { state } = run
    if (before.size >= LARGE && !start.tidied) freeMemory()
    const look = (): void => {
      const { chunks, total, rows, quarantined } = state()
      if (chunks >= total * HASH_ON_FROM) start.hasher?.resume()
      context.progress({ bytes: Math.floor((chunks / total) * before.size), total: before.size, rows, quarantined })
      goOn()
    }
    const read = await lookedAt(run.done, look)
    const declined = read.declined ?? whyNot(start.beginning, read.results)
    if (declined !== null) {
      goOn()
      await writer.discard()
      return { declined }
    }
    writer = reopenDatasetWriter(request.target)
    const tables = datasetTables(writer, [])
    const rejects = rejectsOf(start.beginning, request.path, read.results)
    const bad = [...start.before, ...rejects.bad]
    for (const record of bad) tables.bad(record)
    const { hosts, ...gathered } = gatherResults(plan, read.results)
    for (const host of hosts) tables.host(host)
    for (const ioc of read.iocs.late) tables.ioc(ioc)
    const hash = await lookedAt(hasher?.done ?? hashSource(request.path), look)
    if (!hash || !unchanged(hash, before) || !unchanged(hash, statSync(request.path))) {
      goOn()
      await writer.discard()
      return { declined: 'it changed while it was read' }
    }
    const result = finishDataset(tables, start.beginning, {
      ...gathered,
      size: before.size,
      sha256: hash.sha256,
      encoding: 'utf-8',
      quarantined: bad.length,
      warnings: allWarnings(start.beginning, { comments: () => rejects.comments }, { warning: () => null }),
    })
    goOn()
    check(writer, result.rows, run.state().rows)
    writer.finish()
    const iocsByType = iocCounts(read.iocs)
    return {
      ...result,
      iocs: iocsByType.reduce((total, { count }) => total + count, 0),
      iocsByType,
      hosts: hosts.length,
    }
  } catch (error) {
    if (error instanceof RangeError && run === null) {
      await writer.discard()
      return { declined: 'there is not enough memory for it' }
    }
    run?.stop()
    await run?.done.catch(() => null)
    await writer.discard()
    throw writingFailure(error)
  } finally {
    optimizeAgain()
  }
}

/** Waits for work of other threads; `look` is called all the while and may throw. */
export async function lookedAt<T>(work: Promise<T> | T, look: () => void): Promise<T> {
  let waiting = true
  const done = Promise.resolve(work).finally(() => (waiting = false))
  // Where `look` throws nobody waits for it any more.
  done.catch(() => undefined)
  while (waiting) {
    look()
    await Promise.race([done, pause(LOOK_MS)])
  }
  return done
}

const unchanged = ({ size, changed }: SourceHash, now: { size: number; mtimeMs: number }): boolean =>
  now.size === size && now.mtimeMs === changed

/** A file without a mark whose first bytes were ASCII is UTF-8 only if nothing speaks against it. */
function whyNot(beginning: Beginning, results: readonly FastWorkerResult[]): string | null {
  if (!beginning.undecided || !results.some(({ high }) => high)) return null
  if (results.some(({ rejects }) => rejects.some(({ why }) => why === 'bytes'))) return 'its encoding is not certain'
  return results.some(({ escape }) => escape) ? 'its encoding is not certain' : null
}

/** The tree of the row table must lead to the last row that was kept. */
function check(writer: DatasetWriter, rows: number, records: number): void {
  const last = writer.lastRow()
  if (last !== rows || records !== rows)
    throw new AppError('internal', `The dataset file ends with row ${last} of ${rows}.`, { last, rows, records })
}
