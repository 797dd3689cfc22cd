import { randomUUID } from 'node:crypto'
import type { DrawnMap, MapElement } from '#contract/maps'
import type { MapIcon } from '#contract/values'
import type { ReadEdges } from './edgesOfCsv.ts'

/** Pixels between nodes that come together. */
const STEP = 90

/** Elements for edges that were read: nodes of the map that are called so are taken, others are made below it, in rows. */
export function elementsOfEdges(
  map: DrawnMap,
  { edges, icons }: ReadEdges,
  corner: { x: number; y: number },
  now: string,
): { put: MapElement[]; nodes: number; links: number } {
  const nodeOf = new Map<string, string>()
  for (const element of map.document.elements)
    if (element.kind === 'node') nodeOf.set(element.label.toLowerCase(), element.id)
  const put: MapElement[] = []
  const names = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].filter(
    (name) => !nodeOf.has(name.toLowerCase()),
  )
  const columns = Math.max(1, Math.ceil(Math.sqrt(names.length)))
  names.forEach((name, n) => {
    if (nodeOf.has(name.toLowerCase())) return
    const id = randomUUID()
    nodeOf.set(name.toLowerCase(), id)
    put.push({
      ...{
        kind: 'node',
        id,
        updatedAt: now,
        icon: icons.get(name) ?? iconOf(name),
        label: name,
        note: '',
        colour: 'neutral',
      },
      ...{
        x: corner.x + (n % columns) * STEP,
        y: corner.y + Math.floor(n / columns) * STEP,
        size: 26,
        groupId: null,
        entity: null,
      },
    })
  })
  const nodes = put.length
  for (const { from, to, label, count, bytes } of edges) {
    const [start, end] = [nodeOf.get(from.toLowerCase()), nodeOf.get(to.toLowerCase())]
    if (start === undefined || end === undefined || start === end) continue
    put.push({
      ...{
        kind: 'link',
        id: randomUUID(),
        updatedAt: now,
        from: start,
        to: end,
        label,
        count,
        bytes,
        colour: 'neutral',
      },
      ...{ dashed: false, directed: true, kinds: [], first: null, last: null },
    })
  }
  return { put, nodes, links: put.length - nodes }
}

/** What a name most likely is. */
function iconOf(name: string): MapIcon {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^[0-9a-f]*:[0-9a-f:]+$/i.test(name)) return 'address'
  if (/^https?:\/\//i.test(name)) return 'url'
  return name.includes('.') && !/\s/.test(name) ? 'domain' : 'host'
}
