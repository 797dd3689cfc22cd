import { mkdir, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#contract/appError'
import type { Dataset } from '#contract/datasets'
import type { Parsed } from '#contract/contract'
import type { ExportReport } from '#contract/exportReport'
import type { ExportFormat } from '#contract/values'
import type { Downloads } from '../files/downloads.ts'
import type { Place, Places } from '../files/places.ts'
import type { JobContext, JobRunner } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../worker/pool.ts'

export type ExportDeps = {
  store: Store
  jobs: JobRunner
  ports: Ports
  places: Places
  downloads: Downloads
  /** The folder for files without another place. */
  exports: string
}

const ENDINGS: Record<ExportFormat, string> = {
  csv: 'csv',
  tsv: 'tsv',
  jsonl: 'jsonl',
  markdown: 'md',
  timesketch: 'timesketch.csv',
}

type Target = Place & { name: string; download: boolean }

/** Exports rows as a job; asks first where to. */
export function createExportRows(deps: ExportDeps) {
  const { store, jobs, ports, places, downloads } = deps
  /** Paths of exports under way: two at once must not choose the same. */
  const taken = new Set<string>()

  async function targetOf(name: string, to: string | undefined): Promise<Target> {
    if (to === 'folder') return inFolder(deps.exports, name, taken)
    if (to !== undefined) return { ...places.take(to), name, download: false }
    const place = await ports.placeFor(name)
    if (place === null) throw new AppError('cancelled', 'No place was chosen. Nothing was exported.')
    if (place === 'folder') return inFolder(deps.exports, name, taken)
    if (place === 'download') return { path: downloads.place(), replace: true, name, download: true }
    return { path: place.path, replace: true, name, download: false }
  }

  async function run(
    dataset: Dataset,
    input: Parsed<'rows.export'>,
    target: Target,
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
    const where = target.download
      ? { path: null, download: `/downloads/${downloads.offer(target.path, target.name, written.bytes)}` }
      : { path: target.path, download: null }
    return { name: target.name, ...written, ...where }
  }

  return async (dataset: Dataset, input: Parsed<'rows.export'>): Promise<{ jobId: string }> => {
    const name = fileName(input.name ?? stem(dataset.name), input.format)
    const target = await targetOf(name, input.to)
    return jobs.start({
      kind: 'export',
      title: `Export of ${dataset.name}`,
      huntId: dataset.huntId,
      datasetId: dataset.id,
      unit: 'rows',
      run: (context) => run(dataset, input, target, context).finally(() => taken.delete(target.path)),
    })
  }
}

const stem = (name: string): string => name.replace(/\.(csv|tsv|txt|log|jsonl?|gz|zip)$/i, '')

/** A name that every file system takes; what could lead out of a folder does not stay in it. */
export function fileName(name: string, format: ExportFormat): string {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 120)
  const ending = `.${ENDINGS[format]}`
  const safe = plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `rows ${plain}`.trim() : plain
  return safe.toLowerCase().endsWith(ending) ? safe : `${safe}${ending}`
}

/** The first free name of a folder. */
async function inFolder(folder: string, name: string, taken: Set<string>): Promise<Target> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const dot = name.indexOf('.', 1)
  const [begin, end] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)]
  for (let n = 1; ; n++) {
    const free = n === 1 ? name : `${begin} (${n})${end}`
    const path = join(folder, free)
    if (taken.has(path) || existsSync(path)) continue
    taken.add(path)
    return { path, replace: false, name: free, download: false }
  }
}
