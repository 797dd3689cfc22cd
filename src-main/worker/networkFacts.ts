import { AppError } from '#contract/appError'
import type { Output, Parsed } from '#contract/contract'
import type { CanonicalField, MapEdgeKind } from '#contract/values'
import type { GraphEdge, GraphNode } from '../graph/network.ts'
import { isoOfUsOrNull } from '../sqlite/conditions.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { timesIn } from '../sqlite/queries/networkPairs.read.ts'
import { count as countMatching, facets } from '../sqlite/queries/rows.read.ts'
import type { RowFilter } from '../sqlite/rowView.ts'
import type { ReadContext } from './contexts.ts'
import { alertsOn } from './networkAlerts.ts'
import { networkOf, ofTypes, placeOfNode, type Network } from './networkGraph.ts'
import { nodeOf, singleOf } from './networkPicture.ts'
import { columnsOf } from './processForest.ts'

const PORTS_MAX = 12
const OTHERS_MAX = 8
const ALERTS_MAX = 20
/** Names and addresses of a host that a query names. */
const TERMS_MAX = 40
const TIMES_MAX = 50_000

/** Fields in which the start and the end of an edge stand. */
const STARTS: readonly CanonicalField[] = ['src_ip', 'hostname', 'username', 'process_name', 'domain', 'url']
const ENDS: readonly CanonicalField[] = ['dst_ip', 'hostname', 'domain', 'url', 'process_name']

/** What the evidence says about a node, or about the edge between two in either direction. AppError 'not-found', as networkOf. */
export function facts(context: ReadContext, asked: Parsed<'networkMap.facts'>): Output<'networkMap.facts'> {
  const network = ofTypes(networkOf(context, asked), asked.types)
  const { graph } = network
  const place = placeOf(network, asked.node)
  const other = asked.other === undefined ? null : placeOf(network, asked.other)
  const edges = (graph.edgesOf[place.n] ?? []).flatMap((n) => {
    const edge = graph.edges[n]
    return edge && (other === null || edge.from === other.n || edge.to === other.n) ? [{ ...edge, n }] : []
  })
  const alerts = alertsOn(context, asked.huntId, network)
  const found =
    other === null ? (alerts.ofNode.get(place.n) ?? []) : edges.flatMap(({ n }) => alerts.ofEdge.get(n) ?? [])
  const rows = rowsBehind(context, network, asked, place.node, other?.node ?? null)
  const { ports, interval } = portsAndInterval(context, rows, asked)
  const machine = network.inventory.machines.all.find(({ id }) => `host:${id}` === place.node.id)
  const total = totalOf(edges)
  return {
    node: other === null ? nodeOf(network, alerts, singleOf(place.node, place.n), null) : null,
    names: other === null && machine ? [...machine.names, ...machine.addresses, ...machine.macs] : [],
    users: other === null && machine ? machine.users.slice(0, OTHERS_MAX) : [],
    ports,
    from: ends(
      network,
      edges.filter(({ to }) => to === place.n),
      'from',
    ),
    to: ends(
      network,
      edges.filter(({ from }) => from === place.n),
      'to',
    ),
    kinds: [...new Set(edges.flatMap(({ kinds }): MapEdgeKind[] => kinds))],
    ...{ count: total.count, bytes: total.bytes, first: isoOfUsOrNull(total.first), last: isoOfUsOrNull(total.last) },
    interval,
    rows: rows.map(({ handle: _handle, ...one }) => one),
    alerts: found.slice(0, ALERTS_MAX),
    alertsTotal: found.length,
    soc:
      [place.node, ...(other ? [other.node] : [])].find(({ type }) => type === 'address')?.label ??
      machine?.addresses[0] ??
      null,
  }
}

function placeOf(network: Network, wanted: string): { n: number; node: GraphNode } {
  const n = placeOfNode(network, wanted)
  const node = network.graph.nodes[n]
  if (!node) throw new AppError('not-found', `The map has no ${wanted} in the rows that match.`, { node: wanted })
  return { n, node }
}

function totalOf(edges: readonly GraphEdge[]): Pick<GraphEdge, 'count' | 'bytes' | 'first' | 'last'> {
  const times = edges.flatMap(({ first, last }) => [first, last]).filter((time) => time !== null)
  const known = edges.flatMap(({ bytes }) => (bytes === null ? [] : [bytes]))
  return {
    count: edges.reduce((sum, { count }) => sum + count, 0),
    bytes: known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0),
    first: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    last: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
  }
}

