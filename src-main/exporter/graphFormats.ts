import type { MapFormat } from '#contract/values'
import { guarded } from './formats.ts'
import { xmlText } from './xmlText.ts'
import { rgbOf, yedEdge, yedKeys, yedNode, YED_NAMESPACE } from './yedGraphics.ts'

/** A graph as other programs take it. Attributes are texts, numbers or null where there is nothing. */
export type ExportedGraph = {
  nodes: readonly { id: string; attributes: Readonly<Record<string, string | number | null>> }[]
  edges: readonly {
    id: string
    from: string
    to: string
    directed: boolean
    attributes: Readonly<Record<string, string | number | null>>
  }[]
}

/** The pieces of a file. GraphML as of graphml.graphdrawing.org; CSV with the headers that Gephi looks for. `guard`: for spreadsheets. */
export function graphPieces(graph: ExportedGraph, format: MapFormat, guard: boolean): Iterable<string> {
  if (format === 'graphml' || format === 'graphml-yed') return graphml(graph, format === 'graphml-yed')
  return format === 'csv-nodes' ? csvOfNodes(graph, guard) : csvOfEdges(graph, guard)
}

const attributesOf = (items: ExportedGraph['nodes'] | ExportedGraph['edges']): string[] => [
  ...new Set(items.flatMap(({ attributes }) => Object.keys(attributes))),
]

/** Without those that are empty everywhere: nothing tells of what type they are. */
const filledOf = (items: ExportedGraph['nodes'] | ExportedGraph['edges']): string[] =>
  attributesOf(items).filter((name) => items.some(({ attributes }) => !isEmpty(attributes[name])))
const isEmpty = (value: string | number | null | undefined): boolean =>
  value === undefined || value === null || value === ''

/**
 * Gephi (ImporterGraphML of its sources) takes label, x, y, size and weight by these names and colours by r, g and b. Its y grows
 * upwards and its size is a radius, while maps count downwards and in diameters.
 */
const forGephi = <T extends ExportedGraph['nodes'][number]>(items: readonly T[]): T[] =>
  items.map((item) => {
    const { colour, y, size } = item.attributes
    const own = {
      ...(typeof y === 'number' && { y: y === 0 ? 0 : -y }),
      ...(typeof size === 'number' && { size: size / 2 }),
      ...rgbOf(colour),
    }
    return { ...item, attributes: { ...item.attributes, ...own } }
  })

function* graphml(graph: ExportedGraph, yed: boolean): Generator<string> {
  const [nodes, edges] = yed ? [graph.nodes, graph.edges] : [forGephi(graph.nodes), forGephi(graph.edges)]
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"${yed ? YED_NAMESPACE : ''}>\n`
  const keys = { node: filledOf(nodes), edge: filledOf(edges) }
  for (const [kind, names] of Object.entries(keys)) {
    const items: ExportedGraph['nodes'] = kind === 'node' ? nodes : edges
    for (const name of names)
      yield `  <key id="${kind[0]}_${xmlText(name)}" for="${kind}" attr.name="${xmlText(name)}" attr.type="${typeOf(items, name)}"/>\n`
  }
  if (yed) yield yedKeys
  // Many readers take no graph of both kinds: one whose links have no arrows is undirected as a whole.
  const undirected = edges.length > 0 && edges.every(({ directed }) => !directed)
  yield `  <graph id="G" edgedefault="${undirected ? 'undirected' : 'directed'}">\n`
  const data = (kind: string, attributes: Readonly<Record<string, string | number | null>>): string =>
    Object.entries(attributes)
      .filter(([, value]) => !isEmpty(value))
      .map(([name, value]) => `<data key="${kind}_${xmlText(name)}">${xmlText(String(value))}</data>`)
      .join('')
  for (const { id, attributes } of nodes)
    yield `    <node id="${xmlText(id)}">${data('n', attributes)}${yed ? yedNode(attributes) : ''}</node>\n`
  for (const { id, from, to, directed, attributes } of edges)
    yield `    <edge id="${xmlText(id)}" source="${xmlText(from)}" target="${xmlText(to)}"${directed || undirected ? '' : ' directed="false"'}>${data('e', attributes)}${yed ? yedEdge(attributes, directed) : ''}</edge>\n`
  yield '  </graph>\n</graphml>\n'
}

function typeOf(items: ExportedGraph['nodes'], name: string): 'string' | 'long' | 'double' {
  const values = items.map(({ attributes }) => attributes[name] ?? null).filter((value) => value !== null)
  if (values.some((value) => typeof value === 'string')) return 'string'
  return values.every((value) => Number.isSafeInteger(value)) ? 'long' : 'double'
}

function* csvOfNodes({ nodes }: ExportedGraph, guard: boolean): Generator<string> {
  const names = attributesOf(nodes)
  yield line(['Id', ...names.map(capital)], false)
  for (const { id, attributes } of nodes) yield line([id, ...names.map((name) => attributes[name] ?? null)], guard)
}

function* csvOfEdges({ edges }: ExportedGraph, guard: boolean): Generator<string> {
  const names = attributesOf(edges)
  yield line(['Source', 'Target', 'Type', 'Id', ...names.map(capital)], false)
  for (const { id, from, to, directed, attributes } of edges)
    yield line(
      [from, to, directed ? 'Directed' : 'Undirected', id, ...names.map((name) => attributes[name] ?? null)],
      guard,
    )
}

const capital = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`

const line = (cells: readonly (string | number | null)[], guard: boolean): string =>
  `${cells.map((cell) => quoted(cell === null ? '' : guard ? guarded(String(cell)) : String(cell))).join(',')}\r\n`
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
