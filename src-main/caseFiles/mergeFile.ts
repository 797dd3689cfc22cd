import { randomUUID } from 'node:crypto'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#contract/appError'
import { LISTED_MAX, type CaseFileMerge } from '#contract/caseFiles'
import type { Parsed } from '#contract/contract'
import type { OfferedFile } from '../files/tickets.ts'
import type { JobContext } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../worker/pool.ts'
import { progressOf } from './progressOf.ts'

export type MergeDeps = {
  store: Store
  ports: Ports
  folders: { datasets: string; uploads: string; sources: string }
  /** Lets a file take the place of a dataset's file. */
  replaceFile(id: string, target: string, lasting: string): Promise<void>
  /** Makes what quick questions of a dataset need; nobody waits for it. */
  prepare(id: string): Promise<void>
}

type Built = Parameters<Store['write']['caseFiles']['apply']>[1][number]

/**
 * Merges a case file as a job does: all of it is proved first, then dataset files are made beside the others, then one
 * transaction takes everything over. Until that, and when it fails or is cancelled, everything is as it was.
 */
export async function mergeFile(
  { store, ports, folders, replaceFile, prepare }: MergeDeps,
  file: OfferedFile,
  input: Parsed<'caseFiles.import'>,
  context: JobContext,
): Promise<CaseFileMerge> {
  const { signal } = context
  const { passphrase, identity, preview, decisions } = input
  const plain = join(folders.uploads, randomUUID())
  // Named as what a crash leaves behind is (workspace/workspaceFolders.ts).
  const staged = join(folders.datasets, `.${randomUUID()}.records.db`)
  const made: string[] = []
  const now = ports.clock().getTime()
  try {
    let total = file.size
    const proving = (state: unknown): void => {
      const told = progressOf(state)
      total = told.total ?? total
      context.progress(told)
    }
    const open = { path: file.path, key: { passphrase, identity }, plain }
    const { contents, plain: readable } = await store
      .task({ signal, onProgress: proving })
      .caseFiles.stage(open, staged, now)
    const request = { staged, contents, decisions, listed: LISTED_MAX, now }
    context.progress({ done: total, note: 'Comparing with this workspace' })
    const plan = await store.read({ signal }).caseFiles.previewMerge(request)
    const wanted = contents.datasets.filter(({ id }) => plan.datasets.some(({ from }) => from === id))
    const rows = wanted.reduce((sum, dataset) => sum + dataset.rows, 0)
    if (preview) return { applied: false, ...plan.merge, rows }

    const built: Built[] = []
    let before = 0
    for (const { from, id, fresh } of plan.datasets) {
      const dataset = contents.datasets.find((one) => one.id === from)
      if (!dataset) continue
      context.progress({ note: `Rows of ${dataset.name}` })
      const onProgress = (state: unknown): void => {
        const made = before + (progressOf(state).rows ?? 0)
        // The bar goes through the rows once more; the job counts bytes.
        context.progress({ rows: made, done: Math.round((total * made) / Math.max(1, rows)) })
      }
      const excerpt = fresh ? null : await store.read({ signal }).caseFiles.excerpt(id)
      if (!fresh && excerpt === null) continue
      const target = join(folders.datasets, `.${id}.${randomUUID()}.db`)
      const source = fresh && dataset.source ? join(folders.sources, id) : null
      made.push(target)
      if (source !== null) made.push(source)
      const here = excerpt === null ? null : { id, excerpt }
      const result = await store
        .task({ signal, onProgress })
        .caseFiles.build({ path: readable, from, target, here, source })
      before += dataset.rows
      const diskBytes = (await stat(target)).size
      const awaiting = fresh ? null : target
      built.push({
        id,
        result: result.result,
        excerpt: result.excerpt,
        of: result.of,
        diskBytes,
        sourcePath: result.source ? source : null,
        awaiting,
      })
      if (!fresh) continue
      const lasting = join(folders.datasets, `${id}.db`)
      made.push(lasting)
      await rename(target, lasting)
    }
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled. Nothing was changed.')
    context.progress({ note: 'Merging' })
    const merged = await store.write.caseFiles.apply(request, built)
    made.length = 0
    for (const { id, awaiting } of built) {
      if (awaiting === null) continue
      await replaceFile(id, awaiting, join(folders.datasets, `${id}.db`))
      await store.write.caseFiles.arrived(id)
    }
    for (const { id } of built) void prepare(id)
    return merged
  } finally {
    for (const path of [plain, staged, ...made]) await rm(path, { force: true })
  }
}
