import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#contract/appError'
import type { CaseFileContents, CaseFileReport } from '#contract/caseFiles'
import type { Parsed } from '#contract/contract'
import type { Hunt } from '#contract/hunts'
import { tlps, type Tlp } from '#contract/values'
import { safeStem, type ExportTargets } from '../files/exportTargets.ts'
import type { OfferedFile, Tickets } from '../files/tickets.ts'
import type { JobRunner } from '../jobs/jobRunner.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { WaitingFiles } from './waitingFiles.ts'
import { mergeFile, type MergeDeps } from './mergeFile.ts'
import { progressOf } from './progressOf.ts'

const ENDING = '.huntcase'

export type CaseFileDeps = MergeDeps & {
  jobs: JobRunner
  events: Events
  tickets: Pick<Tickets, 'take' | 'discard'>
  targets: ExportTargets
  waiting: WaitingFiles
  /** Name of the analyst from the settings. */
  analyst(): Promise<string>
}

export function caseFileHandlers(deps: CaseFileDeps): HandlersOf<'caseFiles'> {
  const { store, jobs, events, ports, tickets, targets, folders, waiting } = deps

  async function huntsOf(ids: readonly string[]): Promise<Hunt[]> {
    return Promise.all(
      ids.map(async (id) => {
        const hunt = await store.read().hunts.get(id)
        if (!hunt)
          throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { path: 'huntIds', id })
        return hunt
      }),
    )
  }

  /** Left out without a word nothing is: a list that is gone, off or too large is told. */
  async function listsThatFit({ huntIds, caseIds, listIds }: Parsed<'caseFiles.export'>): Promise<string[]> {
    const { lists } = await store.read().caseFiles.plan({ hunts: huntIds, cases: caseIds, lists: listIds })
    for (const id of listIds) {
      const list = lists.find((one) => one.id === id)
      if (!list)
        throw new AppError('not-found', 'There is no such list of indicators, or it is off.', { path: 'listIds', id })
      if (!list.fits)
        throw new AppError('too-large', `${list.name} has ${list.indicators} indicators: too many for a case file.`, {
          path: 'listIds',
          id,
        })
    }
    return listIds
  }

  /** Nothing goes out marked more freely than the case it tells of, where nobody says so. */
  async function strictest(caseIds: readonly string[]): Promise<Tlp> {
    const markings: Tlp[] = []
    for (const id of caseIds) {
      const item = await store.read().cases.get(id)
      if (item) markings.push(item.tlp)
    }
    return tlps.find((tlp) => markings.includes(tlp)) ?? 'AMBER'
  }

  function offered(ticket: string): OfferedFile {
    const file = tickets.take(ticket)
    if (file.beginning)
      throw new AppError('conflict', 'Only the beginning of this file has arrived.', { path: 'ticket' })
    return file
  }

  /** Everything a merge may have touched. */
  async function announceDrawn(huntIds: readonly string[]): Promise<void> {
    const { maps, cases } = await store.read().caseFiles.drawn(huntIds)
    for (const map of maps) events.emit('maps.changed', map)
    for (const id of cases) events.emit('cases.changed', { id })
  }

  function announce(huntIds: readonly string[], datasetIds: readonly { id: string; huntId: string }[]): void {
    for (const huntId of huntIds) {
      events.emit('hunts.changed', { id: huntId })
      events.emit('alerts.changed', { huntId })
      events.emit('hypotheses.changed', { huntId })
    }
    for (const { id, huntId } of datasetIds) {
      events.emit('datasets.changed', { id, huntId })
      events.emit('rows.changed', { datasetId: id, huntId })
      events.emit('annotations.changed', { datasetId: id, huntId })
    }
    events.emit('rules.changed', { id: null })
    events.emit('intel.changed', { id: null })
    events.emit('searches.changed', { huntId: null })
    events.emit('keywords.changed', { huntId: null })
  }

  return {
    'caseFiles.waiting': () => ({ files: waiting.list(), total: waiting.list().length }),
    'caseFiles.plan': async ({ huntIds, caseIds, listIds }, { signal }) => {
      await huntsOf(huntIds)
      return store.read({ signal }).caseFiles.plan({ hunts: huntIds, cases: caseIds, lists: listIds })
    },
    'caseFiles.export': async (input) => {
      const hunts = await huntsOf(input.huntIds)
      const first = hunts[0]?.name ?? 'Hunts'
      const title = input.title ?? (hunts.length === 1 ? first : `${first} and ${hunts.length - 1} more`)
      const day = ports.clock().toISOString().slice(0, 10)
      const stem = safeStem((input.name ?? `${title} ${day}`).replace(/\.huntcase$/i, ''), 'case')
      const target = await targets.of(`${stem}${ENDING}`, input.to)
      const lock =
        input.passphrase !== undefined
          ? { passphrase: input.passphrase }
          : input.recipients !== undefined
            ? { recipients: input.recipients }
            : null
      const request = {
        scope: { hunts: input.huntIds, cases: input.caseIds, lists: await listsThatFit(input) },
        rows: input.rows,
        sources: input.sources,
        title,
        tlp: input.tlp ?? (await strictest(input.caseIds)),
        by: await deps.analyst(),
        program: ports.version,
        lock,
        now: ports.clock().getTime(),
        target: { path: target.path, replace: target.replace },
      }
      return jobs.start({
        kind: 'export',
        title: `Case file ${target.name}`,
        huntId: input.huntIds.length === 1 ? (input.huntIds[0] ?? null) : null,
        unit: 'rows',
        async run(context): Promise<CaseFileReport> {
          const onProgress = (state: unknown): void => context.progress(progressOf(state))
          try {
            const written = await store.task({ signal: context.signal, onProgress }).caseFiles.export(request)
            if (context.signal.aborted) {
              await rm(target.path, { force: true })
              throw new AppError('cancelled', 'Cancelled. Nothing was written.')
            }
            return {
              name: target.name,
              ...written,
              encrypted: lock !== null,
              ...targets.written(target, written.bytes),
            }
          } finally {
            targets.release(target)
          }
        },
      })
    },
    'caseFiles.inspect': async ({ ticket, passphrase, identity }, { signal }) => {
      const file = offered(ticket)
      waiting.seen(ticket)
      const { encrypted, contents } = await store
        .task({ signal })
        .caseFiles.inspect({ path: file.path, key: { passphrase, identity } })
      if (contents === null) return { file: file.name, size: file.size, encrypted, contents: null }
      const here = await store.read({ signal }).caseFiles.here(
        contents.hunts.map(({ id }) => id),
        contents.datasets.map(({ id, huntId, sha256 }) => ({ id, huntId, sha256 })),
      )
      const { title, tlp, by, createdAt, program, rows, records } = contents
      const told: CaseFileContents = {
        ...{ title, tlp, by, program, rows },
        records: Object.fromEntries(Object.entries(records)),
        createdAt: new Date(createdAt).toISOString(),
        hunts: contents.hunts.map((hunt) => ({ ...hunt, here: here.includes(hunt.id) })),
        datasets: contents.datasets.map(({ quarantined: _, ...dataset }) => ({
          ...dataset,
          here: here.includes(dataset.id),
        })),
      }
      return { file: file.name, size: file.size, encrypted, contents: told }
    },
    'caseFiles.verify': ({ ticket, passphrase, identity }) => {
      const file = offered(ticket)
      const plain = join(folders.uploads, randomUUID())
      return jobs.start({
        kind: 'verify',
        title: `Check of ${file.name}`,
        huntId: null,
        unit: 'bytes',
        async run(context) {
          const onProgress = (state: unknown): void => context.progress(progressOf(state))
          try {
            const open = { path: file.path, key: { passphrase, identity }, plain }
            return await store
              .task({ signal: context.signal, onProgress })
              .caseFiles.verify(open, ports.clock().getTime())
          } finally {
            await rm(plain, { force: true })
          }
        },
      })
    },
    'caseFiles.import': (input) => {
      const file = offered(input.ticket)
      return jobs.start({
        kind: input.preview ? 'preview' : 'merge',
        title: `${input.preview ? 'Preview of' : 'Import of'} ${file.name}`,
        huntId: null,
        unit: 'bytes',
        async run(context) {
          const merged = await mergeFile(deps, file, input, context)
          if (merged.applied) {
            const datasets = await store.read().caseFiles.datasetsOf(merged.hunts.map(({ id }) => id))
            announce(
              merged.hunts.map(({ id }) => id),
              datasets,
            )
            await announceDrawn(merged.hunts.map(({ id }) => id))
            await tickets.discard(file)
          }
          return merged
        },
      })
    },
  }
}
