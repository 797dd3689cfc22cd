import type { MapElement } from '#contract/maps'
import type { NetworkPicture } from '#contract/networkMap'
import type { Scene } from '../../../graph/scene.ts'

/** The picture as elements of a drawn map: every node where it stands, every edge as a link. What steps back is left behind. */
export function takenOver(picture: NetworkPicture, scene: Scene): MapElement[] {
  const updatedAt = new Date().toISOString()
  const ids = new Map<string, string>()
  const elements: MapElement[] = []
  for (const { id: entity, label, detail, icon, x, y, size, dim, stack } of scene.nodes) {
    if (dim) continue
    const id = crypto.randomUUID()
    ids.set(entity, id)
    elements.push({
      ...{ kind: 'node', id, updatedAt, icon, label, note: detail, colour: 'neutral', groupId: null },
      ...{ x: Math.round(x), y: Math.round(y), size: Math.round(size), entity: stack ? null : entity },
    })
  }
  const shown = new Set(scene.edges.flatMap(({ id, dim }) => (dim ? [] : [id])))
  for (const { from: start, to: end, count, bytes, first, last, kinds, alerts } of picture.edges) {
    const [from, to] = [ids.get(start), ids.get(end)]
    if (from === undefined || to === undefined || !shown.has(`${start}\n${end}`)) continue
    const id = crypto.randomUUID()
    elements.push({
      ...{ kind: 'link', id, updatedAt, from, to, label: '', count, bytes, first, last, kinds, directed: true },
      ...{ colour: alerts === null ? 'neutral' : 'orange', dashed: alerts !== null },
    })
  }
  return elements
}
