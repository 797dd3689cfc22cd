import { AppError } from '#contract/appError'
import { openDatasetWriter, type DatasetWriter } from '../sqlite/datasetWriter.ts'
import { readBeginning, type Beginning } from './beginning.ts'
import { createDatasetTables, datasetTables, type DatasetTables } from './datasetTables.ts'
import { FAST_FROM, takeFastThreads } from './fast/readyWorkers.ts'
import { fastStart, importFast, type Declined, type FastStart } from './fast/importFast.ts'
import { finishDataset } from './finishDataset.ts'
import { createHostCollector } from './hostCollector.ts'
import type { ImportContext, ImportRequest, ImportResult } from './importRequest.ts'
import { beginningOnce } from './knownBeginning.ts'
import { createIocCollector } from './iocCollector.ts'
import { readHead, type Head } from './readHead.ts'
import { openSource, type Source } from './readSource.ts'
import { allWarnings, recordGate } from './recordGate.ts'
import { openRecords } from './openRecords.ts'
import { rowLines } from './rowLines.ts'
import { createTimelineCollector } from './timelineCollector.ts'

/** Lines of side tables between two looks at whether the import was cancelled. */
const LOOK_EVERY = 2_000
/** Bytes cut into records at a time: between them the import can be cancelled. Larger windows only cost memory. */
const WINDOW = 256 * 1024

/** Which of the two ways a file is imported; both give the same dataset. 'auto': the fast one where it can and pays. */
export type ImportWay = 'auto' | 'fast' | 'careful'

/** HUNTBENCH_IMPORT=fast or careful forces a way, for measuring and for tests. */
function wayOfEnvironment(): ImportWay {
  const way = process.env['HUNTBENCH_IMPORT']
  return way === 'fast' || way === 'careful' ? way : 'auto'
}

/**
 * Imports one file into one dataset file (datasetFile.ts). Memory is bounded whatever the size of the file. On any failure
 * the target is removed. The fast import (fast/importFast.ts) takes the file if it can; what it declines is read here.
 * Fails with unreadable-file, not-a-table, too-large, invalid-input (an override), disk-full, cancelled, conflict (target
 * exists) or unavailable (only the fast way was wanted and it declines).
 */
export async function importFile(
  request: ImportRequest,
  context: ImportContext,
  way: ImportWay = wayOfEnvironment(),
): Promise<ImportResult> {
  if (way !== 'careful') {
    const result = await importFastIfItPays(request, context, way === 'fast')
    if (!('declined' in result)) return result
    if (way === 'fast')
      throw new AppError('unavailable', `The fast import does not take this file: ${result.declined}.`)
  }
  const source = await openSource(request.path, { hash: true, member: request.member })
  let writer: DatasetWriter | null = null
  try {
    const head = await readHead(source, () => goOn(context))
    const beginning = readBeginning(head.bytes(), head.complete, request.dialect)
    goOn(context)
    writer = openDatasetWriter(request.target)
    const result = await fillDataset(source, head.blocks, beginning, writer, context)
    writer.finish()
    return result
  } catch (error) {
    await writer?.discard()
    throw error
  } finally {
    await source.close()
  }
}

/** The fast way, where the file is large enough for its threads or where it is `wanted`. */
async function importFastIfItPays(
  request: ImportRequest,
  context: ImportContext,
  wanted: boolean,
): Promise<ImportResult | Declined> {
  const source = await openSource(request.path, { hash: false, member: request.member })
  const pays = wanted || (!source.packed && source.size >= FAST_FROM)
  const threads = pays ? takeFastThreads() : null
  // It begins first: nothing else has to be known for it.
  threads?.hasher.begin(request.path)
  try {
    if (!threads) return { declined: 'it is small or packed' }
    const head = await readHead(source, () => goOn(context))
    const start = fastStartOf(request, source, head)
    // What was read so far is of no more use: its memory is needed elsewhere.
    head.blocks.length = 0
    await source.close()
    goOn(context)
    return 'declined' in start ? start : await importFast(request, context, { ...start, ...threads })
  } finally {
    threads?.hasher.close()
    threads?.workers.close()
    await source.close()
  }
}

