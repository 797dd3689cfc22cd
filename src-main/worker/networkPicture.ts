import type { Output, Parsed } from '#contract/contract'
import type { ListedEdge, ListedNode, MapEdge, MapNode, NetworkPicture } from '#contract/networkMap'
import { mapNodeTypes, severities, type Verdict } from '#contract/values'
import { fold, type Folded, type FoldedEdge, type FoldedNode } from '../graph/fold.ts'
import type { Graph, GraphEdge, GraphNode } from '../graph/network.ts'
import { pathsBetween } from '../graph/walk.ts'
import { isoOfUsOrNull } from '../sqlite/conditions.ts'
import { workspaceVersion } from '../sqlite/queries/processes.read.ts'
import type { ReadContext } from './contexts.ts'
import { lookUp } from './lookUp.ts'
import { alertsOn, markOf, type NetworkAlerts } from './networkAlerts.ts'
import { networkAround, networkOf, ofTypes, placeOfNode, type Network } from './networkGraph.ts'

type Shape = Parsed<'networkMap.build'>
type Around = { around?: { node: string; depth: number } | undefined }
type Drawn = { network: Network; alerts: NetworkAlerts; folded: Folded; node: string | null }

/** The last pictures of each network: pages of its tables come one after another. */
const kept = new WeakMap<Network, Map<string, Drawn>>()
const KEPT_MAX = 4

/** The part of a network that is asked for, with its alerts, folded. AppError as networkOf. */
function drawnOf(context: ReadContext, asked: Shape & Around): Drawn {
  const whole = networkOf(context, asked)
  const { types, nodesMax, edgesMax, open, around } = asked
  const key = JSON.stringify([types, nodesMax, edgesMax, open, around, workspaceVersion(context.db)])
  const pictures = kept.get(whole) ?? new Map<string, Drawn>()
  kept.set(whole, pictures)
  const known = pictures.get(key)
  if (known) return known
  const typed = ofTypes(whole, types)
  const part = around ? networkAround(typed, around.node, around.depth) : { network: typed, node: null }
  const network = part?.network ?? { ...typed, graph: { nodes: [], edges: [], byId: new Map(), edgesOf: [] } }
  const made = { ...drawn(context, asked, network), node: part?.node ?? null }
  pictures.set(key, made)
  for (const oldest of pictures.keys()) {
    if (pictures.size <= KEPT_MAX) break
    pictures.delete(oldest)
  }
  return made
}

function drawn(context: ReadContext, asked: Shape, network: Network): Omit<Drawn, 'node'> {
  const { graph } = network
  const alerts = alertsOn(context, asked.huntId, network)
  const rank = (node: GraphNode): number => {
    const mark = markOf(alerts.ofNode, [graph.byId.get(node.id) ?? -1])
    const worst = mark === null ? 0 : severities.length - severities.indexOf(mark.worst)
    return worst * 1e9 + Math.min(1e9 - 1, node.degree * 1e3 + Math.log2(1 + node.count))
  }
  const folded = fold(graph, { nodesMax: asked.nodesMax, edgesMax: asked.edgesMax, open: new Set(asked.open), rank })
  return { network, alerts, folded }
}

/** The picture of the whole network of a question. AppError as networkOf. */
export function build(context: ReadContext, asked: Shape, now: number): NetworkPicture {
  return pictureOf(context, drawnOf(context, asked), now)
}

/** The picture of what is around a node. AppError as networkOf. */
export function neighbours(
  context: ReadContext,
  { node, depth, ...asked }: Parsed<'networkMap.neighbours'>,
  now: number,
): Output<'networkMap.neighbours'> {
  const part = drawnOf(context, { ...asked, around: { node, depth } })
  return { ...pictureOf(context, part, now), node: part.node }
}

