import type { Process as ProcessAnswer, ProcessLine } from '#contract/processes'
import type { HostTree, Process } from '../lineage/process.ts'
import { baseName } from '../lineage/processRecord.ts'
import { isExpanded, railsOf, type TreeView, type VisibleProcesses } from '../lineage/visibleProcesses.ts'
import { isoOfUsOrNull } from '../sqlite/conditions.ts'
import type { Forest } from './processForest.ts'
import type { Marks } from './processMarks.ts'

/** Rows that are sent along with a process. */
const ROWS_SENT = 20

/** One process as calls answer it. */
export function answered(forest: Forest, tree: HostTree, place: number, marks: Marks): ProcessAnswer {
  const one = processAt(tree, place)
  const { id, pid, name, command, user, link, cut, ghost, children, below, rows } = one
  return {
    ...{ id, pid, name: baseName(name), image: name, commandLine: command, user, link, cut, ghost, below },
    start: isoOfUsOrNull(one.start),
    end: isoOfUsOrNull(one.end),
    seen: isoOfUsOrNull(one.seen ?? one.start ?? one.end),
    parentId: tree.processes[one.parent]?.id ?? null,
    guessed: link === 'stated' || link === 'pid' || link === 'name',
    children: children.length,
    pidUses: pid === null ? 0 : (tree.byPid.get(pid)?.length ?? 0),
    rows: rows.slice(0, ROWS_SENT).map(({ dataset, row }) => ({ datasetId: forest.datasets[dataset]?.id ?? '', row })),
    rowsTotal: rows.length,
    alerts: marks.own.get(tree)?.get(place) ?? null,
    alertsBelow: marks.below.get(tree)?.get(place) ?? null,
  }
}

export function lineOf(
  forest: Forest,
  tree: HostTree,
  view: TreeView,
  seen: VisibleProcesses,
  at: number,
  marks: Marks,
): ProcessLine {
  const place = seen.places[at] ?? 0
  return {
    ...answered(forest, tree, place, marks),
    depth: seen.depths[at] ?? 0,
    rails: railsOf(tree, seen, place, seen.depths[at] ?? 0),
    expanded: isExpanded(processAt(tree, place), view),
    matched: view.wanted === null || seen.matched[place] === 1,
  }
}

export function processAt(tree: HostTree, place: number): Process {
  const process = tree.processes[place]
  if (!process) throw new Error(`There is no process ${place} of ${tree.key}.`)
  return process
}
