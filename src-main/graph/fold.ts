import type { MapEdgeKind, MapFold, MapNodeType } from '#contract/values'
import { addSeen, addTimes, type Graph, type GraphNode, type Seen } from './network.ts'

/** Of the nodes that may be drawn so many are single ones at first, the others stand for many. */
const SINGLE_SHARE = 0.7
/** With fewer single nodes than this edges are left undrawn (and said) rather than more nodes folded. */
const SINGLES_MIN = 120
/** Members of an opened node that are drawn one by one at most. */
const OPENED_SHARE = 0.5

export type FoldOptions = {
  nodesMax: number
  edgesMax: number
  /** Ids of folded nodes whose members are wanted one by one. */
  open: ReadonlySet<string>
  /** What is kept single before all others: the larger, the earlier. */
  rank(node: GraphNode): number
}

export type FoldedNode = {
  id: string
  type: MapNodeType
  label: string
  fold: MapFold | null
  /** Places in the graph; of a single node itself. */
  members: number[]
} & Seen

export type FoldedEdge = Seen & {
  from: number
  to: number
  kinds: MapEdgeKind[]
  times: [number, number][]
  /** Places in the graph. */
  members: number[]
}

/** A picture of a graph. Every node has a place in it, and every edge is drawn, part of a drawn one, inside a node or undrawn. */
export type Folded = {
  nodes: FoldedNode[]
  edges: FoldedEdge[]
  /** By node of the graph: the node of the picture that it is or stands in. */
  placeOf: Int32Array
  /** Edges of the picture beyond what may be drawn, fewest rows. */
  undrawn: FoldedEdge[]
  /** Edges of the graph between nodes that stand as one. */
  inside: number[]
}

/** Folds a graph until it fits: leaves of one node, then networks, domains and names, in the end all that is left of a type. */
export function fold(graph: Graph, options: FoldOptions): Folded {
  const { nodesMax, edgesMax } = options
  if (graph.nodes.length <= nodesMax && graph.edges.length <= edgesMax) {
    return pictureOf(graph, (n) => (graph.nodes[n]?.rare ? groupOf(graph, n, 2) : `=${n}`), options)
  }
  const order = graph.nodes.map((_node, n) => n)
  const ranks = graph.nodes.map((node) => options.rank(node))
  order.sort((a, b) => (ranks[b] ?? 0) - (ranks[a] ?? 0) || a - b)
  const rankOf = new Int32Array(graph.nodes.length)
  order.forEach((node, n) => {
    rankOf[node] = n
  })
  const opened = openedMembers(graph, options, rankOf)
  for (let singles = Math.floor(nodesMax * SINGLE_SHARE); ; singles = Math.floor(singles / 2)) {
    for (let level = 0; level < 3; level++) {
      const keyOf = (n: number): string =>
        !graph.nodes[n]?.rare && ((rankOf[n] ?? 0) < singles - opened.size || opened.has(n))
          ? `=${n}`
          : groupOf(graph, n, level)
      const places = new Set<string>()
      for (let n = 0; n < graph.nodes.length && places.size <= nodesMax; n++) places.add(keyOf(n))
      if (places.size > nodesMax) continue
      const last = singles <= SINGLES_MIN
      if (!last && countEdges(graph, keyOf) > edgesMax) continue
      return pictureOf(graph, keyOf, options)
    }
    if (singles === 0) return pictureOf(graph, (n) => groupOf(graph, n, 2), options)
  }
}

/** The key of the nodes with which this one stands as one; coarser with each level. */
function groupOf(graph: Graph, n: number, level: number): string {
  const node = graph.nodes[n]
  if (!node) return `=${n}`
  if (level === 2 || node.rare) return `rest:${node.type}:`
  const [only, second] = graph.edgesOf[n] ?? []
  const edge = only === undefined ? undefined : graph.edges[only]
  if (edge && second === undefined)
    return `leaves:${node.type}:${graph.nodes[edge.from === n ? edge.to : edge.from]?.id}`
  const group = node.groups[Math.min(level, node.groups.length - 1)]
  return group ? `${group.fold}:${node.type}:${group.key}` : `rest:${node.type}:`
}