function fastStartOf(
  { path, dialect }: ImportRequest,
  { packed }: Source,
  head: Head,
): Omit<FastStart, 'workers' | 'hasher'> | Declined {
  const bytes = head.bytes()
  const { records, ...beginning } = beginningOnce(bytes, head.complete, dialect)
  return fastStart(beginning, { path, packed, head: bytes, complete: head.complete })
}

function goOn(context: ImportContext): void {
  if (context.cancelled()) throw new AppError('cancelled', 'The import was cancelled; nothing of it was kept.')
}

async function fillDataset(
  source: Source,
  head: Buffer[],
  beginning: Beginning,
  writer: DatasetWriter,
  context: ImportContext,
): Promise<ImportResult> {
  const { plan } = beginning
  const made = rowLines(plan)
  createDatasetTables(writer, plan)
  const tables = datasetTables(writer, made.lines)
  const iocs = createIocCollector(plan, (entries) => addAll(entries, tables.ioc, context))
  const hosts = createHostCollector(plan.hosts, new Set(plan.unset), (entries) => addAll(entries, tables.host, context))
  const timeline = createTimelineCollector()
  let rows = 0
  let quarantined = 0
  let firstTime: number | null = null
  let lastTime: number | null = null
  let rowsWithoutTime = 0

  const gate = recordGate(beginning, () => reader.raw(), {
    row(cells, place) {
      const time = made.fill(++rows, cells, place)
      tables.row()
      if (time === null) rowsWithoutTime++
      else {
        timeline.add(time)
        if (firstTime === null || time < firstTime) firstTime = time
        if (lastTime === null || time > lastTime) lastTime = time
      }
      iocs.row(cells, time)
      hosts.row(cells, time)
    },
    bad(record) {
      quarantined++
      tables.bad(record)
    },
  })
  const reader = openRecords(beginning, gate)

  let unread = beginning.offset
  for (let next = head.shift() ?? (await source.next()); next !== null; next = head.shift() ?? (await source.next())) {
    goOn(context)
    const skip = Math.min(unread, next.length)
    unread -= skip
    for (let at = skip; at < next.length; at += WINDOW) {
      reader.push(next.subarray(at, at + WINDOW))
      goOn(context)
    }
    context.progress({ bytes: source.bytesRead(), total: source.size, rows, quarantined })
  }
  reader.end(source.warning() !== null)

  const findings = iocs.end()
  hosts.end()
  const result = finishDataset(tables, beginning, {
    size: source.size,
    sha256: await source.sha256(),
    encoding: reader.encoding(),
    rows,
    quarantined,
    firstTime,
    lastTime,
    rowsWithoutTime,
    filled: made.filled,
    findings,
    timeline: timeline.result(),
    warnings: allWarnings(beginning, gate, source),
  })
  goOn(context)
  const counted = countBack(writer, tables, { rows, quarantined })
  return { ...result, ...counted }
}

function addAll<T>(entries: readonly T[], add: (entry: T) => void, context: ImportContext): void {
  for (const [index, entry] of entries.entries()) {
    if (index % LOOK_EVERY === 0) goOn(context)
    add(entry)
  }
}

/** What stands in the tables must be what was kept. Anything else is a fault of this program, and nothing of it may remain. */
function countBack(
  writer: DatasetWriter,
  tables: DatasetTables,
  kept: { rows: number; quarantined: number },
): Pick<ImportResult, 'iocs' | 'iocsByType' | 'hosts'> {
  tables.flush()
  const found = { rows: writer.count('rows'), quarantined: writer.count('quarantine') }
  if (found.rows !== kept.rows || found.quarantined !== kept.quarantined) {
    throw new AppError('internal', `The dataset file holds ${found.rows} rows of ${kept.rows}.`, { found, kept })
  }
  const iocsByType = writer.iocsByType()
  return { iocs: iocsByType.reduce((sum, { count }) => sum + count, 0), iocsByType, hosts: writer.count('hosts') }
}
