import { isDeepStrictEqual } from 'node:util'
import { AppError } from '#contract/appError'
import type { Dataset, Reading } from '#contract/datasets'
import type { OfferedFile, Tickets } from '../files/tickets.ts'
import type { JobRunner } from '../jobs/jobRunner.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import type { ChangeReading, ReadingChange } from './changeReading.ts'
import type { ImportFiles } from './importFiles.ts'
import type { PrepareDatasets } from './prepareDatasets.ts'
import { readingOf, saysSomething, withReading } from './readingOf.ts'
import { previewRemembered } from './remembered.ts'
import { sourceProof } from './sourceProof.ts'
import { nextToTakeBack, refuseWhileCited } from './takeBack.ts'

export type DatasetDeps = {
  store: Store
  jobs: JobRunner
  events: Events
  tickets: Tickets
  importFiles: ImportFiles
  changeReading: ChangeReading
  discardFiles(datasetIds: readonly string[]): Promise<void>
  prepared: PrepareDatasets['prepared']
}

const nothingElse = { reason: '', undoes: null, repairs: [], delimiter: undefined, quote: undefined }

export function datasetHandlers(deps: DatasetDeps): HandlersOf<'datasets'> {
  const { store, events, tickets } = deps

  function wholeFile(ticket: string): OfferedFile {
    const file = tickets.take(ticket)
    if (!file.beginning) return file
    throw new AppError('invalid-input', `Only the beginning of ${file.name} was handed over.`, { path: 'ticket' })
  }

  async function existing(id: string): Promise<Dataset> {
    const dataset = await store.read().datasets.get(id)
    if (!dataset) throw new AppError('not-found', 'There is no such dataset. It may have been deleted.', { id })
    return dataset
  }

  async function ready(id: string): Promise<Dataset> {
    const dataset = await existing(id)
    if (dataset.state === 'ready') return dataset
    const why = dataset.state === 'importing' ? 'is still being imported' : 'could not be imported'
    throw new AppError('unavailable', `${dataset.name} ${why}.`, { id })
  }

  /** AppError 'invalid-input' where a column is named that the dataset does not have. */
  async function known(id: string, said: Reading, splits: Reading['splits']): Promise<void> {
    const { fields, timeColumn, dayFirst, first } = said
    const names = new Set(((await store.read().datasets.columns(id)) ?? []).map((column) => column.name))
    // Parts of a packed column come and go with what is said of it.
    const parts = Object.keys(splits ?? {}).map((column) => `${column}.`)
    const check = (name: string, path: string): void => {
      if (!names.has(name) && !parts.some((part) => name.startsWith(part)))
        throw new AppError('invalid-input', `The dataset has no column "${name}".`, { path })
    }
    for (const name of Object.keys(fields ?? {})) check(name, 'fields')
    for (const name of Object.keys(dayFirst ?? {})) check(name, 'dayFirst')
    for (const name of Object.keys(said.splits ?? {})) check(name, 'splits')
    for (const name of first ?? []) check(name, 'first')
    if (typeof timeColumn === 'string') check(timeColumn, 'timeColumn')
  }

  return {
    'datasets.preview': async ({ ticket, dialect }, { signal }) => {
      const { path, name, size, beginning } = tickets.take(ticket)
      const file = { path, name, dialect: dialect ?? {}, ...(beginning ? { wholeSize: size } : {}) }
      return (await previewRemembered(store, file, signal)).preview
    },
    'datasets.import': async ({ huntId, files, analyze }) => {
      const hunt = await store.read().hunts.get(huntId)
      if (!hunt) throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { id: huntId })
      const chosen = files.map(({ ticket, dialect, name }) => ({
        file: wholeFile(ticket),
        dialect: dialect ?? {},
        name,
      }))
      return deps.importFiles.start(hunt, chosen, analyze ?? hunt.analyzeOnImport)
    },
    'datasets.list': (query, { signal }) => store.read({ signal }).datasets.list(query),
    'datasets.get': async ({ id }) => ({
      ...(await existing(id)),
      columnList: (await store.read().datasets.columns(id)) ?? [],
      warnings: (await store.read().datasets.warnings(id)) ?? [],
      origin: await store.read().datasets.origin(id),
      quick: await deps.prepared(id),
    }),
    'datasets.update': async ({ id, name, reason, ...wanted }) => {
      const said = readingOf(wanted)
      let jobId: string | null = null
      if (saysSomething(said)) {
        const dataset = await ready(id)
        const now = (await store.read().readings.reading(id)) ?? {}
        await known(id, said, withReading(now, said).splits)
        if (!isDeepStrictEqual(withReading(now, said), now)) {
          const title = `Reading ${dataset.name} anew`
          const plan = (before: Reading): ReadingChange => {
            return { ...nothingElse, kind: 'reading', after: withReading(before, said), reason, title }
          }
          jobId = (await deps.changeReading(dataset, plan)).jobId
        }
      }
      if (name !== undefined) await store.write.datasets.rename(id, name)
      const dataset = await existing(id)
      if (name !== undefined) events.emit('datasets.changed', { id, huntId: dataset.huntId })
      return { ...dataset, jobId }
    },
    'datasets.undo': async ({ id }) => {
      const dataset = await ready(id)
      return deps.changeReading(dataset, async (before) => {
        const last = await nextToTakeBack(store, dataset)
        if (!last) throw new AppError('conflict', `Nothing was changed about the reading of ${dataset.name}.`, { id })
        const back = { ...nothingElse, kind: 'undo' as const, undoes: last.id }
        if (last.kind === 'reading')
          return { ...back, after: last.before, title: `Taking back the last change of ${dataset.name}` }
        await refuseWhileCited(store, await ready(id), last.rows)
        return { ...back, after: before, title: `Taking back the last repair of ${dataset.name}` }
      })
    },
    'datasets.rescan': async ({ id }) => {
      const dataset = await ready(id)
      const title = `Rescan of ${dataset.name}`
      return deps.changeReading(dataset, (after) => ({ ...nothingElse, kind: 'rescan', after, title }))
    },
    'datasets.repair': async ({ id, records, delimiter, quote, reason }) => {
      const dataset = await ready(id)
      const title = `Repair of ${dataset.name}`
      const repair = { kind: 'repair' as const, repairs: records, delimiter, quote, reason, title }
      return deps.changeReading(dataset, (after) => ({ ...nothingElse, ...repair, after }))
    },
    'datasets.history': async ({ id, limit, offset }) => {
      const dataset = await existing(id)
      const undoes = (await nextToTakeBack(store, dataset))?.id ?? null
      return { ...(await store.read().readings.history(id, limit, offset)), undoes }
    },
    'datasets.delete': async ({ id }) => {
      const dataset = await existing(id)
      if (dataset.state === 'importing') {
        throw new AppError('conflict', `${dataset.name} is still being imported. Cancel the import instead.`, { id })
      }
      await deps.jobs.cancelAll((job) => job.datasetId === id)
      const removed = await store.write.datasets.remove(id)
      // One that began in between would put its file where that of the dataset was.
      await deps.jobs.cancelAll((job) => job.datasetId === id)
      await deps.discardFiles([id])
      events.emit('datasets.changed', { id, huntId: dataset.huntId })
      events.emit('alerts.changed', { huntId: dataset.huntId })
      return { ok: true, alerts: removed?.alerts ?? 0, cut: removed?.cut ?? 0 }
    },
    'datasets.sourceRows': async ({ id, limit, offset }) => {
      await existing(id)
      const runs = await store.read().caseFiles.sourceRuns(id)
      return { runs: runs.slice(offset, offset + limit), total: runs.length }
    },
    'datasets.quarantine': async ({ id, limit, offset }, { signal }) => {
      await ready(id)
      return store.read({ signal, key: id }).rows.quarantine(id, limit, offset)
    },
    'datasets.iocs': async ({ id, ...query }, { signal }) => {
      await ready(id)
      return store.read({ signal, key: id }).rows.iocs(id, query)
    },
    'datasets.profiles': async () => {
      const profiles = await store.read().evidence.profiles()
      return { profiles, total: profiles.length }
    },
    'datasets.bytes': async ({ id, row }, { signal }) => {
      const dataset = await ready(id)
      const source = await store.read().datasets.source(id)
      const proof = await sourceProof(store, dataset, signal)
      const bytes = await store
        .read({ signal, key: id })
        .rows.bytes(id, row, source?.path ?? '', dataset.encoding, source?.member ?? null, proof)
      if (!bytes) throw new AppError('not-found', `This dataset has no row ${row}; it has ${dataset.rows}.`, { row })
      return bytes
    },
  }
}
