import type { Column } from '#contract/datasets'
import { severities, type Severity } from '#contract/values'
import { singleRows } from '../sqlite/matchedRows.ts'
import { alertValues, BETWEEN } from '../sqlite/queries/networkPairs.read.ts'
import type { ReadContext } from './contexts.ts'
import { columnsOfEnd, tiesOf, type Network } from './networkGraph.ts'

/** Cells of alerts' evidence that are looked at, those of the worst alerts first. */
const VALUES_MAX = 50_000
/** Rows of evidence whose edges are looked up. */
const ROWS_MAX = 10_000

export type AlertMark = { count: number; worst: Severity; alertId: string }
export type MarkedAlert = { id: string; title: string; severity: Severity }
export type NetworkAlerts = {
  /** By node of the graph, worst first. */
  ofNode: Map<number, MarkedAlert[]>
  /** By edge of the graph. */
  ofEdge: Map<number, MarkedAlert[]>
}

/** What alerts say about the nodes and edges of a network: their evidence names them, or they stand in its rows. */
export function alertsOn(context: ReadContext, huntId: string, network: Network): NetworkAlerts {
  const { graph, names } = network
  const found: NetworkAlerts = { ofNode: new Map(), ofEdge: new Map() }
  const rows = new Map<string, Map<number, MarkedAlert[]>>()
  let looked = 0
  for (const { alertId, title, severity, datasetId, row, value } of alertValues(context.db, huntId, VALUES_MAX)) {
    const alert = { id: alertId, title, severity }
    for (const type of ['address', 'host', 'domain', 'url', 'user'] as const) {
      const place = graph.byId.get(names.nodeOf(type, value)?.id ?? '')
      if (place === undefined) continue
      put(found.ofNode, place, alert)
      break
    }
    const ofDataset = rows.get(datasetId) ?? new Map<number, MarkedAlert[]>()
    rows.set(datasetId, ofDataset)
    if (ofDataset.has(row) || looked++ < ROWS_MAX) put(ofDataset, row, alert)
  }
  for (const { id, edges } of network.datasets) {
    const ofDataset = rows.get(id)
    if (ofDataset && edges > 0) markRows(context, network, id, ofDataset, found)
  }
  return found
}

/** Marks the edges that rows of alerts tell of, and their ends. */
function markRows(
  context: ReadContext,
  { graph, names }: Network,
  datasetId: string,
  rows: ReadonlyMap<number, MarkedAlert[]>,
  found: NetworkAlerts,
): void {
  const handle = context.datasets.open(datasetId)
  const { columns, relations } = tiesOf(handle)
  const ways = relations.map(({ from, to }) => ({
    ...{ fromType: from.type, toType: to.type },
    ...{ from: columnsOfEnd(columns, from), to: columnsOfEnd(columns, to) },
  }))
  const wanted = [...new Set(ways.flatMap(({ from, to }) => [...from, ...to].flat()))]
  const read = singleRows(handle)
  for (const [row, alerts] of rows) {
    context.goOn()
    const { cell } = read(row, wanted)
    const textOf = (end: Column[][]): string => {
      const texts = end.map((group) => group.map(cell).find((text) => text !== '') ?? '')
      return texts.includes('') ? '' : texts.join(BETWEEN)
    }
    for (const { fromType, toType, from, to } of ways) {
      const [a, b] = [names.nodeOf(fromType, textOf(from)), names.nodeOf(toType, textOf(to))]
      const [start, end] = [graph.byId.get(a?.id ?? ''), graph.byId.get(b?.id ?? '')]
      if (start === undefined || end === undefined) continue
      const edge = graph.edgesOf[start]?.find((n) => graph.edges[n]?.from === start && graph.edges[n]?.to === end)
      for (const alert of alerts) {
        put(found.ofNode, start, alert)
        put(found.ofNode, end, alert)
        if (edge !== undefined) put(found.ofEdge, edge, alert)
      }
    }
  }
}

function put(map: Map<number, MarkedAlert[]>, key: number, alert: MarkedAlert): void {
  const known = map.get(key)
  if (!known) map.set(key, [alert])
  else if (known.every(({ id }) => id !== alert.id)) known.push(alert)
}

/** One mark for the alerts of several nodes or edges; null: there are none. */
export function markOf(map: ReadonlyMap<number, MarkedAlert[]>, places: readonly number[]): AlertMark | null {
  const alerts = new Map<string, MarkedAlert>()
  for (const place of places) for (const alert of map.get(place) ?? []) alerts.set(alert.id, alert)
  let worst: MarkedAlert | null = null
  for (const alert of alerts.values())
    if (worst === null || severities.indexOf(alert.severity) < severities.indexOf(worst.severity)) worst = alert
  return worst && { count: alerts.size, worst: worst.severity, alertId: worst.id }
}
