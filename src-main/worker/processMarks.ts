import type { Severity } from '#contract/values'
import { severities } from '#contract/values'
import { activityReading } from '../lineage/activityLayout.ts'
import { placeAlive } from '../lineage/findProcess.ts'
import { rowKey, type HostTree } from '../lineage/process.ts'
import { parseGuid, parsePid } from '../lineage/processRecord.ts'
import { alertRows, singleCells, workspaceVersion, type AlertRow } from '../sqlite/queries/processes.read.ts'
import type { ReadContext } from './contexts.ts'
import { groupTexts, type Forest } from './processForest.ts'

/** Rows of alerts that make marks, those of the worst alerts first. */
const ALERT_ROWS_MAX = 50_000

export type Mark = { count: number; worst: Severity; alertId: string }
export type MarkedAlert = AlertRow & { place: number }

export type Marks = {
  /** By host and place: alerts on rows of a process and on rows of what it did. */
  own: Map<HostTree, Map<number, Mark>>
  below: Map<HostTree, Map<number, Mark>>
  /** `dataset:row` to the alerts on that very row. */
  rows: Map<string, Mark>
  /** One per alert and process, worst first. */
  alerts: Map<HostTree, MarkedAlert[]>
  /** Rows of alerts beyond the limit. */
  left: number
}

const kept = new WeakMap<Forest, { version: string; marks: Marks }>()
/** Where rows lead never changes while the files do not: found once. */
const found = new WeakMap<Forest, Map<string, Spot | null>>()

type Spot = { tree: HostTree; place: number }

/** What alerts say about the processes of a hunt, as the workspace is now. */
export function marksOf(context: ReadContext, huntId: string, forest: Forest): Marks {
  const version = `${huntId} ${workspaceVersion(context.db)}`
  const known = kept.get(forest)
  if (known?.version === version) return known.marks
  const rows = alertRows(context.db, huntId, ALERT_ROWS_MAX + 1)
  const left = rows.length > ALERT_ROWS_MAX ? 1 : 0
  const marks = gather(rows.slice(0, ALERT_ROWS_MAX), forest, finder(context, forest), left)
  kept.set(forest, { version, marks })
  return marks
}

function gather(
  rows: readonly AlertRow[],
  forest: Forest,
  spotOf: (dataset: number, row: number) => Spot | null,
  left: number,
): Marks {
  const marks: Marks = { own: new Map(), below: new Map(), rows: new Map(), alerts: new Map(), left }
  const datasets = new Map(forest.datasets.map(({ id }, n) => [id, n] as const))
  const counted = new Set<string>()
  for (const alert of rows) {
    const dataset = datasets.get(alert.datasetId)
    if (dataset === undefined) continue
    const key = rowKey(dataset, alert.row)
    if (once(counted, `${key} ${alert.alertId}`)) marks.rows.set(key, added(marks.rows.get(key), alert))
    const spot = spotOf(dataset, alert.row)
    if (spot === null || !once(counted, `${spot.tree.key}\n${spot.place} ${alert.alertId}`)) continue
    const { tree, place } = spot
    const own = inMap(marks.own, tree, () => new Map<number, Mark>())
    own.set(place, added(own.get(place), alert))
    inMap(marks.alerts, tree, (): MarkedAlert[] => []).push({ ...alert, place })
    const below = inMap(marks.below, tree, () => new Map<number, Mark>())
    for (let up = tree.processes[place]?.parent ?? -1; up >= 0; up = tree.processes[up]?.parent ?? -1)
      if (once(counted, `${tree.key}\n^${up} ${alert.alertId}`)) below.set(up, added(below.get(up), alert))
      else break
  }
  return marks
}

/** Finds the process of any row: by what the tree was made of, else by the PID and time of the row. */
export function finder(context: ReadContext, forest: Forest): (dataset: number, row: number) => Spot | null {
  const known = inMap(found, forest, () => new Map<string, Spot | null>())
  const byRow = new Map<string, Spot>()
  const readers = new Map<number, ((row: number) => Spot | null) | null>()

  function look(dataset: number, row: number): Spot | null {
    if (byRow.size === 0)
      for (const tree of forest.hosts) for (const [key, place] of tree.byRow) byRow.set(key, { tree, place })
    const told = byRow.get(rowKey(dataset, row))
    if (told) return told
    let reader = readers.get(dataset)
    if (reader === undefined) readers.set(dataset, (reader = rowReader(context, forest, dataset)))
    return reader?.(row) ?? null
  }

  return (dataset, row) => {
    const key = rowKey(dataset, row)
    const before = known.get(key)
    if (before !== undefined) return before
    const spot = look(dataset, row)
    known.set(key, spot)
    return spot
  }
}

function rowReader(context: ReadContext, forest: Forest, n: number): ((row: number) => Spot | null) | null {
  const dataset = forest.datasets[n]
  const reading = dataset?.columns ? activityReading(dataset.columns, dataset.readings) : null
  if (!dataset || !reading) return null
  const handle = context.datasets.open(dataset.id)
  const { pid, guid, host, name } = reading
  const texts = groupTexts(handle, { pid, guid, host, name })
  const read = singleCells(handle, texts.columns)
  return (row) => {
    const answered = read(row)
    if (!answered) return null
    const text = texts.of(answered)
    const tree = forest.byKey.get(forest.keyOf(text('host'), n))
    if (!tree) return null
    const at = typeof answered[1] === 'number' ? answered[1] : null
    const place = placeAlive(tree, { pid: parsePid(text('pid')), guid: parseGuid(text('guid')), at })
    return place < 0 ? null : { tree, place }
  }
}

/** Two marks as one. */
export function together(a: Mark, b: Mark): Mark {
  const worse = severities.indexOf(a.worst) <= severities.indexOf(b.worst) ? a : b
  return { ...worse, count: a.count + b.count }
}

function added(mark: Mark | undefined, { severity, alertId }: AlertRow): Mark {
  const one = { count: 1, worst: severity, alertId }
  return mark ? together(mark, one) : one
}

function once(set: Set<string>, key: string): boolean {
  if (set.has(key)) return false
  set.add(key)
  return true
}

function inMap<K extends object, V>(
  map: Map<K, V> | (K extends WeakKey ? WeakMap<K, V> : never),
  key: K,
  make: () => V,
): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