function openedMembers(graph: Graph, { open, nodesMax }: FoldOptions, rankOf: Int32Array): Set<number> {
  if (open.size === 0) return new Set()
  const found = graph.nodes.flatMap((node, n) =>
    !node.rare && [0, 1, 2].some((level) => open.has(`fold:${groupOf(graph, n, level)}`)) ? [n] : [],
  )
  found.sort((a, b) => (rankOf[a] ?? 0) - (rankOf[b] ?? 0))
  return new Set(found.slice(0, Math.floor(nodesMax * OPENED_SHARE)))
}

function countEdges(graph: Graph, keyOf: (n: number) => string): number {
  const numbers = new Map<string, number>()
  const places = graph.nodes.map((_node, n) => {
    const key = keyOf(n)
    const known = numbers.get(key) ?? numbers.size
    numbers.set(key, known)
    return known
  })
  const pairs = new Set<number>()
  for (const { from, to } of graph.edges) {
    const [a, b] = [places[from] ?? 0, places[to] ?? 0]
    if (a !== b) pairs.add(a * graph.nodes.length + b)
  }
  return pairs.size
}

function pictureOf(graph: Graph, keyOf: (n: number) => string, { edgesMax }: FoldOptions): Folded {
  const members = new Map<string, number[]>()
  graph.nodes.forEach((_node, n) => {
    const key = keyOf(n)
    const known = members.get(key)
    if (known) known.push(n)
    else members.set(key, [n])
  })
  const placeOf = new Int32Array(graph.nodes.length)
  const nodes: FoldedNode[] = []
  const put = (node: FoldedNode): void => {
    for (const member of node.members) placeOf[member] = nodes.length
    nodes.push(node)
  }
  for (const [key, own] of members) {
    const [only] = own
    const alone = only !== undefined && own.length === 1 && !graph.nodes[only]?.rare
    put(alone ? single(graph, only) : together(graph, key, own))
  }
  const byEnds = new Map<number, FoldedEdge>()
  const inside: number[] = []
  graph.edges.forEach((edge, n) => {
    const [from, to] = [placeOf[edge.from] ?? 0, placeOf[edge.to] ?? 0]
    if (from === to) return void inside.push(n)
    const key = from * nodes.length + to
    const known = byEnds.get(key)
    if (!known) {
      const { count, bytes, first, last, kinds, times } = edge
      byEnds.set(key, { from, to, count, bytes, first, last, kinds: [...kinds], times, members: [n] })
      return
    }
    addSeen(known, edge)
    known.times = addTimes(known.times, edge.times)
    for (const kind of edge.kinds) if (!known.kinds.includes(kind)) known.kinds.push(kind)
    known.members.push(n)
  })
  const edges = [...byEnds.values()].sort((a, b) => b.count - a.count)
  return { nodes, placeOf, inside, edges: edges.slice(0, edgesMax), undrawn: edges.slice(edgesMax) }
}

function single(graph: Graph, n: number): FoldedNode {
  const { id, type, label, count, bytes, first, last } = graph.nodes[n] ?? NOBODY
  return { id, type, label, fold: null, members: [n], count, bytes, first, last }
}

function together(graph: Graph, key: string, members: number[]): FoldedNode {
  const [kind = 'rest', type = 'address', ...rest] = key.split(':')
  const name = rest.join(':')
  const known = graph.nodes[members[0] ?? 0] ?? NOBODY
  const label = kind === 'leaves' ? (graph.nodes[graph.byId.get(name) ?? -1]?.label ?? name) : name
  const node: FoldedNode = {
    ...{ id: `fold:${kind}:${type}:${name}`, type: known.type, label, fold: foldNamed(kind), members },
    ...{ count: 0, bytes: null, first: null, last: null },
  }
  for (const member of members) {
    const one = graph.nodes[member]
    if (one) addSeen(node, one)
  }
  return node
}

const foldNamed = (kind: string): MapFold =>
  kind === 'network' || kind === 'domain' || kind === 'name' || kind === 'leaves' ? kind : 'rest'

const NOBODY: GraphNode = {
  ...{ id: '', type: 'address', label: '', detail: '', scope: null, groups: [] },
  ...{ count: 0, bytes: null, first: null, last: null, degree: 0, stands: 1 },
}
