import { strokeOf, type Palette } from './palette.ts'
import { noteHeight, noteLines, type Scene } from './scene.ts'
import { shapes } from './shapes.ts'

/** An element as the canvas takes it. */
export type Element = {
  group: 'nodes' | 'edges'
  data: Record<string, string | number | boolean | null | undefined> & { id: string }
  position?: { x: number; y: number }
}

/** The elements of a scene, groups first: their nodes are put into them. */
export function elementsOf({ nodes, edges, groups, notes }: Scene, palette: Palette): Element[] {
  const known = new Set(groups.map(({ id }) => id))
  const ends = new Set(edges.map(({ from, to }) => `${from} ${to}`))
  const members = new Set(nodes.map(({ groupId }) => groupId))
  return [
    ...groups
      .filter(({ id }) => members.has(id))
      .map(({ id, label, colour }): Element => ({
        group: 'nodes',
        data: {
          id,
          text: label,
          isGroup: true,
          stroke: palette.tone(colour),
          fill: palette.soft(colour),
          size: 10,
          shape: 'round-rectangle',
          weight: 0,
        },
      })),
    ...nodes.map((node): Element => {
      const shape = shapes[node.icon]
      return {
        group: 'nodes',
        position: { x: node.x, y: node.y },
        data: {
          ...{ id: node.id, text: node.detail === '' ? node.label : `${node.label}\n${node.detail}`, size: node.size },
          ...{ shape: shape === 'round' ? 'ellipse' : shape === 'soft' ? 'round-rectangle' : 'polygon' },
          ...(typeof shape === 'string' ? {} : { points: shape.join(' ') }),
          ...{
            stroke: palette.stroke(node.icon, node.colour),
            fill: palette.fill(node.icon, node.colour),
            ring: node.ring ?? '',
          },
          ...{ stack: node.stack, weight: node.weight, dim: node.dim },
          ...(node.groupId !== null && known.has(node.groupId) ? { parent: node.groupId } : {}),
        },
      }
    }),
    ...notes.map((note): Element => ({
      group: 'nodes',
      position: { x: note.x, y: note.y },
      data: {
        ...{
          id: note.id,
          note: 1,
          text: noteLines(note).join('\n'),
          size: 10,
          height: noteHeight(note),
          shape: 'rectangle',
        },
        ...{ stroke: palette.tone(note.colour), fill: palette.soft(note.colour), weight: 0 },
      },
    })),
    ...edges.map((edge): Element => ({
      group: 'edges',
      data: {
        ...{
          id: edge.id,
          source: edge.from,
          target: edge.to,
          width: edge.width,
          text: edge.label,
          strong: edge.strong,
        },
        ...{
          stroke: strokeOf(edge, palette),
        },
        ...{
          dashed: edge.dashed || edge.alert,
          directed: edge.directed,
          dim: edge.dim,
          both: ends.has(`${edge.to} ${edge.from}`),
        },
      },
    })),
  ]
}
