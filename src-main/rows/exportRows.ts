import { rm } from 'node:fs/promises'
import { AppError } from '#contract/appError'
import type { Parsed } from '#contract/contract'
import type { ExportReport } from '#contract/exportReport'
import type { ExportFormat } from '#contract/values'
import { safeStem, type ExportTarget, type ExportTargets } from '../files/exportTargets.ts'
import type { JobContext, JobRunner } from '../jobs/jobRunner.ts'
import type { Store } from '../worker/pool.ts'
import type { Exported, ExportOfCopy } from './rowsOfCopies.ts'

export type ExportDeps = {
  store: Store
  jobs: JobRunner
  targets: ExportTargets
  copies: { export: ExportOfCopy }
}

type Input = Parsed<'rows.export'>

const ENDINGS: Record<ExportFormat, string> = {
  csv: 'csv',
  tsv: 'tsv',
  jsonl: 'jsonl',
  markdown: 'md',
  timesketch: 'timesketch.csv',
}

/** Exports rows as a job; asks first where to. */
export function createExportRows(deps: ExportDeps) {
  const { store, jobs, targets, copies } = deps
  const stepsOf = (context: JobContext) => ({
    total: (total: number): void => context.progress({ total, note: null }),
    done: (done: number): void => context.progress({ done, rows: done }),
  })

  async function writeHere(id: string, input: Input, { path, replace }: ExportTarget, context: JobContext) {
    const { rows, filter, view, sort, columns, format, guard, marks } = input
    const { signal } = context
    const steps = stepsOf(context)
    const order = await store.read({ signal, key: id }).rows.order(id, { rows, filter, view }, sort)
    steps.total(order?.length ?? (await store.read().datasets.get(id))?.rows ?? 0)
    const onProgress = (state: unknown): void =>
      steps.done(typeof state === 'object' && state !== null && 'rows' in state ? Number(state.rows) : 0)
    const notes = marks ? await store.read({ signal }).annotations.texts(id) : null
    const request = { datasetId: id, order, columns, format, guard, notes, target: { path, replace } }
    return store.task({ signal, onProgress }).evidence.export(request)
  }

  const writeCopy = (copy: string, input: Input, { path, replace }: ExportTarget, context: JobContext) =>
    copies.export.write(copy, input, { path, replace }, context.signal, stepsOf(context))

  async function run(
    dataset: Exported,
    input: Input,
    target: ExportTarget,
    context: JobContext,
  ): Promise<ExportReport> {
    const { id } = dataset
    const { signal } = context
    context.progress({ note: 'Looking for the rows' })
    const written =
      input.copy === undefined
        ? await writeHere(id, input, target, context)
        : await writeCopy(input.copy, input, target, context)
    if (signal.aborted) {
      await rm(target.path, { force: true })
      throw new AppError('cancelled', 'Cancelled. Nothing was written.')
    }
    context.progress({ done: written.rows + written.leftOut, rows: written.rows })
    return { name: target.name, ...written, ...targets.written(target, written.bytes) }
  }

  return async (dataset: Exported, input: Input): Promise<{ jobId: string }> => {
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
