import type { MapColour } from '#contract/values'
import { xmlText } from './xmlText.ts'

// What yEd keeps of a drawing: it reads neither place nor label from plain attributes. Its elements stand in a namespace of
// their own inside <data>, and other programs pass over them.

type Attributes = Readonly<Record<string, string | number | null>>

export const YED_NAMESPACE = ' xmlns:y="http://www.yworks.com/xml/graphml"'
/** Keys have no name, as yEd writes them. */
export const yedKeys =
  '  <key id="n_graphics" for="node" yfiles.type="nodegraphics"/>\n  <key id="e_graphics" for="edge" yfiles.type="edgegraphics"/>\n'

/** Pixels of a note, which has no size of its own. */
const NOTE = { width: 160, height: 40 }
const SIZE = 26
const FILLS: Record<MapColour, string> = {
  ...{ neutral: '#C5CBD3', red: '#E76A6E', orange: '#EC9A3C', yellow: '#FBD065', green: '#72CA9B', blue: '#8ABBFF' },
  violet: '#D69FD6',
}

/** The marks of the page where yEd has them; all others are round. */
const SHAPES: Readonly<Record<string, string>> = {
  ...{ host: 'roundrectangle', server: 'rectangle', domain: 'diamond', url: 'triangle', user: 'hexagon' },
  ...{ process: 'octagon', attacker: 'star5', note: 'rectangle' },
}

/** A colour as Gephi takes it: three numbers from 0 to 255. */
export function rgbOf(colour: string | number | null | undefined): { r: number; g: number; b: number } {
  const fill = Number.parseInt(fillOf(colour).slice(1), 16)
  return { r: fill >> 16, g: (fill >> 8) & 255, b: fill & 255 }
}

const fillOf = (colour: string | number | null | undefined): string =>
  Object.entries(FILLS).find(([name]) => name === colour)?.[1] ?? FILLS.neutral
const textOf = (value: string | number | null | undefined): string =>
  xmlText(value === null || value === undefined ? '' : String(value))

/** A node where it stands: maps know the middle of a node, yEd its corner. */
export function yedNode({ label, kind, colour, x, y, size }: Attributes): string {
  const note = kind === 'note'
  const { width, height } = note ? NOTE : { width: Number(size ?? SIZE), height: Number(size ?? SIZE) }
  const [left, top] = [Number(x ?? 0) - width / 2, Number(y ?? 0) - height / 2]
  const place = note ? 'modelName="internal" modelPosition="c"' : 'modelName="sides" modelPosition="s"'
  return `<data key="n_graphics"><y:ShapeNode><y:Geometry x="${left}" y="${top}" width="${width}" height="${height}"/><y:Fill color="${fillOf(colour)}" transparent="false"/><y:BorderStyle color="#404854" type="line" width="1.0"/><y:NodeLabel ${place}>${textOf(label)}</y:NodeLabel><y:Shape type="${SHAPES[String(kind)] ?? 'ellipse'}"/></y:ShapeNode></data>`
}

export function yedEdge({ label, colour, style }: Attributes, directed: boolean): string {
  const line = colour === 'neutral' ? '#404854' : fillOf(colour)
  const text = label === null || label === '' ? '' : `<y:EdgeLabel>${textOf(label)}</y:EdgeLabel>`
  return `<data key="e_graphics"><y:PolyLineEdge><y:LineStyle color="${line}" type="${style === 'dashed' ? 'dashed' : 'line'}" width="1.0"/><y:Arrows source="none" target="${directed ? 'standard' : 'none'}"/>${text}</y:PolyLineEdge></data>`
}
