import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { createHash, hash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '#contract/appError'
import { iocTypes } from '#contract/values'
import { openDatasetWriter, reopenDatasetWriter, type DatasetWriter } from '../../sqlite/datasetWriter.ts'
import type { Beginning } from '../beginning.ts'
import { IOC_SHARE } from '../columnPlan.ts'
import { createDatasetTables, datasetTables } from '../datasetTables.ts'
import { finishDataset, type ColumnFinding } from '../finishDataset.ts'
import type { ImportContext, ImportRequest, ImportResult } from '../importRequest.ts'
import { allWarnings } from '../recordGate.ts'
import { canFastImport } from './canFastImport.ts'
import { kinds } from './decideTexts.ts'
import { fastPlanOf } from './fastPlanOf.ts'
import { CHUNK } from './fastPlan.ts'
import { startFastRun, type FastRun } from './fastRun.ts'
import { hostsOf } from './hostsOf.ts'
import type { FastWorkerResult } from './messages.ts'
import { createMinutes } from './minutes.ts'
import { rejectsOf } from './rejectsOf.ts'

/** Why the careful import has to take the file; nothing of the fast one is left. */
export type Declined = { declined: string }

export type FastStart = { beginning: Beginning; head: Buffer; complete: boolean; gzip: boolean; workers?: number }

/**
 * Imports a file the fast way: workers cut it into chunks, type every cell and write the pages of the row table themselves
 * (c/, runChunks.ts), while this thread takes the SHA-256 of file and blocks; SQLite adds the side tables at the end. Gives
 * cell for cell what importFile gives, or declines. On any failure the target is removed.
 * Fails with cancelled, disk-full, unreadable-file or conflict (target exists).
 */
export async function importFast(request: ImportRequest, context: ImportContext, start: FastStart): Promise<ImportResult | Declined> {
  const reason = canFastImport(start.beginning, start)
  if (reason !== null) return { declined: reason }
  const before = statSync(request.path)
  const found = fastPlanOf(start.beginning, start.head, start.complete, request.path, before.size)
  if (!found) return { declined: 'its first row begins too far behind the beginning' }
  const goOn = (): void => {
    if (context.cancelled()) throw new AppError('cancelled', 'The import was cancelled; nothing of it was kept.')
  }
  let writer: DatasetWriter = openDatasetWriter(request.target)
  let run: FastRun | null = null
  try {
    createDatasetTables(writer, start.beginning.plan)
    const roots = { rows: writer.rootPage('rows'), iocs: writer.rootPage('iocs') }
    writer.close()
    run = startFastRun({ plan: found.plan, target: request.target, roots, goOn, ...(start.workers === undefined ? {} : { workers: start.workers }) })
    const [hashes, read] = await Promise.all([hashWhile(run, request.path, before.size, context, goOn), run.done])
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
    const bad = [...found.before, ...rejects.bad]
    for (const record of bad) tables.bad(record)
    const hosts = hostsOf(read.results)
    for (const host of hosts) tables.host(host)
    for (const ioc of read.iocs.late) tables.ioc(ioc)
    const rows = sum(read.results, ({ rows: count }) => count)
    const result = finishDataset(tables, start.beginning, {
      size: before.size,
      sha256: hashes.sha256,
      encoding: 'utf-8',
      rows,
      quarantined: bad.length,
      firstTime: least(read.results.map(({ firstTime }) => firstTime)),
      lastTime: most(read.results.map(({ lastTime }) => lastTime)),
      rowsWithoutTime: sum(read.results, ({ timeless }) => timeless),
      filled: start.beginning.plan.columns.map((_, column) => sum(read.results, ({ filled }) => filled[column] ?? 0)),
      findings: findingsOf(found.plan.columns, read.results),
      timeline: timelineOf(read.results),
      warnings: allWarnings(start.beginning, { comments: () => rejects.comments }, { warning: () => null }),
    })
    goOn()
    countCheck(writer, rows)
    writer.finish()
    const iocsByType = countsOf(read.iocs)
    return { ...result, iocs: iocsByType.reduce((total, { count }) => total + count, 0), iocsByType, hosts: hosts.length }
  } catch (error) {
    run?.stop()
    await run?.done.catch(() => null)
    await writer.discard()
    throw error
  }
}

/** Takes the hashes of file and blocks while the workers work, and tells how far they are. Null when they ended early. */
async function hashWhile(
  run: FastRun,
  path: string,
  size: number,
  context: ImportContext,
  goOn: () => void,
): Promise<{ sha256: string; blocks: Buffer[] } | null> {
  const whole = createHash('sha256')
  const blocks: Buffer[] = []
  const block = Buffer.allocUnsafeSlow(CHUNK)
  let ended = false
  void run.done.then(
    () => (ended = true),
    () => (ended = true),
  )
  const look = (): void => {
    const { chunks, total, rows, quarantined } = run.state()
    context.progress({ bytes: Math.min(size, Math.floor((chunks / total) * size)), total: size, rows, quarantined })
    goOn()
  }
  const fd = openSync(path, 'r')
  try {
    for (let at = 0; at < size; ) {
      const length = readSync(fd, block, 0, CHUNK, at)
      if (length === 0) return null
      const bytes = block.subarray(0, length)
      whole.update(bytes)
      blocks.push(hash('sha256', bytes, 'buffer'))
      at += length
      if (blocks.length % 4 !== 0) continue
      look()
      await nextTurn()
      if (ended && run.stopped()) return null
    }
  } finally {
    closeSync(fd)
  }
  while (!ended) {
    look()
    await Promise.race([run.done.catch(() => null), pause()])
  }
  return { sha256: whole.digest('hex'), blocks }
}
