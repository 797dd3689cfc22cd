import { AppError } from '#contract/appError'
import type { DrawnMap } from '#contract/maps'
import type { MapFormat } from '#contract/values'
import { graphPieces, type ExportedGraph } from '../exporter/graphFormats.ts'
import { writeFile } from '../exporter/writeFile.ts'

type Target = { path: string; replace: boolean }
type Written = { rows: number; bytes: number }

const PNG_HEAD = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Writes a drawn map to a file, whole or not at all. AppError 'disk-full', 'unreadable-file', 'conflict'. */
export function writeMap(map: DrawnMap, format: MapFormat, guard: boolean, target: Target): Written {
  const graph = graphOf(map)
  const bytes = writeFile(target.path, target.replace, graphPieces(graph, format, guard))
  return { rows: format === 'csv-nodes' ? graph.nodes.length : graph.edges.length, bytes }
}

/** Writes a picture that the page drew. AppError 'invalid-input' for what is none, else as writeMap. */
export function writePicture(format: 'svg' | 'png', data: string, target: Target): Written {
  const bytes = format === 'png' ? Buffer.from(data, 'base64') : data
  const fits =
    typeof bytes === 'string' ? bytes.trimStart().startsWith('<') : bytes.subarray(0, PNG_HEAD.length).equals(PNG_HEAD)
  if (!fits)
    throw new AppError('invalid-input', `This is no ${format.toUpperCase()}. Nothing was written.`, { path: 'data' })
  return { rows: 0, bytes: writeFile(target.path, target.replace, [bytes]) }
}

/** Notes are nodes of their own: a graph has no other place for them. Links whose ends are gone are left out. */
function graphOf({ document: { elements } }: DrawnMap): ExportedGraph {
  const groups = new Map(
    elements.flatMap((element) => (element.kind === 'group' ? [[element.id, element.label] as const] : [])),
  )
  const nodes = elements.flatMap((element) => {
    const { kind, id } = element
    if (kind === 'node') {
      const { label, icon, colour, note, x, y, size, groupId, entity } = element
      return [
        {
          id,
          attributes: { label, kind: icon, colour, note, group: groups.get(groupId ?? '') ?? '', entity, x, y, size },
        },
      ]
    }
    return kind === 'note'
      ? [
          {
            id,
            attributes: {
              label: element.text,
              kind: 'note',
              colour: element.colour,
              note: element.by,
              x: element.x,
              y: element.y,
            },
          },
        ]
      : []
  })
  const known = new Set(nodes.map(({ id }) => id))
  const edges = elements.flatMap((element) => {
    if (element.kind !== 'link' || !known.has(element.from) || !known.has(element.to)) return []
    const { id, from, to, directed, dashed, label, colour, count, bytes, first, last } = element
    const style = dashed ? 'dashed' : ''
    return [{ id, from, to, directed, attributes: { label, colour, style, weight: count ?? 1, bytes, first, last } }]
  })
  return { nodes, edges }
}
