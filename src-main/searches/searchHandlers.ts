import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { Search, SearchDraft } from '#contract/searches'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import { runSearch } from './runSearch.ts'

/** Saved searches of a hunt, and the queries that were run lately. */
export function searchHandlers(deps: { store: Store; events: Events; ports: Ports }): HandlersOf<'searches'> {
  const { store, events, ports } = deps
  const now = (): number => ports.clock().getTime()
  const changed = (huntId: string | null): void => events.emit('searches.changed', { huntId })
  const missing = (id: string): AppError =>
    new AppError('not-found', 'There is no such saved search. It may have been deleted.', { id })

  async function existing(id: string): Promise<Search> {
    const search = await store.read().searches.get(id)
    if (!search) throw missing(id)
    return search
  }

  return {
    'searches.create': async (draft) => {
      const id = randomUUID()
      await store.write.searches.create(id, draft, now())
      changed(draft.huntId)
      return existing(id)
    },
    'searches.list': (query) => store.read().searches.list(query),
    'searches.get': ({ id }) => existing(id),
    'searches.update': async ({ id, ...change }) => {
      const { name, huntId, datasetId, q, from, to, columns, sort, zone } = await existing(id)
      const before: SearchDraft = { name, huntId, datasetId, q, from, to, columns, sort, zone }
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      const after: SearchDraft = Object.assign({}, before, Object.fromEntries(given))
      if (!(await store.write.searches.update(id, after, after.datasetId !== before.datasetId, now())))
        throw missing(id)
      changed(huntId)
      return existing(id)
    },
    'searches.delete': async ({ id }) => {
      const search = await existing(id)
      await store.write.searches.remove(id)
      changed(search.huntId)
      return search
    },
    'searches.run': async ({ id }, { signal }) => runSearch(store, await existing(id), signal),
    'searches.remember': async ({ q }) => {
      await store.write.searches.remember(q, now())
      changed(null)
      return { ok: true }
    },
    'searches.recent': ({ limit }) => store.read().searches.recent(limit),
  }
}
