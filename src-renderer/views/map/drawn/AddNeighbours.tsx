import { useState } from 'react'
import type { DrawnNode, MapElement } from '#contract/maps'
import { useBackend } from '../../../backend/BackendContext.ts'
import { formatNoun } from '../../../ui/formatNumber.ts'
import type { MapEdit } from './useDrawnMap.ts'

/** Neighbours that are added at once; those of most rows. */
const MOST = 16
const FAR = 170

/** Adds what the network ties to a node, around it: nothing that was placed moves. */
export function AddNeighbours({
  hunt,
  node,
  elements,
  onEdit,
}: {
  hunt: string
  node: DrawnNode
  elements: readonly MapElement[]
  onEdit: (edit: MapEdit) => void
}) {
  const backend = useBackend()
  const [said, setSaid] = useState<string | null>(null)
  async function add(): Promise<void> {
    const entity = node.entity
    if (entity === null) return
    const around = await backend.call('networkMap.neighbours', { huntId: hunt, node: entity, depth: 1 })
    const byEntity = new Map(
      elements.flatMap((element) =>
        element.kind === 'node' && element.entity !== null ? [[element.entity, element.id] as const] : [],
      ),
    )
    if (around.node !== null) byEntity.set(around.node, node.id)
    const linked = new Set(
      elements.flatMap((element) => (element.kind === 'link' ? [`${element.from} ${element.to}`] : [])),
    )
    const touching = around.edges.filter(({ from, to }) => from === around.node || to === around.node)
    const fresh = [...new Set(touching.flatMap(({ from, to }) => [from, to]))].filter((id) => !byEntity.has(id))
    const updatedAt = new Date().toISOString()
    const put: MapElement[] = []
    fresh.slice(0, MOST).forEach((id, n, all) => {
      const other = around.nodes.find((one) => one.id === id)
      if (!other || other.fold !== null) return
      const angle = (n / all.length) * 2 * Math.PI - Math.PI / 2
      const made = crypto.randomUUID()
      byEntity.set(id, made)
      put.push({
        ...{
          kind: 'node',
          id: made,
          updatedAt,
          icon: other.type,
          label: other.label.slice(0, 300),
          entity: id,
          note: '',
          colour: 'neutral',
          size: 26,
          groupId: null,
        },
        ...{ x: Math.round(node.x + Math.cos(angle) * FAR), y: Math.round(node.y + Math.sin(angle) * FAR) },
      })
    })
    for (const { from: start, to: end, count, bytes, first, last, kinds } of around.edges) {
      const [from, to] = [byEntity.get(start), byEntity.get(end)]
      if (from === undefined || to === undefined || linked.has(`${from} ${to}`)) continue
      put.push({
        kind: 'link',
        id: crypto.randomUUID(),
        updatedAt,
        from,
        to,
        label: '',
        colour: 'neutral',
        dashed: false,
        directed: true,
        count,
        bytes,
        kinds,
        first,
        last,
      })
    }
    const nodes = put.filter(({ kind }) => kind === 'node').length
    if (put.length > 0) onEdit({ act: `Add ${formatNoun(nodes, 'neighbour')}`, put })
    else setSaid(around.node === null ? 'The network does not have it.' : 'All of them are on the map.')
    if (fresh.length > MOST) setSaid(`${formatNoun(fresh.length - MOST, 'neighbour')} not added: those of fewest rows.`)
  }
  return (
    <>
      <button
        type="button"
        className="link-button"
        onClick={() =>
          void add().catch((error: unknown) =>
            setSaid(error instanceof Error ? error.message : 'It could not be asked.'),
          )
        }
      >
        Add neighbours
      </button>
      {said && (
        <span className="t2 sm" role="status">
          {said}
        </span>
      )}
    </>
  )
}
