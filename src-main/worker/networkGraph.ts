import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import type { CanonicalField, MapNodeType } from '#contract/values'
import { assemble, partOfGraph, type Graph, type Named, type Pair } from '../graph/network.ts'
import { relationsOf, type End, type Relation } from '../graph/relations.ts'
import { nodesAround } from '../graph/walk.ts'
import type { DatasetColumns } from '../lineage/processColumns.ts'
import { isoOfUs } from '../sqlite/conditions.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { endsOf, type PairQuestion } from '../sqlite/queries/networkPairs.read.ts'
import { datasetsOf } from '../sqlite/queries/processes.read.ts'
import { count as countMatching } from '../sqlite/queries/rows.read.ts'
import { marksVersion, microseconds, type RowFilter } from '../sqlite/rowView.ts'
import { stretch } from '../predicate/timeStretch.ts'
import { timeSpan } from '../sqlite/timeAxis.ts'
import type { ReadContext } from './contexts.ts'
import { addressesIn, inventoryOf, inventoryVersion, type Inventory } from './hostInventory.ts'
import { namesOf, type Names } from './networkNames.ts'
import { columnsOf, versionOf } from './processForest.ts'

/** Edges that are told by themselves, of all datasets of a hunt, and of one kind in one dataset; others are told together. */
const EDGES_MAX = 150_000
const PAIRS_MAX = 100_000
/** Each kind may tell so many, however many datasets there are. */
const PAIRS_MIN = 200
/** Bars of the time axis at most. */
const BUCKETS = 60
/** Graphs that a reader keeps: the whole one and those of the last filters. Their edges take up to about 0.7 kB each. */
const KEPT_MAX = 3
const KEPT_EDGES_MAX = 450_000

export type NetworkQuestion = RowFilter & {
  huntId: string
  datasetIds?: string[] | undefined
  types?: MapNodeType[] | undefined
}

export type Axis = { from: string; bucketSeconds: number; start: number; size: number; count: number }
export type NetworkDataset = {
  id: string
  name: string
  edges: number
  leftOut: string | null
  rows: number
  matched: number
}
export type Network = {
  graph: Graph
  names: Names
  inventory: Inventory
  datasets: NetworkDataset[]
  axis: Axis | null
}

/** Kinds of edges that are counted, the machines as one of them, and how many there are. */
export type NetworkProgress = { done: number; total: number }

const kept = new WeakMap<ReadContext['datasets'], Map<string, Network>>()

/** The network of the rows that match, for the files as they are: the same object as long as they are. AppError 'cancelled', 'invalid-input'. */
export function networkOf(context: ReadContext, question: NetworkQuestion): Network {
  const { huntId, q = '', from, to, datasetIds } = question
  const all = datasetsOf(context.db, huntId)
  const named = datasetIds === undefined ? all : all.filter(({ id }) => datasetIds.includes(id))
  const versions = named.map(({ id, name }) => `${name} ${versionOf(context, id)} ${marksOf(context, id, question)}`)
  const key = JSON.stringify([huntId, q.trim(), from, to, versions, inventoryVersion(context, huntId), all.length])
  const graphs = kept.get(context.datasets) ?? new Map<string, Network>()
  kept.set(context.datasets, graphs)
  const whole = graphs.get(key) ?? build(context, question, named)
  graphs.delete(key)
  graphs.set(key, whole)
  for (const oldest of graphs.keys()) {
    const edges = [...graphs.values()].reduce((sum, { graph }) => sum + graph.edges.length, 0)
    if (graphs.size === 1 || (graphs.size <= KEPT_MAX && edges <= KEPT_EDGES_MAX)) break
    graphs.delete(oldest)
  }
  return whole
}

/** The part of a network that has nodes of these types; undefined: all of it. */
export function ofTypes(network: Network, types: readonly MapNodeType[] | undefined): Network {
  if (types === undefined) return network
  const { graph } = network
  return { ...network, graph: partOfGraph(graph, (n) => types.includes(graph.nodes[n]?.type ?? 'host')) }
}

function marksOf(context: ReadContext, id: string, filter: RowFilter): number {
  try {
    return marksVersion(context.datasets.open(id), filter)
  } catch (error) {
    if (error instanceof AppError && error.code === 'dataset-damaged') return 0
    throw error
  }
}

