import { randomUUID } from 'node:crypto'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#contract/appError'
import type { DatasetOrigin, Dialect, ImportReport } from '#contract/datasets'
import type { Hunt } from '#contract/hunts'
import type { OfferedFile, Tickets } from '../files/tickets.ts'
import { CLOSING, type JobContext, type JobRunner } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import { toFailure } from '../rpc/failures.ts'
import type { Store } from '../worker/pool.ts'
import { expandArchives } from './expandArchives.ts'
import { readingOf, saysOfOthers, sourceHeaders } from './readingOf.ts'
import { dialectRemembered } from './remembered.ts'
import { sourceProof } from './sourceProof.ts'

export type ChosenFile = {
  file: OfferedFile
  /** Of a ZIP archive, the member that is meant. */
  member?: { name: string; size: number }
  /** Why it cannot be imported, where that is known already. */
  refused?: AppError
  dialect: Dialect
  name: string | undefined
  /** The question that it is the answer to. */
  origin?: DatasetOrigin
}
/** The check of a published file waits so long, in milliseconds: what a person asks first comes first, and a single command ends without it. */
const CHECK_AFTER_MS = 3_000

const cancelledAfter = (kept: number): AppError =>
  new AppError(
    'cancelled',
    kept === 0
      ? 'The import was cancelled; nothing of it was kept.'
      : `The import was cancelled; nothing of the file it was at was kept. ${kept === 1 ? 'The one before stays' : `The ${kept} before stay`}.`,
  )

const fileName = ({ file, member }: ChosenFile): string => (member ? `${file.name}/${member.name}` : file.name)
const sizeOf = ({ file, member }: ChosenFile): number => member?.size ?? file.size
export type ImportFiles = {
  start(hunt: Hunt, files: ChosenFile[], analyze: boolean): { jobId: string }
  /** As a part of another job. */
  inside(hunt: Hunt, files: ChosenFile[], analyze: boolean, context: JobContext): Promise<ImportReport>
}

export type ImportDeps = {
  store: Store
  jobs: JobRunner
  events: Events
  tickets: Tickets
  ports: Ports
  folders: { datasets: string }
  /** Runs all analyzers over a dataset; answers how many alerts were created. */
  analyze(dataset: { id: string; huntId: string }, context: JobContext): Promise<number>
  discardFiles(datasetIds: readonly string[]): Promise<void>
  /** Makes what quick questions need; nobody waits for it. */
  prepare(id: string): Promise<void>
}

/** Progress of one file, as the importer tells it. */
type FileProgress = { bytes: number; rows: number; quarantined: number }
const isProgress = (state: unknown): state is FileProgress =>
  typeof state === 'object' && state !== null && 'bytes' in state && 'rows' in state

