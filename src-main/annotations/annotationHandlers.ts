import { randomUUID } from 'node:crypto'
import type { Annotation } from '#contract/annotations'
import { AppError } from '#contract/appError'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { RemoteReads } from '../worker/procedures.ts'
import type { Store } from '../worker/pool.ts'

export type AnnotationDeps = {
  store: Store
  events: Events
  ports: Ports
  /** Name of the analyst, as the settings have it. */
  analyst(): Promise<string>
  /** The rows of a dataset that is ready. AppError 'not-found', 'unavailable'. */
  rowsOf(datasetId: string, signal: AbortSignal): Promise<RemoteReads['rows']>
}

/** What analysts note about rows. */
export function annotationHandlers(deps: AnnotationDeps): HandlersOf<'annotations'> {
  const { store, events, ports } = deps
  const now = (): number => ports.clock().getTime()
  const missing = (id: string): AppError =>
    new AppError('not-found', 'There is no such annotation. It may have been deleted.', { id })

  async function existing(id: string): Promise<Annotation> {
    const annotation = await store.read().annotations.get(id)
    if (!annotation) throw missing(id)
    return annotation
  }

  function announce(place: { huntId: string; datasetId: string }): void {
    events.emit('annotations.changed', { huntId: place.huntId, datasetId: place.datasetId })
    events.emit('rows.changed', { huntId: place.huntId, datasetId: place.datasetId })
  }

  return {
    'annotations.create': async ({ datasetId, rows, filter, view, author, ...said }, { signal }) => {
      const chosen = await (await deps.rowsOf(datasetId, signal)).choose(datasetId, { rows, filter, view })
      const id = randomUUID()
      const annotation = { id, datasetId, author: author ?? (await deps.analyst()), filter: filter ?? null, chosen }
      await store.write.annotations.create({ ...annotation, ...said }, now())
      const created = await existing(id)
      announce(created)
      return created
    },
    'annotations.list': (query, { signal }) => store.read({ signal }).annotations.list(query),
    'annotations.get': ({ id }) => existing(id),
    'annotations.rows': async ({ id, limit, offset }) => {
      await existing(id)
      return store.read().annotations.rows(id, limit, offset)
    },
    'annotations.update': async ({ id, ...change }) => {
      const place = await store.write.annotations.update(id, change, now())
      if (!place) throw missing(id)
      announce(place)
      return existing(id)
    },
    'annotations.delete': async ({ id }) => {
      const place = await store.write.annotations.remove(id, now())
      if (!place) throw missing(id)
      announce(place)
      return { ok: true }
    },
    'annotations.restore': async ({ id }) => {
      const place = await store.write.annotations.restore(id)
      if (!place) throw new AppError('not-found', 'There is no deleted annotation of this id.', { id })
      announce(place)
      return existing(id)
    },
  }
}
