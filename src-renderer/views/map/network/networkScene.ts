import type { MapEdge, MapNode, NetworkPicture } from '#contract/networkMap'
import { severities } from '#contract/values'
import type { Point, Scene, SceneEdge, SceneNode } from '../../../graph/scene.ts'
import { formatBytes, formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import type { Colouring, Measure } from './networkParams.ts'

const NODE = { least: 20, most: 54 }
/** Width of an edge by its rows, in pixels. */
const EDGE = { least: 1, most: 7 }
/** Edges whose numbers are drawn without being asked for. */
const STRONG_MAX = 8
const LABEL_MAX = 40
/** Room around a node for its label, in pixels. */
const ROOM = { node: 34, label: 5.4, most: 150 }

const plurals: Record<MapNode['type'], [string, string]> = {
  host: ['host', 'hosts'],
  address: ['address', 'addresses'],
  domain: ['domain', 'domains'],
  url: ['URL', 'URLs'],
  user: ['user', 'users'],
  process: ['process', 'processes'],
}

export const typeNoun = (type: MapNode['type'], count: number): string => formatNoun(count, ...plurals[type])

/** What a node is called, those that stand for many included. */
export function titleOf({ type, label, fold, members }: Pick<MapNode, 'type' | 'label' | 'fold' | 'members'>): string {
  if (fold === null) return label
  const many = typeNoun(type, members)
  if (fold === 'leaves') return `${many} of ${label}`
  if (fold === 'rest') return `${many}, rest`
  return `${fold === 'domain' ? '*.' : ''}${label}: ${many}`
}

const cut = (text: string): string => (text.length > LABEL_MAX ? `${text.slice(0, LABEL_MAX - 1)}…` : text)

/** How large a node is, from 0 to 1, by what it is measured. */
export function share(node: MapNode, measure: Measure, most: number): number {
  const value = measured(node, measure)
  return most <= 0 ? 0 : Math.log1p(value) / Math.log1p(most)
}
export const measured = (node: MapNode, measure: Measure): number =>
  measure === 'bytes'
    ? (node.bytes ?? 0)
    : measure === 'rows'
      ? node.count
      : measure === 'alerts'
        ? (node.alerts?.count ?? 0)
        : node.degree

export const edgeId = ({ from, to }: Pick<MapEdge, 'from' | 'to'>): string => `${from}\n${to}`

/** "376 · 2.1 MB" */
export const edgeText = ({ count, bytes }: Pick<MapEdge, 'count' | 'bytes'>): string =>
  bytes === null ? formatCount(count) : `${formatCount(count)} · ${formatBytes(bytes)}`

export type Look = {
  size: Measure
  colour: Colouring
  /** Buckets of the time axis that are shown, the last one included; null: all. */
  window: readonly [number, number] | null
  /** Ids of nodes and edges of a way; everything else steps back. */
  way: ReadonlySet<string> | null
}

/** Whether an edge was seen in these buckets; of many edges only their first and last time is known. */
function inside(
  { times, first: begin, last: end }: MapEdge,
  [first, last]: readonly [number, number],
  axis: NetworkPicture['axis'],
): boolean {
  if (times.length > 0 || axis === null || begin === null || end === null)
    return times.some(([bucket]) => bucket >= first && bucket <= last)
  const bucketOf = (iso: string): number =>
    Math.floor((Date.parse(iso) - Date.parse(axis.from)) / 1_000 / axis.bucketSeconds)
  return bucketOf(begin) <= last && bucketOf(end) >= first
}

/** The picture as the canvas draws it, where its nodes are placed. */
export function networkScene(picture: NetworkPicture, places: ReadonlyMap<string, Point>, look: Look): Scene {
  const most = Math.max(0, ...picture.nodes.map((node) => measured(node, look.size)))
  const { window, way } = look
  const strongest = Math.max(1, ...picture.edges.map(({ count }) => count))
  const lit = new Set<string>()
  const edges = picture.edges.map((edge, n): SceneEdge => {
    const shown = window === null || inside(edge, window, picture.axis)
    const id = edgeId(edge)
    if (shown) lit.add(edge.from).add(edge.to)
    return {
      ...{ id, from: edge.from, to: edge.to, label: edgeText(edge), strong: n < STRONG_MAX || edge.alerts !== null },
      ...{
        width: EDGE.least + (EDGE.most - EDGE.least) * (Math.log1p(edge.count) / Math.log1p(strongest)) ** 2,
        colour: 'neutral',
        alert: edge.alerts !== null && loud(edge.alerts.worst),
      },
      ...{ dashed: false, directed: true, dim: !shown || (way !== null && !way.has(id)) },
    }
  })
  const nodes = picture.nodes.flatMap((node): SceneNode[] => {
    const place = places.get(node.id)
    if (!place) return []
    const size = NODE.least + (NODE.most - NODE.least) * share(node, look.size, most)
    return [
      {
        ...{ id: node.id, icon: node.type, label: cut(titleOf(node)), detail: cut(node.detail), ...place, size },
        ...{
          colour: look.colour === 'alerts' ? byAlerts(node) : look.colour === 'verdict' ? byVerdict(node) : 'neutral',
        },
        ...{ ring: ringOf(node), stack: node.fold !== null, groupId: null, weight: size + (node.alerts ? 30 : 0) },
        dim: (window !== null && !lit.has(node.id)) || (way !== null && !way.has(node.id)),
      },
    ]
  })
  const known = new Set(nodes.map(({ id }) => id))
  return { nodes, edges: edges.filter(({ from, to }) => known.has(from) && known.has(to)), groups: [], notes: [] }
}

/** Alerts that are worth a colour on the map: the rare and the odd are everywhere. */
const loud = (worst: (typeof severities)[number]): boolean => severities.indexOf(worst) <= 2

function ringOf({ alerts, verdict }: MapNode): SceneNode['ring'] {
  if (verdict === 'malicious' || verdict === 'suspicious') return verdict
  return alerts !== null && loud(alerts.worst) ? 'alert' : null
}

const byAlerts = ({ alerts }: MapNode): SceneNode['colour'] =>
  alerts === null
    ? 'neutral'
    : ({ critical: 'red', high: 'orange', medium: 'yellow', low: 'blue', info: 'neutral' } as const)[alerts.worst]
const byVerdict = ({ verdict }: MapNode): SceneNode['colour'] =>
  verdict === null
    ? 'neutral'
    : ({ malicious: 'red', suspicious: 'yellow', clean: 'green', unknown: 'neutral' } as const)[verdict]

/** Pixels across that a node wants for itself and its label. */
export const roomOf = (node: MapNode): number =>
  Math.min(ROOM.most, Math.max(ROOM.node, Math.min(titleOf(node).length, LABEL_MAX) * ROOM.label))

/** What sizes, widths and colours of a picture mean, for its last line. */
export function looksText({ size, colour }: Pick<Look, 'size' | 'colour'>, { nodes, edges }: Scene): string[] {
  const alerts = edges.some(({ alert }) => alert) || nodes.some(({ ring }) => ring === 'alert')
  return [
    `nodes by ${size}, edges by rows`,
    ...(colour === 'type' ? [] : [`colours by ${colour}`]),
    ...(alerts ? ['orange edges and rings: alerts'] : []),
  ]
}