function build(
  context: ReadContext,
  question: NetworkQuestion,
  named: readonly { id: string; name: string }[],
): Network {
  const kinds = relationsIn(context, named)
  // The machines are counted first, which takes as long as a kind of edge.
  const told = (done: number): void => context.progress({ done, total: kinds + 1 } satisfies NetworkProgress)
  told(0)
  const inventory = inventoryOf(context, question.huntId)
  told(1)
  const names = namesOf(inventory.machines, inventory.tokenOfName)
  const axis = axisOf(context, named, question)
  const failures: AppError[] = []
  const pairs: Pair[] = []
  const rare = new Map<string, number>()
  const budget = { edges: EDGES_MAX, relations: kinds }
  const datasets = named.map(({ id, name }): NetworkDataset => {
    try {
      const handle = context.datasets.open(id)
      const before = pairs.length
      const found = pairsIn(handle, names, question, axis, budget, () => told(kinds + 1 - budget.relations))
      for (const pair of found.pairs) pairs.push(pair)
      for (const [id, count] of found.rare) rare.set(id, (rare.get(id) ?? 0) + count)
      const matched = found.relations === 0 ? 0 : countMatching(handle, question)
      const leftOut =
        found.relations > 0 ? null : 'No two of its columns name hosts, addresses, domains, URLs, users or processes.'
      return { id, name, edges: pairs.length - before, leftOut, rows: handle.rows, matched }
    } catch (error) {
      const excused =
        error instanceof AppError &&
        (error.code === 'dataset-damaged' || (error.code === 'invalid-input' && error.detail?.['column'] !== undefined))
      if (!excused) throw error
      if (error.code === 'invalid-input') failures.push(error)
      const field = error.detail?.['column']
      return {
        id,
        name,
        edges: 0,
        rows: 0,
        matched: 0,
        leftOut: typeof field === 'string' ? `It has no field ${field}.` : error.message,
      }
    }
  })
  const [first] = failures
  if (first && failures.length === named.length) throw first
  // What counts first comes first.
  pairs.sort((a, b) => Number(a.echo ?? false) - Number(b.echo ?? false))
  return { graph: assemble(pairs, rare, context.goOn), names, inventory, datasets, axis }
}

/** What the rows of a dataset tie together. */
export function tiesOf(handle: DatasetHandle): { columns: DatasetColumns; answers: Column[]; relations: Relation[] } {
  const columns = columnsOf(handle)
  const answers = columns.named('answers', 'QueryResults')
  const dns = answers.length > 0 || columns.named('qtype_name', 'qtype', 'rcode_name').length > 0
  return { columns, answers, relations: relationsOf((field) => columns.feeding(field).length > 0, dns) }
}

/** Kinds of edges that all datasets together have; each gets its share of those that may be told. */
function relationsIn(context: ReadContext, named: readonly { id: string }[]): number {
  return named.reduce((sum, { id }) => {
    try {
      const { relations, answers } = tiesOf(context.datasets.open(id))
      return sum + relations.length + Math.min(1, answers.length)
    } catch (error) {
      if (error instanceof AppError && error.code === 'dataset-damaged') return sum
      throw error
    }
  }, 0)
}

/** Pairs of one dataset, each way once. `rare`: how many names stand in no pair that is told by itself, by id of their node. */
function pairsIn(
  handle: DatasetHandle,
  names: Names,
  filter: RowFilter,
  axis: Axis | null,
  budget: { edges: number; relations: number },
  told: () => void,
): { pairs: Pair[]; rare: Map<string, number>; relations: number } {
  const { columns, answers, relations } = tiesOf(handle)
  const ends = relations.length + answers.length === 0 ? null : endsOf(handle, filter)
  const pairs: Pair[] = []
  const rare = new Map<string, number>()
  // Zeek tells of one connection in conn and again in the log of its protocol, under the same uid.
  const echo = columns.named('uid').length > 0 && columns.feeding('connection_state').length === 0
  const tell = (
    kind: Relation['kind'],
    [from, to]: readonly [MapNodeType, MapNodeType],
    question: Pick<PairQuestion, 'from' | 'to' | 'bytes'>,
    nodesOf: (type: MapNodeType, text: string) => (Named | null)[],
  ): void => {
    if (!ends) return
    const share = Math.floor(budget.edges / Math.max(1, budget.relations))
    const most = Math.max(PAIRS_MIN, Math.min(PAIRS_MAX, share))
    const found = ends.pairs({ ...question, axis: axis && { start: axis.start, size: axis.size }, most })
    budget.edges -= found.pairs.length
    budget.relations -= 1
    told()
    for (const [type, count] of [
      [from, found.others.from],
      [to, found.others.to],
    ] as const) {
      const { id } = rareNode(type)
      if (count > 0) rare.set(id, Math.max(rare.get(id) ?? 0, count))
    }
    const echoed = echo && kind === 'connection' ? { echo } : {}
    for (const [n, { from: a, to: b, ...seen }] of [...found.pairs, ...found.rare].entries()) {
      if ((n & 4_095) === 0) handle.goOn()
      const one = a === null ? rareNode(from) : names.nodeOf(from, a)
      if (!one) continue
      for (const other of b === null ? [rareNode(to)] : nodesOf(to, b))
        if (other) pairs.push({ kind, from: one, to: other, ...seen, ...echoed })
    }
  }
  for (const { kind, from, to, bytes } of relations)
    tell(
      kind,
      [from.type, to.type],
      { from: columnsOfEnd(columns, from), to: columnsOfEnd(columns, to), bytes: bytes ? bytesOf(columns) : [] },
      (type, text) => [names.nodeOf(type, text)],
    )
  const domain = columns.feeding('domain')
  if (domain.length > 0 && answers.length > 0)
    tell('answer', ['domain', 'address'], { from: [domain], to: [answers], bytes: [] }, (type, text) =>
      [...new Set(addressesIn(text))].map((address) => names.nodeOf(type, address)),
    )
  return { pairs, rare, relations: relations.length }
}

