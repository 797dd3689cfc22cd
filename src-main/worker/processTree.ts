import { AppError } from '#contract/appError'
import type { Output, Parsed } from '#contract/contract'
import { activityReading } from '../lineage/activityLayout.ts'
import { placeOfId } from '../lineage/findProcess.ts'
import { firstKnown, type HostTree, type Process } from '../lineage/process.ts'
import { baseName } from '../lineage/processRecord.ts'
import { matchesText, visibleProcesses, type TreeView, type VisibleProcesses } from '../lineage/visibleProcesses.ts'
import { isoOfUsOrNull } from '../sqlite/conditions.ts'
import type { ReadContext } from './contexts.ts'
import { forestOf, type Forest } from './processForest.ts'
import { lineOf, processAt } from './processLines.ts'
import { finder, marksOf, together, type Mark, type Marks } from './processMarks.ts'

/** Marks on the strip above a tree; more bars than this no strip can show. */
const MARKS_MAX = 2_000

/** Hosts with processes, and what datasets lack. AppError 'cancelled'. */
export function hosts(context: ReadContext, asked: Parsed<'processes.hosts'>): Output<'processes.hosts'> {
  const forest = forestOf(context, asked.huntId)
  const marks = marksOf(context, asked.huntId, forest)
  return {
    hosts: forest.hosts.slice(asked.offset, asked.offset + asked.limit).map((tree) => {
      const ghosts = tree.processes.filter(({ ghost }) => ghost).length
      return {
        ...{ host: tree.key, ghosts, processes: tree.processes.length - ghosts },
        alerts: allOf([...(marks.own.get(tree)?.values() ?? [])]),
        ...stretchOf(tree),
      }
    }),
    total: forest.hosts.length,
    datasets: forest.datasets.map(({ id, name, rows, lacks, reason }) => ({
      datasetId: id,
      name,
      rows,
      lacks,
      reason,
    })),
    ...leftOut(forest, marks),
  }
}

/** The last view of each tree: pages of one view come one after another. */
const lastView = new WeakMap<HostTree, { key: string; visible: VisibleProcesses }>()

/** A page of the lines of a tree. AppError 'cancelled', 'not-found'. */
export function tree(context: ReadContext, asked: Parsed<'processes.tree'>): Output<'processes.tree'> {
  const { huntId, limit, offset, focus } = asked
  const forest = forestOf(context, huntId)
  const marks = marksOf(context, huntId, forest)
  const own = asked.host === undefined ? forest.hosts[0] : treeOf(forest, asked.host)
  const none = { host: null, processes: [], total: 0, matches: 0, all: 0, ghosts: 0, focus: null }
  if (!own) return { ...none, ...leftOut(forest, marks) }
  const view = viewOf(asked, own, marks)
  const visible = visibleOf(asked, own, view, marks)
  const end = Math.min(visible.places.length, offset + limit)
  const lines = Array.from({ length: Math.max(0, end - offset) }, (_, n) =>
    lineOf(forest, own, view, visible, offset + n, marks),
  )
  const place = focus === undefined ? -1 : placeOfId(own, focus)
  const position = visible.places.indexOf(place)
  return {
    host: own.key,
    processes: lines,
    total: visible.places.length,
    matches: visible.matches,
    all: own.processes.length,
    ghosts: own.processes.filter(({ ghost }) => ghost).length,
    focus: place < 0 ? null : { id: processAt(own, place).id, position: position < 0 ? null : position },
    ...leftOut(forest, marks),
  }
}

function viewOf(asked: Parsed<'processes.tree'>, own: HostTree, marks: Marks): TreeView {
  const { q = '', marked = false } = asked
  const from = asked.from === undefined ? -Infinity : Date.parse(asked.from) * 1000
  const to = asked.to === undefined ? Infinity : Date.parse(asked.to) * 1000
  const tests: TreeView['wanted'][] = []
  if (q.trim() !== '') tests.push(matchesText(q))
  if (marked) tests.push((_process, place) => marks.own.get(own)?.has(place) ?? false)
  if (asked.from !== undefined || asked.to !== undefined)
    tests.push((process) => firstKnown(process) >= from && firstKnown(process) < to)
  const wanted =
    tests.length === 0 ? null : (process: Process, place: number) => tests.every((test) => test?.(process, place))
  return { expand: asked.expand, except: new Set(asked.except), wanted }
}

