import type { HostTree, Process } from './process.ts'

export type TreeView = {
  /** What the tree looks like before anyone touched it, and the ids that are the other way round. */
  expand: 'all' | 'none'
  except: ReadonlySet<string>
  /** Keeps these and what stands above them; null: everything. */
  wanted: ((process: Process, place: number) => boolean) | null
}

export type VisibleProcesses = {
  /** Places in the order of the screen, and how deep each stands. */
  places: number[]
  depths: number[]
  /** Processes that are wanted; of those, in closed branches or not. */
  matches: number
  matched: Uint8Array
  /** The last child of its parent that is in view. */
  last: Uint8Array
}

/** The lines of a tree in which some branches are closed, from above; however deep it is. */
export function visibleProcesses(tree: HostTree, view: TreeView): VisibleProcesses {
  const { processes } = tree
  const matched = new Uint8Array(processes.length)
  const kept = new Uint8Array(processes.length)
  let matches = 0
  const { wanted } = view
  if (wanted) {
    processes.forEach((process, place) => {
      if (!wanted(process, place)) return
      matched[place] = 1
      matches += 1
      for (let up = place; up >= 0 && kept[up] === 0; up = processes[up]?.parent ?? -1) kept[up] = 1
    })
  }
  const places: number[] = []
  const depths: number[] = []
  const last = new Uint8Array(processes.length)
  const left: [place: number, depth: number][] = []
  const push = (children: readonly number[], depth: number): void => {
    let lowest = true
    for (let n = children.length - 1; n >= 0; n--) {
      const place = children[n] ?? -1
      if (wanted && kept[place] !== 1) continue
      if (lowest) last[place] = 1
      lowest = false
      left.push([place, depth])
    }
  }
  push(tree.roots, 0)
  for (let next = left.pop(); next; next = left.pop()) {
    const [place, depth] = next
    const process = processes[place]
    if (!process) continue
    places.push(place)
    depths.push(depth)
    if (isExpanded(process, view)) push(process.children, depth + 1)
  }
  return { places, depths, matches: wanted ? matches : processes.length, matched, last }
}

export const isExpanded = (
  { id, children }: Process,
  { expand, except }: Pick<TreeView, 'expand' | 'except'>,
): boolean => children.length > 0 && (expand === 'all') !== except.has(id)

/** Whether a text stands in name, command line, user or PID, in any case. All words must. */
export function matchesText(text: string): (process: Process) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return ({ name, command, user, pid }) => {
    const all = `${name}\n${command}\n${user}`.toLowerCase()
    return words.every((word) => all.includes(word) || String(pid ?? '') === word)
  }
}

/** Levels of lines that are drawn before a process. */
const RAILS_MAX = 24

/** For each level above a line from the second on, the last of them: `|` where a sibling follows further down. */
export function railsOf(
  tree: HostTree,
  { last }: Pick<VisibleProcesses, 'last'>,
  place: number,
  depth: number,
): string {
  let rails = ''
  let at = place
  for (let level = depth; level > 0 && rails.length < RAILS_MAX; level--) {
    rails = `${last[at] === 1 ? ' ' : '|'}${rails}`
    at = tree.processes[at]?.parent ?? -1
  }
  return rails
}
