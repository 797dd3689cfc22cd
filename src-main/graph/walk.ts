import type { Graph } from './network.ts'

/** The nodes that are at most so many edges away, the node itself included; nothing is behind what stands for many. */
export function nodesAround(graph: Graph, start: number, depth: number): Set<number> {
  const reached = new Set([start])
  let edge = [start]
  for (let step = 0; step < depth && edge.length > 0; step++) {
    const next: number[] = []
    for (const node of edge)
      for (const other of graph.nodes[node]?.rare ? [] : othersOf(graph, node, false)) {
        if (reached.has(other.node)) continue
        reached.add(other.node)
        next.push(other.node)
      }
    edge = next
  }
  return reached
}

function* othersOf(graph: Graph, node: number, directed: boolean): Generator<{ node: number; edge: number }> {
  for (const n of graph.edgesOf[node] ?? []) {
    const edge = graph.edges[n]
    if (!edge) continue
    if (edge.from === node) yield { node: edge.to, edge: n }
    else if (!directed) yield { node: edge.from, edge: n }
  }
}

export type Path = { nodes: number[]; edges: number[] }

/**
 * Shortest ways between two nodes, at most `most`: each shares no edge with those before it, so that a direct contact does
 * not hide the way over another machine. Of ways of one length that over edges of more rows comes first.
 */
export function pathsBetween(
  graph: Graph,
  source: number,
  target: number,
  { directed, most }: { directed: boolean; most: number },
): Path[] {
  const paths: Path[] = []
  const used = new Set<number>()
  while (paths.length < most) {
    const path = shortest(graph, source, target, directed, used)
    if (!path || path.edges.length === 0) break
    paths.push(path)
    for (const edge of path.edges) {
      used.add(edge)
      // The answer to a connection is no other way.
      const { from, to } = graph.edges[edge] ?? { from: -1, to: -1 }
      for (const back of graph.edgesOf[to] ?? []) {
        const other = graph.edges[back]
        if (other?.from === to && other.to === from) used.add(back)
      }
    }
  }
  return paths
}

function shortest(
  graph: Graph,
  source: number,
  target: number,
  directed: boolean,
  used: ReadonlySet<number>,
): Path | null {
  const before = new Map<number, { node: number; edge: number } | null>([[source, null]])
  let front = [source]
  while (front.length > 0 && !before.has(target)) {
    const next: number[] = []
    for (const node of front)
      for (const other of othersOf(graph, node, directed)) {
        // Many nodes that stand as one are no way.
        if (used.has(other.edge) || before.has(other.node) || graph.nodes[other.node]?.rare) continue
        before.set(other.node, { node, edge: other.edge })
        next.push(other.node)
      }
    front = next
  }
  if (!before.has(target)) return null
  const path: Path = { nodes: [target], edges: [] }
  for (let step = before.get(target); step; step = before.get(step.node)) {
    path.nodes.unshift(step.node)
    path.edges.unshift(step.edge)
  }
  return path
}