function visibleOf(asked: Parsed<'processes.tree'>, own: HostTree, view: TreeView, marks: Marks): VisibleProcesses {
  const { limit: _limit, offset: _offset, focus: _focus, ...question } = asked
  const key = JSON.stringify([question, asked.marked ? marks.rows.size : 0])
  const last = lastView.get(own)
  if (last?.key === key && !asked.marked) return last.visible
  let visible = visibleProcesses(own, view)
  if (asked.parent !== undefined) {
    const parent = placeOfId(own, asked.parent)
    if (parent < 0) throw new AppError('not-found', `${own.key} has no process ${asked.parent}.`, { id: asked.parent })
    const places = processAt(own, parent).children.filter(
      (place) => view.wanted === null || visible.places.includes(place),
    )
    visible = { ...visible, places: [...places], depths: places.map(() => 0) }
  }
  lastView.set(own, { key, visible })
  return visible
}

/** The process of a row. AppError 'cancelled'. */
export function find(context: ReadContext, asked: Parsed<'processes.find'>): Output<'processes.find'> {
  const forest = forestOf(context, asked.huntId)
  const n = forest.datasets.findIndex(({ id }) => id === asked.datasetId)
  const dataset = forest.datasets[n]
  const none = (reason: string): Output<'processes.find'> => ({ process: null, reason })
  if (!dataset) return none('The dataset of this row is not ready, or belongs to another hunt.')
  if (!dataset.columns) return none(dataset.reason ?? 'The dataset cannot be read.')
  if (activityReading(dataset.columns, dataset.readings) === null && dataset.readings.length === 0)
    return none(dataset.reason ?? 'No column of this dataset feeds pid.')
  const spot = finder(context, forest)(n, asked.row)
  if (!spot) return none('The row has no PID, or no row of the hunt tells of a process of this host that had it then.')
  const process = processAt(spot.tree, spot.place)
  return { process: { host: spot.tree.key, id: process.id, name: baseName(process.name) }, reason: null }
}

/** Alerts of a host with the processes they are about, in order of time. AppError 'cancelled', 'not-found'. */
export function marks(
  context: ReadContext,
  asked: Parsed<'processes.marks'>,
): { marks: Omit<Output<'processes.marks'>['marks'][number], 'tactic'>[]; processes: number; left: number } {
  const forest = forestOf(context, asked.huntId)
  const found = marksOf(context, asked.huntId, forest)
  const own = treeOf(forest, asked.host)
  const alerts = found.alerts.get(own) ?? []
  const timed = alerts.flatMap((alert) => {
    const { id, name, start } = processAt(own, alert.place)
    const time = isoOfUsOrNull(start ?? alert.time)
    const { severity, technique, title, alertId } = alert
    return time === null
      ? []
      : [{ time, severity, technique, title, alertId, processId: id, processName: baseName(name) }]
  })
  const shown = timed.slice(0, MARKS_MAX).sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
  return { marks: shown, processes: found.own.get(own)?.size ?? 0, left: timed.length - shown.length }
}

/** AppError 'not-found'. */
export function treeOf(forest: Forest, host: string): HostTree {
  const own = forest.byKey.get(host) ?? forest.byKey.get(forest.keyOf(host, -1))
  if (!own) throw new AppError('not-found', `No dataset of this hunt shows processes of ${host}.`, { host })
  return own
}

const leftOut = (forest: Forest, { left }: Marks): { rowsLeft: number; alertRowsLeft: number } => ({
  rowsLeft: forest.left,
  alertRowsLeft: left,
})

const allOf = (all: readonly Mark[]): Mark | null =>
  all.reduce<Mark | null>((sum, mark) => (sum ? together(sum, mark) : mark), null)

function stretchOf({ processes }: HostTree): { firstTime: string | null; lastTime: string | null } {
  let [first, last] = [Infinity, -Infinity]
  for (const { start, seen, end } of processes) {
    for (const time of [start, seen, end]) {
      if (time === null) continue
      first = Math.min(first, time)
      last = Math.max(last, time)
    }
  }
  return first === Infinity
    ? { firstTime: null, lastTime: null }
    : { firstTime: isoOfUsOrNull(first), lastTime: isoOfUsOrNull(last) }
}
