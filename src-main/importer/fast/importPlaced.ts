import { statSync } from 'node:fs'
import { AppError } from '#contract/appError'
import { openDatasetWriter, reopenDatasetWriter, type DatasetWriter } from '../../sqlite/datasetWriter.ts'
import type { Beginning } from '../beginning.ts'
import { createDatasetTables, datasetTables, type DatasetTables } from '../datasetTables.ts'
import { finishDataset } from '../finishDataset.ts'
import { freeMemory } from '../freeMemory.ts'
import type { ImportContext, ImportResult } from '../importRequest.ts'
import { canFastImport } from './canFastImport.ts'
import { fastPlanOf } from './fastPlanOf.ts'
import { startFastRun, type FastRun } from './fastRun.ts'
import { startFastWorkers } from './fastWorkers.ts'
import { gatherResults, iocCounts } from './gatherResults.ts'
import { lookedAt, type Declined } from './importFast.ts'

/** Records whose cells and places are known (placedText.ts), and what a dataset file says of the source they came from. */
export type PlacedImport = {
  /** The file of records. */
  path: string
  /** The dataset file to write; must not exist. */
  target: string
  /** How the source was read. */
  beginning: Beginning
  source: { size: number; sha256: string }
  /** Further lines of meta. */
  more: Record<string, unknown>
  /** Adds the records that were not kept; answers how many. */
  addRejects(add: DatasetTables['bad']): Promise<number>
}

/** As placedText.ts writes. */
function written(beginning: Beginning): Beginning {
  const { plan } = beginning
  return {
    ...beginning,
    ...{ encoding: 'utf-8', undecided: false, json: null, offset: 0, line: 1, title: 0, headerRecords: 0 },
    dialect: { delimiter: ',', quote: '"', escape: 'quote', newline: '\n', comments: false },
    plan: { ...plan, least: plan.columns.length },
  }
}

/** Whether records that are read so can go the fast way; what is found out only on the way makes importPlaced give up. */
export const canImportPlaced = (beginning: Beginning): boolean =>
  canFastImport(written(beginning), { packed: false }) === null

/**
 * Makes a dataset file of records whose cells are known, as importFast does of a source and createDatasetFiller does record by
 * record: cell for cell the same, or declined. On any failure the target is removed.
 * Fails with cancelled, disk-full, unreadable-file or conflict (target exists).
 */
export async function importPlaced(request: PlacedImport, context: ImportContext): Promise<ImportResult | Declined> {
  const { beginning, path, target } = request
  const { size } = statSync(path)
  const found = fastPlanOf(written(beginning), Buffer.alloc(0), true, path, size)
  if (!found) return { declined: 'it has no beginning' }
  const plan = { ...found.plan, placed: true }
  const goOn = (): void => {
    if (context.cancelled()) throw new AppError('cancelled', 'Cancelled. Nothing was changed.')
  }
  const workers = startFastWorkers()
  let writer: DatasetWriter = openDatasetWriter(target)
  let run: FastRun | null = null
  try {
    createDatasetTables(writer, beginning.plan)
    const roots = { rows: writer.rootPage('rows'), iocs: writer.rootPage('iocs') }
    writer.close()
    run = startFastRun({ plan, target, roots, goOn, workers, rowsWritten: () => undefined })
    freeMemory()
    const read = await lookedAt(run.done, goOn)
    const strange = read.results.some(({ rejects }) => rejects.length > 0)
    if (read.declined !== null || strange) {
      goOn()
      await writer.discard()
      return { declined: read.declined ?? 'a record has another number of cells' }
    }
    writer = reopenDatasetWriter(target)
    const tables = datasetTables(writer, [])
    const quarantined = await request.addRejects(tables.bad)
    const { hosts, ...gathered } = gatherResults(plan, read.results)
    for (const host of hosts) tables.host(host)
    for (const ioc of read.iocs.late) tables.ioc(ioc)
    const { encoding, warnings } = beginning
    const result = finishDataset(tables, beginning, { ...gathered, ...request.source, encoding, quarantined, warnings })
    for (const [key, value] of Object.entries(request.more)) tables.meta(key, value)
    tables.flush()
    goOn()
    const last = writer.lastRow()
    if (last !== result.rows)
      throw new AppError('internal', `The dataset file ends with row ${last} of ${result.rows}.`, { last })
    writer.finish()
    const iocsByType = iocCounts(read.iocs)
    const iocs = iocsByType.reduce((total, { count }) => total + count, 0)
    return { ...result, iocs, iocsByType, hosts: hosts.length }
  } catch (error) {
    run?.stop()
    await run?.done.catch(() => null)
    await writer.discard()
    if (error instanceof RangeError && run === null) return { declined: 'there is not enough memory for it' }
    throw error
  } finally {
    workers.close()
  }
}
