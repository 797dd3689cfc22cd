import type { MapElement } from '#contract/maps'
import type { Scene } from '../../../graph/scene.ts'
import { formatBytes, formatCount } from '../../../ui/formatNumber.ts'

/** What a link says: its own label, else the rows it was taken from. */
export function linkText({
  label,
  count,
  bytes,
}: Pick<Extract<MapElement, { kind: 'link' }>, 'label' | 'count' | 'bytes'>): string {
  if (label !== '' || count === null) return label
  return bytes === null ? formatCount(count) : `${formatCount(count)} · ${formatBytes(bytes)}`
}

/** Width of a link by the rows it was taken from, in pixels. */
const LINK = { least: 1.4, most: 7 }

/** The elements of a drawn map as the canvas draws them; links without their ends are left out. */
export function drawnScene(elements: readonly MapElement[]): Scene {
  const scene: Scene = { nodes: [], edges: [], groups: [], notes: [] }
  const most = Math.max(1, ...elements.map((element) => (element.kind === 'link' ? (element.count ?? 0) : 0)))
  const known = new Set(elements.flatMap((element) => (element.kind === 'node' ? [element.id] : [])))
  for (const element of elements) {
    if (element.kind === 'node') {
      const { id, label, icon, colour, x, y, size, groupId, note } = element
      scene.nodes.push({
        ...{ id, label, icon, colour, x, y, size, groupId },
        detail: note.split('\n')[0]?.slice(0, 60) ?? '',
        ring: null,
        stack: false,
        weight: size,
        dim: false,
      })
    } else if (element.kind === 'link') {
      if (!known.has(element.from) || !known.has(element.to)) continue
      const { id, from, to, colour, dashed, directed, count } = element
      scene.edges.push({
        ...{ id, from, to, colour, dashed, directed, label: linkText(element), strong: true, alert: false, dim: false },
        width:
          count === null
            ? LINK.least
            : LINK.least + (LINK.most - LINK.least) * (Math.log1p(count) / Math.log1p(most)) ** 2,
      })
    } else if (element.kind === 'group') {
      const { id, label, colour } = element
      scene.groups.push({ id, label, colour })
    } else {
      const { id, text, by, x, y, colour } = element
      scene.notes.push({ id, text, by, x, y, colour })
    }
  }
  return scene
}
