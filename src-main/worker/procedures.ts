import { AppError } from '#contract/appError'
import { importFile } from '../importer/importFile.ts'
import type { ImportRequest } from '../importer/importRequest.ts'
import { previewFile } from '../importer/previewFile.ts'
import * as alertsRead from '../sqlite/queries/alerts.read.ts'
import * as alertsWrite from '../sqlite/queries/alerts.write.ts'
import * as datasetsRead from '../sqlite/queries/datasets.read.ts'
import * as datasetsWrite from '../sqlite/queries/datasets.write.ts'
import * as huntsRead from '../sqlite/queries/hunts.read.ts'
import * as huntsWrite from '../sqlite/queries/hunts.write.ts'
import * as iocsRead from '../sqlite/queries/iocs.read.ts'
import * as rowsRead from '../sqlite/queries/rows.read.ts'
import * as settingsRead from '../sqlite/queries/settings.read.ts'
import * as settingsWrite from '../sqlite/queries/settings.write.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import type { ReadDb, WriteDb } from '../sqlite/db.ts'
import { analyzeDataset } from './analyzeDataset.ts'
import type { ReadContext, TaskContext, WriteContext } from './contexts.ts'
import { hashFile } from './hashFile.ts'
import { overviewParts } from './overviewParts.ts'
import { record } from './records.ts'
import { sourceBytes } from './sourceBytes.ts'

type Procedure<Context> = (context: Context, ...args: never[]) => unknown
type Procedures<Context> = Record<string, Record<string, Procedure<Context>>>

const ofWorkspace =
  <Args extends unknown[], R>(run: (db: ReadDb, ...args: Args) => R) =>
  (context: ReadContext, ...args: Args): R =>
    run(context.db, ...args)

const ofDataset =
  <Args extends unknown[], R>(run: (handle: DatasetHandle, ...args: Args) => R) =>
  (context: ReadContext, id: string, ...args: Args): R =>
    run(context.datasets.open(id), ...args)

const changing =
  <Args extends unknown[], R>(run: (db: WriteDb, ...args: Args) => R) =>
  (context: WriteContext, ...args: Args): R =>
    run(context.db, ...args)

/** What reader threads can do. */
export const reads = {
  hunts: { get: ofWorkspace(huntsRead.get), list: ofWorkspace(huntsRead.list), named: ofWorkspace(huntsRead.named) },
  datasets: {
    get: ofWorkspace(datasetsRead.get),
    columns: ofWorkspace(datasetsRead.columns),
    source: ofWorkspace(datasetsRead.source),
    list: ofWorkspace(datasetsRead.list),
    readyOf: ofWorkspace(datasetsRead.readyOf),
    ofSize: ofWorkspace(datasetsRead.ofSize),
    ids: ofWorkspace(datasetsRead.ids),
    totals: ofWorkspace(datasetsRead.totals),
  },
  rows: {
    page: ofDataset(rowsRead.page),
    count: ofDataset(rowsRead.count),
    position: ofDataset(rowsRead.position),
    facets: ofDataset(rowsRead.facets),
    histogram: ofDataset(rowsRead.histogram),
    quarantine: ofDataset(rowsRead.quarantine),
    iocs: ofDataset(iocsRead.list),
    record: ofDataset(record),
    bytes: ofDataset(sourceBytes),
    close: (context: ReadContext, id: string): void => context.datasets.close(id),
    overview: (context: ReadContext, ids: string[], most: number) => overviewParts(context.datasets, ids, most),
  },
  alerts: {
    list: ofWorkspace(alertsRead.list),
    get: ofWorkspace(alertsRead.get),
    evidence: ofWorkspace(alertsRead.evidence),
    stats: ofWorkspace(alertsRead.stats),
    open: ofWorkspace(alertsRead.open),
    techniques: ofWorkspace(alertsRead.techniques),
    marks: ofWorkspace(alertsRead.marks),
  },
  settings: { all: ofWorkspace(settingsRead.all) },
} satisfies Procedures<ReadContext>

/** What the writer thread can do; one after another. */
export const writes = {
  hunts: {
    create: changing(huntsWrite.create),
    update: changing(huntsWrite.update),
    touch: changing(huntsWrite.touch),
    remove: changing(huntsWrite.remove),
  },
  datasets: {
    begin: changing(datasetsWrite.begin),
    finish: changing(datasetsWrite.finish),
    fail: changing(datasetsWrite.fail),
    rename: changing(datasetsWrite.rename),
    remove: changing(datasetsWrite.remove),
    failInterrupted: changing(datasetsWrite.failInterrupted),
  },
  alerts: {
    keep: changing(alertsWrite.keep),
    updateByIds: changing(alertsWrite.updateByIds),
    updateByFilter: changing(alertsWrite.updateByFilter),
    remove: changing(alertsWrite.remove),
  },
  settings: { put: changing(settingsWrite.put) },
} satisfies Procedures<WriteContext>

/** What task threads can do; long, cancellable, telling how far they are. */
export const tasks = {
  evidence: {
    preview: (_context: TaskContext, file: Parameters<typeof previewFile>[0]) => previewFile(file),
    import: (context: TaskContext, request: ImportRequest) =>
      importFile(request, { cancelled: context.cancelled, progress: context.progress }),
    hash: (context: TaskContext, path: string) => hashFile(path, context.cancelled),
    analyze: analyzeDataset,
  },
} satisfies Procedures<TaskContext>

type Remote<T, Context> = {
  [N in keyof T]: {
    [M in keyof T[N]]: T[N][M] extends (context: Context, ...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never
  }
}
export type RemoteReads = Remote<typeof reads, ReadContext>
export type RemoteWrites = Remote<typeof writes, WriteContext>
export type RemoteTasks = Remote<typeof tasks, TaskContext>

/** The procedure of that name; AppError 'internal' when there is none, which only a fault of this program can cause. */
export function procedureNamed(table: Procedures<never>, noun: string, method: string): (context: unknown, ...args: unknown[]) => unknown {
  const procedure = table[noun]?.[method]
  if (!procedure) throw new AppError('internal', `No procedure ${noun}.${method}.`)
  // The pool's typed remotes are derived from these very tables; here the names have become text.
  return procedure as (context: unknown, ...args: unknown[]) => unknown
}