function pictureOf(context: ReadContext, { network, alerts, folded }: Drawn, now: number): NetworkPicture {
  const { graph, axis, datasets } = network
  const rareEdges = graph.edges.filter((edge) => [edge.from, edge.to].some((n) => graph.nodes[n]?.rare))
  const looked = folded.nodes.map((node) => (node.fold === null ? meant(node) : ''))
  const verdicts = lookUp(context, [...new Set(looked.filter((value) => value !== ''))], now)
  const verdictOf = new Map(verdicts.map(({ value, verdict }) => [value, verdict] as const))
  const buckets = Array.from({ length: axis?.count ?? 0 }, () => 0)
  for (const { times } of graph.edges)
    for (const [bucket, count] of times) if (bucket < buckets.length) buckets[bucket] = (buckets[bucket] ?? 0) + count
  const drawnAsPart = folded.edges.reduce(
    (sum, edge) => sum + (mergedIn(graph, edge) > 1 ? mergedIn(graph, edge) : 0),
    0,
  )
  return {
    nodes: folded.nodes.map((node, n) => nodeOf(network, alerts, node, verdictOf.get(looked[n] ?? '') ?? null)),
    edges: folded.edges.map((edge) => edgeOf(network, folded, alerts, edge)),
    types: mapNodeTypes.map((type) => ({
      type,
      count: standing(graph.nodes.filter((node) => node.type === type)),
    })),
    all: {
      nodes: standing(graph.nodes),
      edges: graph.edges.reduce((sum, { merged }) => sum + merged, 0),
      rows: graph.edges.reduce((sum, { count }) => sum + count, 0),
    },
    folded: {
      nodes: folded.nodes.reduce((sum, node) => sum + (node.fold === null ? 0 : membersOf(graph, node)), 0),
      edges: drawnAsPart,
      inside: folded.inside.reduce((sum, n) => sum + (graph.edges[n]?.merged ?? 0), 0),
      undrawn: folded.undrawn.reduce((sum, edge) => sum + mergedIn(graph, edge), 0),
    },
    axis: axis && { from: axis.from, bucketSeconds: axis.bucketSeconds, buckets },
    rows: {
      matched: datasets.reduce((sum, { matched }) => sum + matched, 0),
      all: datasets.reduce((sum, { rows }) => sum + rows, 0),
    },
    rare: {
      nodes: standing(graph.nodes.filter(({ rare }) => rare)),
      edges: rareEdges.reduce((sum, { merged }) => sum + merged, 0),
      rows: rareEdges.reduce((sum, { count }) => sum + count, 0),
    },
    datasets: datasets.map(({ id, name, edges, leftOut }) => ({ id, name, edges, leftOut })),
  }
}

const standing = (nodes: readonly GraphNode[]): number => nodes.reduce((sum, { stands }) => sum + stands, 0)
const membersOf = ({ nodes }: Graph, { members }: FoldedNode): number =>
  members.reduce((sum, n) => sum + (nodes[n]?.stands ?? 0), 0)
const mergedIn = ({ edges }: Graph, { members }: FoldedEdge): number =>
  members.reduce((sum, n) => sum + (edges[n]?.merged ?? 0), 0)

/** What lists can say something about. */
const meant = ({ type, id, label }: FoldedNode): string =>
  type === 'address' || type === 'domain' ? id.slice(id.indexOf(':') + 1) : type === 'url' ? label : ''

export function nodeOf({ graph }: Network, alerts: NetworkAlerts, node: FoldedNode, verdict: Verdict | null): MapNode {
  const [only] = node.members
  const one = node.fold === null && only !== undefined ? graph.nodes[only] : undefined
  return {
    ...{ id: node.id, type: node.type, label: node.label, fold: node.fold, members: membersOf(graph, node) },
    ...{ detail: one?.detail ?? '', scope: one?.scope ?? null },
    ...{ count: node.count, bytes: node.bytes },
    ...{ first: isoOfUsOrNull(node.first), last: isoOfUsOrNull(node.last) },
    degree: one?.degree ?? node.members.reduce((most, member) => Math.max(most, graph.nodes[member]?.degree ?? 0), 0),
    alerts: markOf(alerts.ofNode, node.members),
    verdict,
  }
}

function edgeOf({ graph }: Network, folded: Folded, alerts: NetworkAlerts, edge: FoldedEdge): MapEdge {
  return {
    ...{ from: folded.nodes[edge.from]?.id ?? '', to: folded.nodes[edge.to]?.id ?? '', kinds: edge.kinds },
    ...{ count: edge.count, bytes: edge.bytes, first: isoOfUsOrNull(edge.first), last: isoOfUsOrNull(edge.last) },
    ...{ merged: mergedIn(graph, edge), alerts: markOf(alerts.ofEdge, edge.members), times: edge.times },
  }
}

/** Ways between two nodes over the whole network. AppError as networkOf. */
export function path(context: ReadContext, asked: Parsed<'networkMap.path'>): Output<'networkMap.path'> {
  const network = ofTypes(networkOf(context, asked), asked.types)
  const { graph } = network
  const alerts = alertsOn(context, asked.huntId, network)
  const [source, target] = [placeOfNode(network, asked.source), placeOfNode(network, asked.target)]
  const found = source < 0 || target < 0 ? [] : pathsBetween(graph, source, target, asked)
  const idOf = (place: number): string | null => graph.nodes[place]?.id ?? null
  return {
    source: idOf(source),
    target: idOf(target),
    paths: found.map(({ nodes, edges }) => ({
      nodes: nodes.map((place) => {
        const { verdict: _verdict, ...node } = nodeOf(network, alerts, singleOf(graph.nodes[place], place), null)
        return node
      }),
      edges: edges.map((n) => plainEdge(network, alerts, n)),
    })),
    total: found.length,
  }
}

