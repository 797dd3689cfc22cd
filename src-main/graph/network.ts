import type { IocScope, MapEdgeKind, MapFold, MapNodeType } from '#contract/values'

/** What a node is called, and with which others it may stand as one: the narrowest key first. */
export type Named = {
  id: string
  type: MapNodeType
  label: string
  detail: string
  scope: IocScope | null
  groups: readonly { fold: MapFold; key: string }[]
  /** Stands for all nodes of its type that are too rare to be told apart. */
  rare?: boolean
}

/** Times in microseconds since 1970 UTC. */
export type Seen = { count: number; bytes: number | null; first: number | null; last: number | null }

/** `stands`: for how many nodes; 1: for itself. */
export type GraphNode = Named & Seen & { degree: number; stands: number }
/** `from` and `to` are places in the list of nodes; `times`: bucket of the axis and rows in it, in order; `merged`: edges that it stands for. */
export type GraphEdge = Seen & {
  from: number
  to: number
  kinds: MapEdgeKind[]
  times: [number, number][]
  merged: number
}

export type Graph = {
  nodes: GraphNode[]
  edges: GraphEdge[]
  byId: Map<string, number>
  /** The edges of each node, most rows first. */
  edgesOf: number[][]
}

/** What the rows of a dataset say about two ends: every pair once. */
export type Pair = Seen & {
  kind: MapEdgeKind
  from: Named
  to: Named
  times: [number, number][]
  /** Pairs that it stands for; default: 1. */
  pairs?: number
  /** Tells once more of what another dataset counts: it adds no rows to an edge that is there. */
  echo?: boolean
}

const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b)
const later = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b))

/** Adds what was seen of one thing to what is known of it. */
export function addSeen(known: Seen, more: Seen): void {
  known.count += more.count
  if (more.bytes !== null) known.bytes = (known.bytes ?? 0) + more.bytes
  known.first = earlier(known.first, more.first)
  known.last = later(known.last, more.last)
}

/** Two lists of buckets as one. */
export function addTimes(a: readonly [number, number][], b: readonly [number, number][]): [number, number][] {
  if (a.length === 0) return [...b]
  if (b.length === 0) return [...a]
  const sum = new Map(a)
  for (const [bucket, count] of b) sum.set(bucket, (sum.get(bucket) ?? 0) + count)
  return [...sum].sort(([x], [y]) => x - y)
}

/**
 * Makes a graph of pairs: the same two ends in the same direction are one edge, however many datasets tell of it. `stands`: how
 * many nodes a rare one stands for, by its id; `goOn` throws once the call was cancelled.
 */
export function assemble(
  pairs: Iterable<Pair>,
  stands: ReadonlyMap<string, number> = new Map(),
  goOn: () => void = () => undefined,
): Graph {
  const nodes: GraphNode[] = []
  const edges: GraphEdge[] = []
  const byId = new Map<string, number>()
  const byEnds = new Map<number, GraphEdge>()
  const place = (named: Named): number => {
    const known = byId.get(named.id)
    if (known !== undefined) return known
    byId.set(named.id, nodes.length)
    return (
      nodes.push({
        ...named,
        count: 0,
        bytes: null,
        first: null,
        last: null,
        degree: 0,
        stands: stands.get(named.id) ?? 1,
      }) - 1
    )
  }
  let looked = 0
  for (const pair of pairs) {
    if ((++looked & 4_095) === 0) goOn()
    if (pair.from.id === pair.to.id && pair.from.rare !== true) continue
    const [from, to] = [place(pair.from), place(pair.to)]
    const key = endsKey(from, to)
    const known = byEnds.get(key)
    if (known) {
      if (!pair.echo) {
        addSeen(known, pair)
        known.times = addTimes(known.times, pair.times)
        if (pair.from.rare || pair.to.rare) known.merged += pair.pairs ?? 1
      }
      if (!known.kinds.includes(pair.kind)) known.kinds.push(pair.kind)
    } else {
      const { count, bytes, first, last, kind, times, pairs: merged = 1 } = pair
      const edge: GraphEdge = { from, to, kinds: [kind], count, bytes, first, last, times: [...times], merged }
      byEnds.set(key, edge)
      edges.push(edge)
    }
  }
  return linked(nodes, edges, byId)
}

/** Fills in what nodes know of their edges. */
function linked(nodes: GraphNode[], edges: GraphEdge[], byId: Map<string, number>): Graph {
  // Of edges of as many rows that which was told of first comes first: sorting is stable.
  edges.sort((a, b) => b.count - a.count)
  const edgesOf: number[][] = nodes.map(() => [])
  const ends = new Set<number>()
  for (const node of nodes) {
    node.count = 0
    node.bytes = node.first = node.last = null
    node.degree = 0
  }
  edges.forEach((edge, n) => {
    const { from, to } = edge
    // The answer to a connection leads to no other node.
    const other = !ends.has(endsKey(to, from))
    ends.add(endsKey(from, to))
    for (const end of from === to ? [from] : [from, to]) {
      const node = nodes[end]
      if (!node) continue
      addSeen(node, edge)
      if (other) node.degree += 1
      edgesOf[end]?.push(n)
    }
  })
  return { nodes, edges, byId, edgesOf }
}

/** One number for both ends of an edge; there are never so many nodes. */
const endsKey = (from: number, to: number): number => from * 67_108_864 + to

/** The part of a graph that holds only these nodes, and edges between them. Degrees are those of the part. */
export function partOfGraph(graph: Graph, keep: (node: number) => boolean): Graph {
  const nodes: GraphNode[] = []
  const byId = new Map<string, number>()
  const places = new Map<number, number>()
  graph.nodes.forEach((node, n) => {
    if (!keep(n)) return
    places.set(n, nodes.length)
    byId.set(node.id, nodes.length)
    nodes.push({ ...node })
  })
  const edges = graph.edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)]
    return from === undefined || to === undefined ? [] : [{ ...edge, from, to }]
  })
  return linked(nodes, edges, byId)
}