const plurals: Record<MapNodeType, string> = {
  ...{ host: 'hosts', address: 'addresses', domain: 'domains', url: 'URLs', user: 'users', process: 'processes' },
}
/** The node that stands for all of its type that are on no edge told by itself. */
const rareNode = (type: MapNodeType): Named => ({
  ...{ id: `rare:${type}`, type, label: `rarer ${plurals[type]}`, detail: '', scope: null, groups: [], rare: true },
})

export const columnsOfEnd = (columns: DatasetColumns, { fields }: End): Column[][] =>
  fields.map((field) => columns.feeding(field))

const bytesOf = (columns: DatasetColumns): Column[][] =>
  (['bytes_sent', 'bytes_received'] as const satisfies CanonicalField[])
    .map((field) => columns.feeding(field))
    .filter((group) => group.length > 0)

/** The stretch of time that the datasets span, within that of the question, in equal parts. */
function axisOf(context: ReadContext, named: readonly { id: string }[], { from, to }: RowFilter): Axis | null {
  let [first, end] = [Infinity, -Infinity]
  for (const { id } of named) {
    try {
      const handle = context.datasets.open(id)
      const span = timeSpan(handle)
      if (!span) continue
      first = Math.min(first, span.first)
      end = Math.max(end, span.last + handle.timelineSeconds * 1e6)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'dataset-damaged') throw error
    }
  }
  if (first === Infinity) return null
  first = Math.max(first, microseconds(from) ?? first)
  end = Math.max(first + 1, Math.min(end, microseconds(to) ?? end))
  const bucketSeconds = stretch((end - first) / 1e6, BUCKETS - 1)
  const size = bucketSeconds * 1e6
  const start = Math.floor(first / size) * size
  return { from: isoOfUs(start), bucketSeconds, start, size, count: Math.max(1, Math.ceil((end - start) / size)) }
}

/** The place of the node that is called so: by its id, or by a name, an address, a domain; -1 where there is none. */
export function placeOfNode({ graph, names }: Network, wanted: string): number {
  const known = graph.byId.get(wanted)
  if (known !== undefined) return known
  const cut = wanted.indexOf(':')
  const type = wanted.slice(0, cut)
  const text = isType(type) ? wanted.slice(cut + 1) : wanted
  const types: readonly MapNodeType[] = isType(type)
    ? [type, 'address', 'host']
    : ['address', 'host', 'domain', 'url', 'user', 'process']
  for (const one of types) {
    const place = graph.byId.get(names.nodeOf(one, text)?.id ?? '')
    if (place !== undefined) return place
  }
  return -1
}

const isType = (text: string): text is MapNodeType =>
  text === 'host' || text === 'address' || text === 'domain' || text === 'url' || text === 'user' || text === 'process'

/** The part of a network around a node; null where it has none of that name. */
export function networkAround(
  network: Network,
  wanted: string,
  depth: number,
): { network: Network; node: string } | null {
  const place = placeOfNode(network, wanted)
  const node = network.graph.nodes[place]
  if (!node) return null
  const reached = nodesAround(network.graph, place, depth)
  return { network: { ...network, graph: partOfGraph(network.graph, (n) => reached.has(n)) }, node: node.id }
}