/** Imports files one after another as one job: a file that cannot be read is reported and the next one goes on. */
export function createImportFiles(deps: ImportDeps): ImportFiles {
  const { store, jobs, events, ports } = deps

  async function importOne(
    hunt: Hunt,
    chosen: ChosenFile,
    context: JobContext,
    onProgress: (state: unknown) => void,
  ): Promise<ImportReport['datasets'][number]> {
    const { file, member } = chosen
    const found = await stat(file.path).catch((error: NodeJS.ErrnoException) => {
      throw new AppError('unreadable-file', `${file.name} can no longer be read: ${error.code ?? error.message}.`)
    })
    const size = member?.size ?? found.size
    const twin = await sameBytes(hunt.id, file.path, member?.name ?? null, size, context.signal)
    if (twin) {
      if (!member) await deps.tickets.discard(file)
      return { ...(await reportOf(twin)), duplicateOf: twin, offered: fileName(chosen) }
    }

    const { dialect, mapping } = await dialectRemembered(
      store,
      { path: file.path, member: member?.name, name: fileName(chosen), dialect: chosen.dialect },
      context.signal,
    )
    const id = randomUUID()
    const target = join(deps.folders.datasets, `.${id}.db`)
    const published = join(deps.folders.datasets, `${id}.db`)
    const name = chosen.name ?? fileName(chosen).split('/').at(-1) ?? file.name
    // Other members are still to be read from the archive.
    const sourcePath = await deps.tickets.keep(file, id, member !== undefined)
    const remove = async (...paths: string[]): Promise<void> => {
      for (const path of paths) await rm(path, { force: true })
      if (file.stored) await rm(sourcePath, { force: true })
    }
    let kept: string
    try {
      await store.write.datasets.begin({
        id,
        huntId: hunt.id,
        name,
        file: fileName(chosen),
        size,
        sourcePath,
        sourceMember: member?.name ?? null,
        sourceStored: file.stored,
        dialect,
        reading: readingOf(dialect),
        origin: chosen.origin,
        now: ports.clock().getTime(),
      })
      events.emit('datasets.changed', { id, huntId: hunt.id })
      if (chosen.refused) throw chosen.refused
      const request = { path: sourcePath, member: member?.name, name: fileName(chosen), dialect, target }
      const result = await store.task({ signal: context.signal, onProgress }).evidence.import(request)
      if (context.signal.aborted) throw new AppError('cancelled', 'Cancelled.')
      await rename(target, published)
      const now = ports.clock().getTime()
      kept = await store.write.datasets.publish(id, result, (await stat(published)).size, now)
      if (kept !== id) await remove(published)
      if (saysOfOthers(readingOf(chosen.dialect)) && result.header) {
        const rename = chosen.dialect.rememberAs
        const said = { headers: sourceHeaders(result.columns), reading: readingOf(dialect), name, rename }
        await store.write.mappings.remember(said, now)
        events.emit('mappings.changed', {})
      }
    } catch (error) {
      // A copy that a browser handed over belongs to nobody once its import is cancelled or its hunt is gone.
      const orphaned = context.signal.aborted || (error instanceof AppError && error.code === 'not-found')
      if (orphaned) await remove(target, published)
      else for (const path of [target, published]) await rm(path, { force: true })
      await giveUp(id, error, context.signal)
      throw error
    } finally {
      events.emit('datasets.changed', { id, huntId: hunt.id })
      events.emit('hunts.changed', { id: hunt.id })
    }
    if (kept === id) return { ...(await reportOf(id)), ...(mapping === null ? {} : { mapping }) }
    return { ...(await reportOf(kept)), duplicateOf: kept, offered: fileName(chosen) }
  }

  /** The analyzers of a file belong to its import: cancelled among them it leaves nothing behind either. */
  async function takeBack(id: string, huntId: string): Promise<void> {
    await store.write.datasets.remove(id)
    await deps.discardFiles([id])
    events.emit('datasets.changed', { id, huntId })
    events.emit('alerts.changed', { huntId })
    events.emit('hunts.changed', { id: huntId })
  }

  /** A cancelled import leaves nothing behind; a failed one stays with its reason. */
  async function giveUp(id: string, error: unknown, signal: AbortSignal): Promise<void> {
    const failure = toFailure(error, signal, ports.log)
    if (failure.code === 'cancelled') await store.write.datasets.remove(id)
    else await store.write.datasets.fail(id, failure)
  }

  async function sameBytes(
    huntId: string,
    path: string,
    member: string | null,
    size: number,
    signal: AbortSignal,
  ): Promise<string | null> {
    const candidates = await store.read().datasets.ofSize(huntId, size)
    if (candidates.length === 0) return null
    const sha256 = await store.task({ signal }).evidence.hash(path, member)
    return candidates.find((candidate) => candidate.sha256 === sha256)?.id ?? null
  }

  async function reportOf(id: string): Promise<ImportReport['datasets'][number]> {
    const dataset = await store.read().datasets.get(id)
    if (!dataset) throw new AppError('not-found', 'The dataset was deleted while it was imported.', { id })
    const { name, file, rows, quarantined, columns, profile, encoding, delimiter, sha256 } = dataset
    const warnings = (await store.read().datasets.warnings(id)) ?? []
    return { id, name, file, rows, quarantined, columns, profile, encoding, delimiter, sha256, warnings }
  }

  async function run(hunt: Hunt, offered: ChosenFile[], analyze: boolean, context: JobContext): Promise<ImportReport> {
    const { chosen: files, failed, archives } = await expandArchives(store, offered, context.signal)
    try {
      return await importAll(hunt, files, failed, analyze, context)
    } finally {
      for (const file of archives) await deps.tickets.discard(file)
    }
  }

  async function importAll(
    hunt: Hunt,
    files: ChosenFile[],
    failed: ImportReport['failed'],
    analyze: boolean,
    context: JobContext,
  ): Promise<ImportReport> {
    const report: ImportReport = { hunt: { id: hunt.id, name: hunt.name }, datasets: [], failed, alerts: 0 }
    const total = files.reduce((sum, chosen) => sum + sizeOf(chosen), 0)
    let done = 0
    let rows = 0
    for (const [n, chosen] of files.entries()) {
      const said = (what: string): string => {
        if (files.length === 1) return what
        const bad = report.failed.length === 0 ? '' : `, ${report.failed.length} failed`
        return `File ${n + 1} of ${files.length}${bad}: ${what}`
      }
      context.progress({ done, total, rows, note: said(fileName(chosen)) })
      let fresh: string | null = null
      try {
        const dataset = await importOne(hunt, chosen, context, (state) => {
          if (isProgress(state)) context.progress({ done: done + state.bytes, rows: rows + state.rows })
        })
        report.datasets.push(dataset)
        rows += dataset.duplicateOf === undefined ? dataset.rows : 0
        if (analyze && dataset.duplicateOf === undefined) {
          fresh = dataset.id
          // Beside the analyzers: rules that come after them ask quick questions.
          void deps.prepare(dataset.id)
          context.progress({ note: said(`Running analyzers over ${dataset.name}`) })
          report.alerts += await deps.analyze(
            { id: dataset.id, huntId: hunt.id },
            { ...context, progress: () => undefined },
          )
        }
      } catch (error) {
        const failure = toFailure(error, context.signal, ports.log)
        if (failure.code === 'cancelled') {
          const takenBack = fresh !== null && context.signal.reason !== CLOSING
          if (fresh !== null && takenBack) await takeBack(fresh, hunt.id)
          throw cancelledAfter(report.datasets.length - (takenBack ? 1 : 0))
        }
        report.failed.push({ file: fileName(chosen), code: failure.code, message: failure.message })
        if (failure.code === 'disk-full') break
      }
      done += sizeOf(chosen)
      context.progress({ done, rows })
    }
    return report
  }

  /** In the background: a file that SQLite finds unsound is marked as damaged, so that nobody trusts it. */
  async function checkIntegrity(id: string, huntId: string): Promise<void> {
    const complaint = await store.task().evidence.integrity(id)
    if (complaint === null) return
    ports.log('error', `The file of dataset ${id} is unsound`, complaint)
    const message = 'The file of this dataset is unsound. Other datasets are not affected; import the source again.'
    await store.write.datasets.fail(id, { code: 'dataset-damaged', message })
    events.emit('datasets.changed', { id, huntId })
  }

  /** What nobody waits for: the check of the file, and what proves slices of its source. */
  async function lookAgain(id: string, huntId: string): Promise<void> {
    await checkIntegrity(id, huntId)
    const dataset = await store.read().datasets.get(id)
    if (dataset) await sourceProof(store, dataset)
  }

  async function inside(hunt: Hunt, files: ChosenFile[], analyze: boolean, context: JobContext): Promise<ImportReport> {
    const report = await run(hunt, files, analyze, context)
    for (const { id, duplicateOf } of report.datasets) {
      if (duplicateOf !== undefined) continue
      void deps.prepare(id)
      // Closing the program or deleting the dataset may come first; the next look at the file says what is wrong with it.
      setTimeout(() => void lookAgain(id, hunt.id).catch(() => undefined), CHECK_AFTER_MS).unref()
    }
    return report
  }

  return {
    inside,
    start: (hunt, files, analyze) =>
      jobs.start({
        kind: 'import',
        title: files.length === 1 ? (files[0]?.file.name ?? 'Import') : `Import ${files.length} files`,
        huntId: hunt.id,
        unit: 'bytes',
        run: (context) => inside(hunt, files, analyze, context),
      }),
  }
}
