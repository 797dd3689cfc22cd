import { z } from 'zod'
import { count, id, iocScope, paging, severity, time, verdict } from './common.ts'
import { query } from './define.ts'
import { hostList } from './hosts.ts'
import { rowFilter } from './rowFilter.ts'
import { mapEdgeKinds, mapFolds, mapNodeTypes } from './values.ts'

/** Above so many nodes or edges a map is folded; a page that is asked for more gets no more than the last numbers. */
const NODES_SHOWN = 1_500
const EDGES_SHOWN = 4_000
const NODES_SHOWN_MAX = 2_500
const EDGES_SHOWN_MAX = 6_000
const DATASETS_NAMED_MAX = 500

const nodeId = z
  .string()
  .max(2_000)
  .describe('Type and what it is called: host:nashua, address:192.168.0.4, domain:www.example.org')
const bytes = count.nullable().describe('Bytes sent and received; null: no row tells')
const seen = { first: time.nullable(), last: time.nullable() }
const type = z.enum(mapNodeTypes)
const kinds = z.array(z.enum(mapEdgeKinds))

const alertMark = z.object({
  count: count.describe('Alerts'),
  worst: severity,
  alertId: id.describe('Of the worst one'),
})

export const mapNode = z.object({
  id: nodeId,
  type,
  label: z.string(),
  detail: z.string().describe('A second line: the addresses of a host; empty where there is none'),
  scope: iocScope.nullable().describe('Of an address'),
  members: count.describe('Nodes that stand here as one; 1: itself'),
  fold: z.enum(mapFolds).nullable().describe('Why they stand as one; null: it is a single node'),
  count: count.describe('Rows of its edges'),
  bytes,
  ...seen,
  degree: count.describe('Other nodes it is tied to, in the whole map'),
  alerts: alertMark.nullable().describe('Alerts whose evidence names it; false positives are left out'),
  verdict: verdict.nullable().describe('Of the indicator lists'),
})
export type MapNode = z.infer<typeof mapNode>

export const mapEdge = z.object({
  from: nodeId,
  to: nodeId,
  kinds,
  count: count.describe('Rows'),
  bytes,
  ...seen,
  merged: count.describe('Edges that are told as this one; 1: itself'),
  alerts: alertMark.nullable().describe('Alerts whose evidence names both ends in one row'),
  times: z
    .array(z.tuple([count, count]))
    .describe('Bucket of the time axis, from 0, and rows in it; empty where a large dataset has very many edges'),
})
export type MapEdge = z.infer<typeof mapEdge>

const narrowed = {
  huntId: id,
  datasetIds: z.array(id).min(1).max(DATASETS_NAMED_MAX).optional().describe('Default: every dataset of the hunt'),
  ...rowFilter,
  types: z.array(type).min(1).optional().describe('Only nodes of these types; default: all'),
}

const shape = {
  ...narrowed,
  nodesMax: z.number().int().min(20).max(NODES_SHOWN_MAX).default(NODES_SHOWN).describe('Nodes drawn at most'),
  edgesMax: z.number().int().min(50).max(EDGES_SHOWN_MAX).default(EDGES_SHOWN).describe('Edges drawn at most'),
  open: z.array(nodeId).max(50).default([]).describe('Folded nodes whose members are wanted one by one'),
}

export const networkPicture = z.object({
  nodes: z.array(mapNode),
  edges: z.array(mapEdge).describe('Most rows first'),
  types: z.array(z.object({ type, count: count.describe('Nodes of the whole map') })),
  all: z.object({ nodes: count, edges: count, rows: count }).describe('Of the whole map'),
  folded: z.object({
    nodes: count.describe('Nodes that stand in others'),
    edges: count.describe('Edges that are drawn as part of another'),
    inside: count.describe('Edges between nodes that stand as one'),
    undrawn: count.describe('Edges beyond the number that is drawn: those of fewest rows'),
  }),
  axis: z
    .object({
      from: time,
      bucketSeconds: count,
      buckets: z.array(count).describe('Rows of all edges in each'),
    })
    .nullable()
    .describe('Null: no row has a time'),
  rows: z.object({ matched: count.describe('Rows that match'), all: count.describe('Rows of the datasets') }),
  rare: z
    .object({
      nodes: count.describe('Names, about: one that several datasets have counts in each'),
      edges: count,
      rows: count,
    })
    .describe(
      'What is part of folded nodes only, on none of the edges that are told by themselves: the 150,000 of most rows',
    ),
  datasets: z.array(
    z.object({
      id,
      name: z.string(),
      edges: count.describe('Different pairs that its rows tie'),
      leftOut: z.string().nullable().describe('For people: why it is not on the map'),
    }),
  ),
})
export type NetworkPicture = z.infer<typeof networkPicture>

const listedEdge = mapEdge.omit({ times: true }).extend({
  fromLabel: z.string(),
  toLabel: z.string(),
  fromType: type,
  toType: type,
  shown: z.enum(['drawn', 'merged', 'inside', 'undrawn']).describe('Whether it is drawn, and as what'),
})
export type ListedEdge = z.infer<typeof listedEdge>
const listedNode = mapNode.omit({ fold: true, verdict: true }).extend({
  standsIn: nodeId.nullable().describe('The node that it stands in; null: it is drawn'),
  standsInLabel: z.string().nullable(),
})
export type ListedNode = z.infer<typeof listedNode>

