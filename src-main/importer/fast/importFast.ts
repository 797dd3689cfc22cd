import { statSync } from 'node:fs'
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
import type { ImportContext, ImportRequest, ImportResult } from '../importRequest.ts'
import { allWarnings } from '../recordGate.ts'
import { canFastImport } from './canFastImport.ts'
import type { BadRecord } from '../recordReader.ts'
import type { FastPlan } from './fastPlan.ts'
import { fastPlanOf } from './fastPlanOf.ts'
import { startFastRun, type FastRun } from './fastRun.ts'
import type { FastWorkers } from './fastWorkers.ts'
import { gatherResults, iocCounts } from './gatherResults.ts'
import { hashWhile } from './hashWhile.ts'
import type { FastWorkerResult } from './messages.ts'
import { rejectsOf } from './rejectsOf.ts'

/** Why the careful import has to take the file; nothing of the fast one is left. */
export type Declined = { declined: string }

/** A file whose beginning is read. `workers` null: this thread does it all. Tests may set the bytes of a chunk. */
export type FastStart = {
  beginning: Beginning
  /** How it is cut, and the bad records that stand before its first row. */
  plan: FastPlan
  before: BadRecord[]
  workers: FastWorkers | null
  chunk?: number
}

/** What the fast import needs to know of a file, or why it does not take it. `head` is its beginning. */
export function fastStart(
  beginning: Beginning,
  file: { path: string; packed: boolean; head: Buffer; complete: boolean },
): Omit<FastStart, 'workers'> | Declined {
  const reason = canFastImport(beginning, file)
  if (reason !== null) return { declined: reason }
  const found = fastPlanOf(beginning, file.head, file.complete, file.path, statSync(file.path).size)
  if (!found) return { declined: 'its first row begins too far behind the beginning' }
  return { beginning, ...found }
}

/**
 * Imports a file the fast way: workers cut it into chunks, type every cell and write the pages of the row table themselves
 * (c/, runChunks.ts), while this thread takes the SHA-256 of file and blocks; SQLite adds the side tables at the end. Gives
 * cell for cell what importFile gives, or declines. On any failure the target is removed.
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
  try {
    createDatasetTables(writer, start.beginning.plan)
    const roots = { rows: writer.rootPage('rows'), iocs: writer.rootPage('iocs') }
    writer.close()
    run = startFastRun({ plan, target: request.target, roots, goOn, workers: start.workers })
    const { state } = run
    const look = (): void => {
      const { chunks, total, rows, quarantined } = state()
      context.progress({ bytes: Math.floor((chunks / total) * before.size), total: before.size, rows, quarantined })
      goOn()
    }
    const [hashes, read] = await Promise.all([hashWhile(run, request.path, before.size, look), run.done])
    const declined = read.declined ?? whyNot(start.beginning, read.results)
    const after = statSync(request.path)
    const changed = after.size !== before.size || after.mtimeMs !== before.mtimeMs
    if (declined !== null || changed || hashes === null) {
      goOn()
      await writer.discard()
      return { declined: declined ?? 'it changed while it was read' }
    }
    goOn()
    writer = reopenDatasetWriter(request.target)
    const tables = datasetTables(writer, [])
    hashes.blocks.forEach((sha256, n) => tables.block(n, sha256))
    const rejects = rejectsOf(start.beginning, request.path, read.results)
    const bad = [...start.before, ...rejects.bad]
    for (const record of bad) tables.bad(record)
    const { hosts, ...gathered } = gatherResults(plan, read.results)
    for (const host of hosts) tables.host(host)
    for (const ioc of read.iocs.late) tables.ioc(ioc)
    const result = finishDataset(tables, start.beginning, {
      ...gathered,
      size: before.size,
      sha256: hashes.sha256,
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
  }
}

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
