import { randomUUID } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { AppError } from '#contract/appError'
import type { Dataset, DatasetChange, Reading, ReadingReport } from '#contract/datasets'
import type { JobContext, JobRunner } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { Store } from '../worker/pool.ts'
import { sourceHeaders } from './readingOf.ts'
import { refuseWhileCited } from './takeBack.ts'

export type ReadingChange = {
  kind: DatasetChange['kind']
  /** How the dataset shall be read from now on. */
  after: Reading
  reason: string
  /** The change that this one takes back. */
  undoes: string | null
  repairs: { id: number; text?: string | undefined }[]
  delimiter: string | undefined
  quote: string | undefined
  title: string
}
/** `plan` is asked when no other change of the dataset is under way any more; `before` is how the dataset is read now. */
export type ChangeReading = (
  dataset: Dataset,
  plan: (before: Reading) => ReadingChange | Promise<ReadingChange>,
) => Promise<{ jobId: string }>

type Deps = {
  store: Store
  jobs: JobRunner
  events: Events
  ports: Ports
  folders: { datasets: string }
  /** What quick questions need is made anew. */
  prepare(id: string): Promise<void>
  replaceFile(id: string, target: string, lasting: string): Promise<void>
  analyst(): Promise<string>
}

const rowsIn = (state: unknown): number =>
  typeof state === 'object' && state !== null && 'rows' in state && typeof state.rows === 'number' ? state.rows : 0

/**
 * Reads the kept cells of a dataset anew as one job: a new dataset file is written beside the old one and takes its place.
 * Until then, and when the job fails or is cancelled, everything is as it was.
 */
export function createChangeReading(deps: Deps): ChangeReading {
  const { store, jobs, events, ports } = deps
  const busy = new Set<string>()

  async function run(
    dataset: Dataset,
    before: Reading,
    planned: ReadingChange,
    context: JobContext,
  ): Promise<ReadingReport> {
    const { id, huntId } = dataset
    const { kind, after, reason, undoes, repairs, delimiter, quote } = planned
    const target = join(deps.folders.datasets, `.${id}.${randomUUID()}.db`)
    const onProgress = (state: unknown): void => context.progress({ done: rowsIn(state), rows: rowsIn(state) })
    try {
      context.progress({ total: dataset.rows, note: 'Reading the kept cells' })
      const by = await deps.analyst()
      const now = ports.clock().getTime()
      const headers = await headersOf(id)
      const covered = headers !== null && (await isCovered(headers, after))
      const change = {
        id: randomUUID(),
        datasetId: id,
        kind,
        before,
        after,
        rows: 0,
        reason,
        by,
        now,
        undoes,
        headers,
        covered,
      }
      const { rebuilt, remaining } = await store
        .task({ signal: context.signal, onProgress })
        .evidence.rebuild({ datasetId: id, target, change, repairs, delimiter, quote })
      if (context.signal.aborted) throw new AppError('cancelled', 'Cancelled. The dataset is as it was.')
      if (rebuilt === null) return { rows: dataset.rows, repaired: 0, returned: 0, remaining }
      const { rows } = rebuilt.result
      const moved = rebuilt.change.rows
      if (undoes !== null) await refuseWhileCited(store, { ...dataset, rows: rows + moved }, moved)
      await publish(id, target, rebuilt)
      return { rows, repaired: undoes === null ? moved : 0, returned: undoes === null ? 0 : moved, remaining }
    } catch (error) {
      throw ofThisCall(error)
    } finally {
      await rm(target, { force: true })
      events.emit('datasets.changed', { id, huntId })
      events.emit('alerts.changed', { huntId })
      events.emit('hunts.changed', { id: huntId })
    }
  }

  /** A file without header names no set of headers. */
  async function headersOf(id: string): Promise<string[] | null> {
    const headers = sourceHeaders((await store.read().datasets.columns(id)) ?? [])
    return headers.every((header) => header === '') ? null : headers
  }

  /** Whether another mapping, made for files that differ, says just this of these headers. */
  async function isCovered(headers: readonly string[], { skewSeconds: _, ...reading }: Reading): Promise<boolean> {
    const fitting = (await store.read().mappings.fitting(headers, undefined)) ?? []
    return fitting.some((mapping) => !mapping.exact && isDeepStrictEqual(mapping.reading, reading))
  }

  type Rebuilt = NonNullable<Awaited<ReturnType<ReturnType<Store['task']>['evidence']['rebuild']>>['rebuilt']>

  /** From the mark on, a crash is finished at the next start by what the file says (workspace/recover.ts). */
  async function publish(id: string, target: string, { result, change }: Rebuilt): Promise<void> {
    const lasting = join(deps.folders.datasets, `${id}.db`)
    await store.write.readings.setRewriting(id, true)
    await deps.replaceFile(id, target, lasting).catch(async (error: unknown) => {
      await store.write.readings.setRewriting(id, false)
      throw error
    })
    const rows = await store.read().datasets.evidenceRows(id)
    const times = rows.length === 0 ? [] : await store.read({ key: id }).rows.timesOf(id, rows)
    const diskBytes = (await stat(lasting)).size
    await store.write.readings.settle(id, { result, change, diskBytes, now: change.now, times })
    events.emit('mappings.changed', {})
    void deps.prepare(id)
  }

  return async (dataset, plan) => {
    const { id, name, huntId } = dataset
    if (busy.has(id)) {
      throw new AppError('conflict', `${name} is being read anew. Wait until that has ended, or cancel it.`, { id })
    }
    busy.add(id)
    try {
      const before = (await store.read().readings.reading(id)) ?? {}
      const planned = await plan(before)
      return jobs.start({
        kind: planned.kind === 'repair' ? 'repair' : 'read',
        title: planned.title,
        huntId,
        datasetId: id,
        unit: 'rows',
        run: (context) => run(dataset, before, planned, context).finally(() => busy.delete(id)),
      })
    } catch (error) {
      busy.delete(id)
      throw error
    }
  }
}

/** The importer names fields of a dialect; here they stand in the input itself. */
function ofThisCall(error: unknown): unknown {
  const path = error instanceof AppError ? error.detail?.['path'] : undefined
  if (!(error instanceof AppError) || typeof path !== 'string' || !path.startsWith('dialect.')) return error
  return new AppError(error.code, error.message, { ...error.detail, path: path.slice('dialect.'.length) })
}
