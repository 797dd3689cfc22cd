import { useQueryClient } from '@tanstack/react-query'
import type { DrawnMap, MapElement } from '#contract/maps'
import type { MapIcon } from '#contract/values'
import { link } from '../state/places.ts'
import { navigate } from '../state/route.ts'
import { useUndo } from '../ui/Undo.tsx'
import { useBackend } from './BackendContext.ts'
import { callKey } from './query.ts'

export type NewNode = { icon: MapIcon; label: string; entity: string | null }
export type NewLink = {
  /** Entities of its ends. */
  from: string
  to: string
  label: string
  count: number | null
  bytes: number | null
  first: string | null
  last: string | null
}
export type Added = { nodes: readonly NewNode[]; links: readonly NewLink[] }

const STEP = 110
const COLUMNS = 4

const isMachine = (icon: MapIcon): boolean => icon !== 'user' && icon !== 'process' && icon !== 'url'
/** A drawn machine goes by its label and by each piece of its note: there its other names and addresses stand. */
const namesOf = ({ label, note }: { label: string; note: string }): string[] =>
  [label, ...note.split(/[,;\n]/)].map((name) => name.trim().toLowerCase()).filter((name) => name !== '')

/** Elements for what is added: things that stand on the map already are taken as they are, new ones get a free place beside it. */
export function elementsFor(
  map: Pick<DrawnMap, 'document'> | null,
  { nodes, links }: Added,
  now: string,
): MapElement[] {
  const placed = map?.document.elements.filter((element) => element.kind === 'node') ?? []
  const left = placed.length === 0 ? 0 : Math.max(...placed.map(({ x }) => x)) + STEP * 1.5
  const top = placed.length === 0 ? 0 : Math.min(...placed.map(({ y }) => y))
  const byEntity = new Map(
    placed.flatMap(({ entity, id }) => (entity === null ? [] : [[entity.toLowerCase(), id] as const])),
  )
  const byName = new Map(
    placed
      .filter(({ icon }) => isMachine(icon))
      .flatMap((node) => namesOf(node).map((name) => [name, node.id] as const)),
  )
  const put: MapElement[] = []
  for (const { icon, label, entity } of nodes) {
    if (entity !== null && byEntity.has(entity.toLowerCase())) continue
    const machine = isMachine(icon) ? byName.get(label.toLowerCase()) : undefined
    if (machine !== undefined) {
      if (entity !== null) byEntity.set(entity.toLowerCase(), machine)
      continue
    }
    const id = crypto.randomUUID()
    if (entity !== null) byEntity.set(entity.toLowerCase(), id)
    const n = put.length
    put.push({
      ...{
        kind: 'node',
        id,
        updatedAt: now,
        icon,
        label: label.slice(0, 300),
        entity,
        note: '',
        colour: 'neutral',
        size: 30,
        groupId: null,
      },
      ...{ x: left + (n % COLUMNS) * STEP, y: top + Math.floor(n / COLUMNS) * STEP },
    })
  }
  const known = new Set(
    map?.document.elements.flatMap((element) => (element.kind === 'link' ? [`${element.from} ${element.to}`] : [])) ??
      [],
  )
  for (const { from: start, to: end, ...rest } of links) {
    const [from, to] = [byEntity.get(start.toLowerCase()), byEntity.get(end.toLowerCase())]
    if (from === undefined || to === undefined || from === to || known.has(`${from} ${to}`)) continue
    known.add(`${from} ${to}`)
    put.push({
      kind: 'link',
      id: crypto.randomUUID(),
      updatedAt: now,
      from,
      to,
      ...rest,
      colour: 'neutral',
      dashed: false,
      directed: true,
      kinds: [],
    })
  }
  return put
}

/** Adds nodes and links to a drawn map of the hunt, or begins one with them. */
export function useAddToMap(hunt: string): (mapId: string | null, added: Added, name: string) => void {
  const backend = useBackend()
  const client = useQueryClient()
  const undo = useUndo()
  async function add(mapId: string | null, added: Added, name: string): Promise<void> {
    const now = new Date().toISOString()
    if (mapId === null) {
      const made = await backend.call('maps.create', { huntId: hunt, name, elements: elementsFor(null, added, now) })
      navigate(link.maps(hunt, made.id))
      return
    }
    const map = await backend.call('maps.get', { id: mapId })
    const put = elementsFor(map, added, now)
    const kept = (changed: DrawnMap): void => void client.setQueryData(callKey('maps.get', { id: mapId }), changed)
    if (put.length === 0)
      return undo.tell(`${name} stands on ${map.name} already`, {
        text: 'Open the map',
        onClick: () => navigate(link.maps(hunt, mapId)),
      })
    kept(await backend.call('maps.edit', { id: mapId, act: `Add ${name}`.slice(0, 100), put }))
    undo.offer(`${name} added to ${map.name}`, () => void backend.call('maps.undo', { id: mapId }).then(kept))
  }
  return (mapId, added, name) =>
    void add(mapId, added, name).catch((error: unknown) =>
      undo.tell(error instanceof Error ? error.message : 'It could not be added.'),
    )
}