const ends = ({ graph }: Network, edges: readonly GraphEdge[], end: 'from' | 'to') =>
  edges.slice(0, OTHERS_MAX).flatMap((edge) => {
    const node = graph.nodes[edge[end]]
    return node ? [{ id: node.id, label: node.label, count: edge.count }] : []
  })

type Rows = Output<'networkMap.facts'>['rows'][number] & { handle: DatasetHandle }

/** Queries that find the rows of a node or an edge in each dataset, with how many there are. */
function rowsBehind(
  context: ReadContext,
  network: Network,
  asked: Parsed<'networkMap.facts'>,
  node: GraphNode,
  other: GraphNode | null,
): Rows[] {
  return network.datasets
    .flatMap(({ id, name, edges }): Rows[] => {
      if (edges === 0) return []
      const handle = context.datasets.open(id)
      const columns = columnsOf(handle)
      const has = (field: CanonicalField): boolean => columns.feeding(field).length > 0
      const at = (one: GraphNode, fields: readonly CanonicalField[]): string =>
        fields
          .filter(has)
          .flatMap((field) => termsOf(network, one, field))
          .slice(0, TERMS_MAX)
          .join(' OR ')
      const both = (a: GraphNode, b: GraphNode): string => {
        const [start, end] = [at(a, STARTS), at(b, ENDS)]
        return start === '' || end === '' ? '' : `((${start}) AND (${end}))`
      }
      const wanted =
        other === null
          ? at(node, [...new Set([...STARTS, ...ENDS])])
          : [both(node, other), both(other, node)].filter((text) => text !== '').join(' OR ')
      if (wanted === '') return []
      const own = asked.q?.trim() ?? ''
      const q = own === '' ? wanted : `(${own}) AND (${wanted})`
      const rows = countMatching(handle, { q, from: asked.from, to: asked.to })
      return rows === 0 ? [] : [{ datasetId: id, name, q, rows, handle }]
    })
    .sort((a, b) => b.rows - a.rows)
}

const quoted = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`

/** How a node may stand in a field. */
function termsOf({ inventory }: Network, node: GraphNode, field: CanonicalField): string[] {
  const text = node.id.slice(node.id.indexOf(':') + 1)
  const exact = (values: readonly string[]): string[] => values.map((value) => `${field}:${quoted(value)}`)
  const address = field === 'src_ip' || field === 'dst_ip'
  if (node.type === 'host') {
    const machine = inventory.machines.all.find(({ id }) => id === text)
    if (address) return exact(machine?.addresses ?? [])
    return field === 'hostname' || field === 'domain' ? exact(machine?.names ?? [node.label]) : []
  }
  if (node.type === 'address') return address || field === 'domain' ? exact([text]) : []
  if (node.type === 'process')
    return field === 'process_name' ? [`${field}:*${node.label.replace(/[^\w.-]/g, '?')}`] : []
  const fields: Partial<Record<GraphNode['type'], CanonicalField>> = { domain: 'domain', url: 'url', user: 'username' }
  return fields[node.type] === field ? exact([node.label]) : []
}

/** Ports of the dataset that tells most, and how regular its rows are. */
function portsAndInterval(context: ReadContext, rows: readonly Rows[], { from, to }: RowFilter) {
  type Found = Pick<Output<'networkMap.facts'>, 'ports' | 'interval'>
  const found: Found = { ports: [], interval: null }
  for (const { handle, q } of rows) {
    const [port] = columnsOf(handle).feeding('dst_port')
    if (!port) continue
    const { values } = facets(handle, { column: port.name, limit: PORTS_MAX, q, from, to })
    found.ports = values.flatMap(({ value, count }) => (value === null ? [] : [{ port: String(value), count }]))
    break
  }
  const [first] = rows
  const times = first ? timesIn(first.handle, { q: first.q, from, to }, TIMES_MAX) : null
  if (times && times.length >= 3) {
    const gaps = times.slice(1).map((time, n) => (time - (times[n] ?? time)) / 1e6)
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    gaps.sort((a, b) => a - b)
    found.interval = { median: gaps[Math.floor(gaps.length / 2)] ?? 0, mean }
  }
  return found
}