const rowsBehind = z.object({
  datasetId: id,
  name: z.string(),
  q: z.string().describe('Query that finds them'),
  rows: count,
})

export const mapFacts = z.object({
  node: mapNode.nullable().describe('Null for an edge'),
  names: z.array(z.string()).describe('Names, addresses and MAC addresses of a host'),
  users: z.array(z.string()),
  ports: z
    .array(z.object({ port: z.string(), count: count.describe('Rows') }))
    .describe('Destination ports, most first, at most 12'),
  from: z.array(z.object({ id: nodeId, label: z.string(), count: count.describe('Rows') })).describe('At most 8'),
  to: z.array(z.object({ id: nodeId, label: z.string(), count: count.describe('Rows') })).describe('At most 8'),
  kinds,
  count: count.describe('Rows of its edges'),
  bytes,
  ...seen,
  interval: z
    .object({ median: z.number().describe('Seconds'), mean: z.number().describe('Seconds') })
    .nullable()
    .describe('Between its rows in order of time; null with fewer than 3 or more than 50,000 of them'),
  rows: z.array(rowsBehind),
  alerts: z.array(z.object({ id, title: z.string(), severity })).describe('At most 20, worst first'),
  alertsTotal: count.describe('Alerts about it'),
  soc: z.string().nullable().describe('Address to look up in the SOC console'),
})
export type MapFacts = z.infer<typeof mapFacts>

const example = { huntId: '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001' }
const wanted = z.string().max(2_000).describe('Id of a node, or anything it is called: name, address, domain')
const around = z
  .object({ node: wanted, depth: z.number().int().min(1).max(10).describe('Edges away') })
  .describe('Only the part of the map that networkMap.neighbours answers')
const unknown = 'Null: no such node in this map'

export const networkMap = {
  'networkMap.build': query(
    'The network map of a hunt: who talked with whom, from the rows that match. Many nodes are folded into few; nothing is left out unsaid.',
    z.object(shape),
    networkPicture,
    { ...example, q: 'dst_port:8443' },
  ),
  'networkMap.progress': query(
    'How far the map of a hunt that is being counted is.',
    z.object({ huntId: id }),
    z.object({
      progress: z
        .object({ done: count.describe('Kinds of edges that are counted, machines as one of them'), total: count })
        .nullable()
        .describe('Null: none is being counted'),
    }),
    example,
  ),
  'networkMap.hosts': query(
    'The hosts of a hunt, as hosts.list.',
    z.object({ huntId: id, ...paging }),
    hostList,
    example,
  ),
  'networkMap.neighbours': query(
    'The part of the map around a node: what is tied to it by so many edges.',
    z.object({ ...shape, node: wanted, depth: z.number().int().min(1).max(10).default(1).describe('Edges away') }),
    networkPicture.extend({ node: nodeId.nullable().describe(unknown) }),
    { ...example, node: '10.0.1.6', depth: 2 },
  ),
  'networkMap.path': query(
    'Shortest ways between two nodes, over the whole map and not only what is drawn; each way shares no edge with those before.',
    z.object({
      ...narrowed,
      from: rowFilter.from,
      to: rowFilter.to,
      source: wanted,
      target: wanted,
      directed: z.boolean().default(false).describe('Edges are followed in their direction only'),
      most: z.number().int().min(1).max(10).default(3).describe('Ways'),
    }),
    z.object({
      source: nodeId.nullable().describe(unknown),
      target: nodeId.nullable().describe(unknown),
      paths: z.array(
        z.object({
          nodes: z.array(mapNode.omit({ verdict: true })),
          edges: z.array(mapEdge.omit({ times: true })).describe('In the order of the way; each in its own direction'),
        }),
      ),
      total: count.describe('Ways found'),
    }),
    { ...example, source: '10.0.1.4', target: '192.168.0.4' },
  ),
  'networkMap.edges': query(
    'Every edge of the map, most rows first, with how it is drawn: the table beside the picture.',
    z.object({
      ...shape,
      text: z.string().max(200).optional().describe('Words in one of the ends'),
      node: nodeId.optional().describe('Only edges of this node'),
      only: z.enum(['all', 'folded']).default('all'),
      around: around.optional(),
      ...paging,
    }),
    z.object({ edges: z.array(listedEdge), total: count }),
    { ...example, only: 'folded' },
  ),
  'networkMap.nodes': query(
    'Every node of the map, most rows first, with the one it stands in.',
    z.object({
      ...shape,
      text: z.string().max(200).optional().describe('Words in its name'),
      within: nodeId.optional().describe('Only members of this folded node'),
      only: z.enum(['all', 'folded']).default('all'),
      around: around.optional(),
      ...paging,
    }),
    z.object({ nodes: z.array(listedNode), total: count }),
    { ...example, text: '192.168' },
  ),
  'networkMap.facts': query(
    'What the evidence says about a node, or about the edge between two.',
    z.object({ ...narrowed, node: wanted, other: wanted.optional().describe('The other end of an edge') }),
    mapFacts,
    { ...example, node: 'address:192.168.0.4' },
  ),
}