export const singleOf = (node: GraphNode | undefined, place: number): FoldedNode => ({
  ...{ id: node?.id ?? '', type: node?.type ?? 'host', label: node?.label ?? '', fold: null, members: [place] },
  ...{ count: node?.count ?? 0, bytes: node?.bytes ?? null, first: node?.first ?? null, last: node?.last ?? null },
})

function plainEdge({ graph }: Network, alerts: NetworkAlerts, n: number) {
  const edge: GraphEdge = graph.edges[n] ?? {
    from: 0,
    to: 0,
    kinds: [],
    count: 0,
    bytes: null,
    first: null,
    last: null,
    times: [],
    merged: 1,
  }
  return {
    ...{ from: graph.nodes[edge.from]?.id ?? '', to: graph.nodes[edge.to]?.id ?? '', kinds: edge.kinds },
    ...{ count: edge.count, bytes: edge.bytes, first: isoOfUsOrNull(edge.first), last: isoOfUsOrNull(edge.last) },
    merged: edge.merged,
    alerts: markOf(alerts.ofEdge, [n]),
  }
}

/** Every edge, with how it is drawn. AppError as networkOf. */
export function edges(context: ReadContext, asked: Parsed<'networkMap.edges'>): Output<'networkMap.edges'> {
  const { network, alerts, folded } = drawnOf(context, asked)
  const { graph } = network
  const shown = new Map<number, ListedEdge['shown']>()
  for (const { members } of folded.edges) for (const n of members) shown.set(n, members.length > 1 ? 'merged' : 'drawn')
  for (const { members } of folded.undrawn) for (const n of members) shown.set(n, 'undrawn')
  for (const n of folded.inside) shown.set(n, 'inside')
  const words = wordsOf(asked.text)
  const wanted = graph.edges.flatMap((edge, n) => {
    const [from, to] = [graph.nodes[edge.from], graph.nodes[edge.to]]
    if (!from || !to) return []
    if (asked.only === 'folded' && shown.get(n) === 'drawn' && single(folded, edge)) return []
    if (
      asked.node !== undefined &&
      !standsFor(folded, edge.from, asked.node, from.id) &&
      !standsFor(folded, edge.to, asked.node, to.id)
    )
      return []
    return words.every((word) => `${from.label} ${from.detail} ${to.label} ${to.detail}`.toLowerCase().includes(word))
      ? [n]
      : []
  })
  return {
    edges: wanted.slice(asked.offset, asked.offset + asked.limit).map((n) => {
      const edge = graph.edges[n]
      const [from, to] = [graph.nodes[edge?.from ?? -1], graph.nodes[edge?.to ?? -1]]
      return {
        ...plainEdge(network, alerts, n),
        ...{
          fromLabel: from?.label ?? '',
          toLabel: to?.label ?? '',
          fromType: from?.type ?? 'host',
          toType: to?.type ?? 'host',
        },
        shown: edge && shown.get(n) === 'drawn' && !single(folded, edge) ? 'merged' : (shown.get(n) ?? 'drawn'),
      }
    }),
    total: wanted.length,
  }
}

/** Both ends are drawn as themselves. */
const single = (folded: Folded, { from, to }: GraphEdge): boolean =>
  [from, to].every((n) => folded.nodes[folded.placeOf[n] ?? -1]?.fold === null)

const standsFor = (folded: Folded, place: number, wanted: string, id: string): boolean =>
  id === wanted || folded.nodes[folded.placeOf[place] ?? -1]?.id === wanted

const wordsOf = (text: string | undefined): string[] => (text ?? '').toLowerCase().split(/\s+/).filter(Boolean)

/** Every node, with the one it stands in. AppError as networkOf. */
export function nodes(context: ReadContext, asked: Parsed<'networkMap.nodes'>): Output<'networkMap.nodes'> {
  const { network, alerts, folded } = drawnOf(context, asked)
  const words = wordsOf(asked.text)
  const wanted = network.graph.nodes.flatMap((node, n) => {
    const place = folded.nodes[folded.placeOf[n] ?? -1]
    if (asked.only === 'folded' && place?.fold === null) return []
    if (asked.within !== undefined && place?.id !== asked.within) return []
    return words.every((word) => `${node.label} ${node.detail}`.toLowerCase().includes(word)) ? [n] : []
  })
  wanted.sort((a, b) => (network.graph.nodes[b]?.count ?? 0) - (network.graph.nodes[a]?.count ?? 0))
  return {
    nodes: wanted.slice(asked.offset, asked.offset + asked.limit).map((n): ListedNode => {
      const place = folded.nodes[folded.placeOf[n] ?? -1]
      const {
        fold: _fold,
        verdict: _verdict,
        ...node
      } = nodeOf(network, alerts, singleOf(network.graph.nodes[n], n), null)
      return {
        ...node,
        standsIn: place?.fold === null ? null : (place?.id ?? null),
        standsInLabel: place?.fold === null ? null : (place?.label ?? null),
      }
    }),
    total: wanted.length,
  }
}
