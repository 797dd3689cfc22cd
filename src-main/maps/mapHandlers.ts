import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import { IMPORTED_EDGES_MAX, MAP_ELEMENTS_MAX, type DrawnMap } from '#contract/maps'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import { edgesOfCsv } from './edgesOfCsv.ts'
import { createMapExports, type MapExportDeps } from './exportMaps.ts'
import { elementsOfEdges } from './importEdges.ts'

/** Maps that investigators draw: each act is kept, so that it can be taken back after a restart. */
export function mapHandlers(deps: MapExportDeps & { events: Events; ports: Ports }): HandlersOf<'maps'> {
  const { store, events, ports } = deps
  const exports = createMapExports(deps)
  const now = (): number => ports.clock().getTime()
  const missing = (id: string): AppError =>
    new AppError('not-found', 'There is no such map. It may have been deleted.', { id })

  async function existing(id: string): Promise<DrawnMap> {
    const map = await store.read().maps.get(id)
    if (!map) throw missing(id)
    return map
  }
  /** The map after a change, which is announced; null: there was none to change. */
  async function changed(id: string, place: { huntId: string } | null): Promise<DrawnMap> {
    if (!place) throw missing(id)
    events.emit('maps.changed', { id, huntId: place.huntId })
    return existing(id)
  }

  return {
    'maps.create': async ({ huntId, name, description, elements }) => {
      const id = randomUUID()
      await store.write.maps.create({ id, huntId, name, description, elements }, now())
      return changed(id, { huntId })
    },
    'maps.list': (query) => store.read().maps.list(query),
    'maps.get': ({ id }) => existing(id),
    'maps.update': async ({ id, ...change }) => changed(id, await store.write.maps.update(id, change, now())),
    'maps.edit': async ({ id, act, put, remove }) =>
      changed(id, await store.write.maps.edit(id, { act, put, remove, most: MAP_ELEMENTS_MAX }, now())),
    'maps.undo': async ({ id }) => changed(id, await store.write.maps.turn(id, 'undo', now())),
    'maps.redo': async ({ id }) => changed(id, await store.write.maps.turn(id, 'redo', now())),
    'maps.importEdges': async ({ id, csv, x, y }) => {
      const read = edgesOfCsv(csv, IMPORTED_EDGES_MAX)
      const { put, nodes, links } = elementsOfEdges(await existing(id), read, { x, y }, ports.clock().toISOString())
      const { refused, refusedTotal } = read
      if (put.length === 0)
        throw new AppError('invalid-input', 'No line of this text names two ends. Name them source and target.', {
          path: 'csv',
        })
      const act = `Import ${links} links`
      const place = await store.write.maps.edit(id, { act, put, remove: [], most: MAP_ELEMENTS_MAX }, now())
      return { map: await changed(id, place), nodes, links, refused, refusedTotal }
    },
    'maps.delete': async ({ id }) => {
      const place = await store.write.maps.remove(id, now())
      if (!place) throw missing(id)
      events.emit('maps.changed', { id, huntId: place.huntId })
      return { ok: true }
    },
    'maps.restore': async ({ id }) => changed(id, await store.write.maps.restore(id)),
    'maps.export': async ({ id, format, guard, to }) => exports.map(await existing(id), { format, guard, to }),
    'maps.savePicture': ({ huntId, name, format, data, to }) => exports.picture({ huntId, name, format, data, to }),
  }
}
