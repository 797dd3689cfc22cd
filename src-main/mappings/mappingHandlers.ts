import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { Reading } from '#contract/datasets'
import type { Mapping, MappingDraft } from '#contract/mappings'
import type { Tickets } from '../files/tickets.ts'
import type { JobContext } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import { readMappings, writeMappings } from './mappingFiles.ts'

type MappingDeps = {
  store: Store
  events: Events
  ports: Ports
  tickets: Pick<Tickets, 'take' | 'discard'>
  writeJob(
    what: { title: string; name: string; to: string | undefined },
    write: (
      target: { path: string; replace: boolean },
      context: JobContext,
    ) => Promise<{ bytes: number; leftOut: number }>,
  ): Promise<{ jobId: string }>
}

/** What was said of files and holds for files like them. */
export function mappingHandlers(deps: MappingDeps): HandlersOf<'mappings'> {
  const { store, events, ports, tickets } = deps
  const now = (): number => ports.clock().getTime()
  const changed = (): void => events.emit('mappings.changed', {})
  const missing = (id: string): AppError =>
    new AppError('not-found', 'There is no such mapping. It may have been deleted.', { id })

  async function existing(id: string): Promise<Mapping> {
    const mapping = await store.read().mappings.get(id)
    if (!mapping) throw missing(id)
    return mapping
  }

  async function mustHold(headers: readonly string[], reading: Reading): Promise<void> {
    const fault = await store.read().mappings.fault(headers, reading)
    if (fault) throw new AppError('invalid-input', fault.reason, { path: fault.path })
  }

  return {
    'mappings.list': (query) => store.read().mappings.list(query),
    'mappings.get': ({ id }) => existing(id),
    'mappings.create': async (draft) => {
      await mustHold(draft.headers, draft.reading)
      const id = randomUUID()
      await store.write.mappings.create(id, draft, now())
      changed()
      return existing(id)
    },
    'mappings.update': async ({ id, name, reading }) => {
      const { headers } = await existing(id)
      if (reading) await mustHold(headers, reading)
      if (!(await store.write.mappings.update(id, { name, reading }, now()))) throw missing(id)
      changed()
      return existing(id)
    },
    'mappings.delete': async ({ id }) => {
      const mapping = await existing(id)
      await store.write.mappings.remove(id)
      changed()
      return mapping
    },
    'mappings.export': async ({ ids, to }) => {
      const wanted = ids === undefined ? await allOf(store) : await Promise.all(ids.map(existing))
      // Without its headers nobody else's file could be recognised.
      const whole = wanted.filter(({ headers }) => headers.length > 0)
      if (whole.length === 0)
        throw new AppError('conflict', 'There is no mapping to hand on: import a file with one first.')
      const title = whole.length === 1 ? `Mapping ${whole[0]?.name ?? ''}` : `${whole.length} mappings`
      return deps.writeJob({ title, name: 'mappings.json', to }, async ({ path, replace }) => ({
        bytes: await writeMappings(path, replace, whole),
        leftOut: wanted.length - whole.length,
      }))
    },
    'mappings.import': async ({ ticket, replace }) => {
      const file = tickets.take(ticket)
      try {
        const drafts: MappingDraft[] = []
        const wrong: { name: string; reason: string }[] = []
        for (const draft of await readMappings(file.path, file.name)) {
          const fault = await store.read().mappings.fault(draft.headers, draft.reading)
          if (fault) wrong.push({ name: draft.name, reason: fault.reason })
          else drafts.push(draft)
        }
        const taken = await store.write.mappings.takeIn(drafts, replace, now())
        changed()
        return { ...taken, wrong }
      } finally {
        await tickets.discard(file)
      }
    },
    'mappings.takeApart': async ({ cells, how, between }, { signal }) => {
      const found = await store.read({ signal }).evidence.takeApart(cells, how, between)
      return { how: null, between: '', parts: [], taken: 0, total: 0, ...found }
    },
  }
}

async function allOf(store: Store): Promise<Mapping[]> {
  const { mappings } = await store.read().mappings.list({ limit: Number.MAX_SAFE_INTEGER, offset: 0 })
  return mappings
}
