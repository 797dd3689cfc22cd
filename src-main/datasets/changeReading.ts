import { randomUUID } from 'node:crypto'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#contract/appError'
import type { Dataset, DatasetChange, Reading, ReadingReport } from '#contract/datasets'
import type { JobContext, JobRunner } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { Store } from '../worker/pool.ts'
import { headersKey } from './readingOf.ts'

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
export type ChangeReading = (dataset: Dataset, change: ReadingChange) => { jobId: string }

type Deps = {
  store: Store
  jobs: JobRunner
  events: Events
  ports: Ports
  folders: { datasets: string }
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

  async function run(dataset: Dataset, change: ReadingChange, context: JobContext): Promise<ReadingReport> {
    const { id, huntId } = dataset
    const target = join(deps.folders.datasets, `.${id}.${randomUUID()}.db`)
    const onProgress = (state: unknown): void => context.progress({ done: rowsIn(state), rows: rowsIn(state) })
    try {
      context.progress({ total: dataset.rows, note: 'Reading the kept cells' })
      const { delimiter, quote, repairs, after } = change
      const { result, repaired, remaining } = await store
        .task({ signal: context.signal, onProgress })
        .evidence.rebuild({ datasetId: id, target, reading: after, repairs, delimiter, quote })
      const before = (await store.read().readings.reading(id)) ?? {}
      await store.write.readings.setRewriting(id, true)
      await store.closeDataset(id)
      const lasting = join(deps.folders.datasets, `${id}.db`)
      await rename(target, lasting)
      const now = ports.clock().getTime()
      await store.write.datasets.finish(id, result, (await stat(lasting)).size, now)
      await retime(id)
      const { kind, reason, undoes } = change
      const by = await deps.analyst()
      await store.write.readings.record({
        id: randomUUID(),
        datasetId: id,
        kind,
        before,
        after,
        rows: repaired,
        reason,
        by,
        now,
        undoes,
      })
      if (kind === 'reading')
        await store.write.readings.remember(headersKey(result.columns.map((column) => column.header)), after, now)
      return { rows: result.rows, repaired, remaining }
    } finally {
      await rm(target, { force: true })
      events.emit('datasets.changed', { id, huntId })
      events.emit('alerts.changed', { huntId })
      events.emit('hunts.changed', { id: huntId })
    }
  }

  async function retime(id: string): Promise<void> {
    const rows = await store.read().datasets.evidenceRows(id)
    if (rows.length === 0) return
    await store.write.readings.retimeAlerts(id, await store.read({ key: id }).rows.timesOf(id, rows))
  }

  return (dataset, change) => {
    if (busy.has(dataset.id)) {
      throw new AppError('conflict', `${dataset.name} is being read anew. Wait until that has ended, or cancel it.`, {
        id: dataset.id,
      })
    }
    busy.add(dataset.id)
    return jobs.start({
      kind: change.kind === 'repair' ? 'repair' : 'read',
      title: change.title,
      huntId: dataset.huntId,
      unit: 'rows',
      run: (context) => run(dataset, change, context).finally(() => busy.delete(dataset.id)),
    })
  }
}
