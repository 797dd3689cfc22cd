import { AppError } from '#contract/appError'
import type { Alert } from '#contract/alerts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import { type ProvenanceDeps, provenanceOf } from './provenance.ts'

export function alertHandlers(deps: {
  store: Store
  events: Events
  ports: Ports
  /** Name of the analyst, for the history. */
  analyst(): Promise<string>
  bytesOf: ProvenanceDeps['bytesOf']
}): HandlersOf<'alerts'> {
  const { store, events, ports } = deps
  const actOf = async (undo: boolean): Promise<{ by: string; now: number; undo: boolean }> => ({
    by: await deps.analyst(),
    now: ports.clock().getTime(),
    undo,
  })
  const missing = (id: string): AppError =>
    new AppError('not-found', 'There is no such alert. It may have been deleted.', { id })

  async function existing(id: string): Promise<Alert> {
    const alert = await store.read().alerts.get(id)
    if (!alert) throw missing(id)
    return alert
  }

  function announce(huntIds: readonly string[]): void {
    for (const huntId of huntIds) events.emit('alerts.changed', { huntId })
  }

  return {
    'alerts.list': (query, { signal }) => store.read({ signal }).alerts.list(query),
    'alerts.stats': ({ huntId }, { signal }) => store.read({ signal }).alerts.stats(huntId),
    'alerts.groups': (query, { signal }) => store.read({ signal }).alerts.groups(query),
    'alerts.history': async ({ id, limit, offset }) => {
      const found = await store.read().alerts.history(id, limit, offset)
      if (!found) throw missing(id)
      return found
    },
    'alerts.get': ({ id }) => existing(id),
    'alerts.evidence': async ({ id, limit, offset }) => {
      const found = await store.read().alerts.evidence(id, limit, offset)
      if (!found) throw missing(id)
      return found
    },
    'alerts.provenance': async ({ id, datasetId, row }, context) => {
      const asked = datasetId === undefined || row === undefined ? null : { datasetId, row }
      return provenanceOf({ ...deps, version: ports.version }, await existing(id), asked, context)
    },
    'alerts.update': async ({ id, undo, ...change }) => {
      announce((await store.write.alerts.updateByIds([id], change, await actOf(undo))).huntIds)
      return existing(id)
    },
    'alerts.bulkUpdate': async ({ ids, filter, undo, ...change }) => {
      const act = await actOf(undo)
      const { updated, huntIds } = ids
        ? await store.write.alerts.updateByIds(ids, change, act)
        : await store.write.alerts.updateByFilter(filter ?? {}, change, act)
      announce(huntIds)
      return { updated }
    },
    'alerts.delete': async ({ id }) => {
      const removed = await store.write.alerts.remove(id)
      if (!removed) throw missing(id)
      announce([removed.huntId])
      return { ok: true }
    },
  }
}
