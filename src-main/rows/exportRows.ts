import { rm } from 'node:fs/promises'
import { AppError } from '#contract/appError'
import type { Dataset } from '#contract/datasets'
import type { Parsed } from '#contract/contract'
import type { ExportReport } from '#contract/exportReport'
import type { ExportFormat } from '#contract/values'
import { safeStem, type ExportTarget, type ExportTargets } from '../files/exportTargets.ts'
import type { JobContext, JobRunner } from '../jobs/jobRunner.ts'
import type { Store } from '../worker/pool.ts'

export type ExportDeps = {
  store: Store
  jobs: JobRunner
  targets: ExportTargets
}

const ENDINGS: Record<ExportFormat, string> = {
  csv: 'csv',
  tsv: 'tsv',
  jsonl: 'jsonl',
  markdown: 'md',
  timesketch: 'timesketch.csv',
}

/** Exports rows as a job; asks first where to. */
export function createExportRows(deps: ExportDeps) {
  const { store, jobs, targets } = deps
  async function run(
    dataset: Dataset,
    input: Parsed<'rows.export'>,
    target: ExportTarget,
    context: JobContext,
  ): Promise<ExportReport> {
    const { id } = dataset
    const { rows, filter, view, sort, columns, format, guard, marks } = input
    const { signal } = context
    context.progress({ note: 'Looking for the rows' })
    const order = await store.read({ signal, key: id }).rows.order(id, { rows, filter, view }, sort)
    context.progress({ total: order?.length ?? dataset.rows, note: null })
    const onProgress = (state: unknown): void => {
      const done = typeof state === 'object' && state !== null && 'rows' in state ? Number(state.rows) : 0
      context.progress({ done, rows: done })
    }
    const place = { path: target.path, replace: target.replace }
    const notes = marks ? await store.read({ signal }).annotations.texts(id) : null
    const request = { datasetId: id, order, columns, format, guard, notes, target: place }
    const written = await store.task({ signal, onProgress }).evidence.export(request)
    if (signal.aborted) {
      await rm(target.path, { force: true })
      throw new AppError('cancelled', 'Cancelled. Nothing was written.')
    }
    context.progress({ done: written.rows + written.leftOut, rows: written.rows })
    return { name: target.name, ...written, ...targets.written(target, written.bytes) }
  }

  return async (dataset: Dataset, input: Parsed<'rows.export'>): Promise<{ jobId: string }> => {
    const name = fileName(input.name ?? stem(dataset.name), input.format)
    const target = await targets.of(name, input.to)
    return jobs.start({
      kind: 'export',
      title: `Export of ${dataset.name}`,
      huntId: dataset.huntId,
      datasetId: dataset.id,
      unit: 'rows',
      run: (context) => run(dataset, input, target, context).finally(() => targets.release(target)),
    })
  }
}

const stem = (name: string): string => name.replace(/\.(csv|tsv|txt|log|jsonl?|gz|zip)$/i, '')

/** A name that every file system takes; what could lead out of a folder does not stay in it. */
export function fileName(name: string, format: ExportFormat): string {
  const ending = `.${ENDINGS[format]}`
  const safe = safeStem(name, 'rows')
  return safe.toLowerCase().endsWith(ending) ? safe : `${safe}${ending}`
}
