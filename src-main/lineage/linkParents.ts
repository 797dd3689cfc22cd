import { addLife, begunBy, untimedOf, type Lives } from './lives.ts'
import type { LinkBy, Process } from './process.ts'
import { mergeHints, plainImage, sameImage, sameLife, type ParentHint } from './processRecord.ts'

/** The log of a start may be written so long after the parent's end was, in microseconds. */
const LATE_US = 2_000_000
/** A chain of parents that only hints tell of is followed so far. */
const HINTS_MAX = 8

type Found = { process: Process; by: LinkBy }

/**
 * Finds the parent of every process and adds those that only their children name. A GUID decides; else the parent is the
 * process of that PID that lived when the child began: the last to begin before it, not ended by then, and of the name
 * that the child gives. What is told by PID alone or by name alone is a guess. Answers the ghosts that were added.
 */
export function linkParents(known: readonly Process[]): { parents: Map<Process, Found>; ghosts: Process[] } {
  const byGuid = new Map<string, Process>()
  const byPid = new Map<number, Lives>()
  const byName = new Map<string, Lives>()
  const ghosts = new Map<string, Process>()
  const parents = new Map<Process, Found>()

  const inOrder = known.toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0))
  for (const process of inOrder) {
    for (const guid of process.guids) byGuid.set(guid, process)
    if (process.pid !== null) addLife(byPid, process.pid, process)
    addLife(byName, plainImage(process.name), process)
  }

  function find(child: Process, hint: ParentHint): Found | null {
    const byId = hint.guid === '' ? undefined : byGuid.get(hint.guid)
    if (byId) return { process: byId, by: 'guid' }
    if (hint.pid !== null) return byPidOf(byPid.get(hint.pid), child, hint)
    if (hint.name === '') return null
    const lives = byName.get(plainImage(hint.name))
    const at = bornAt(child)
    const other = (one: Process): boolean => one !== child
    const held = at === null ? undefined : alive(lives, at, other)
    const process = held ?? untimedOf(lives).find(other) ?? (at === null ? lives?.timed.find(other) : undefined)
    return process ? { process, by: 'name' } : null
  }

  function link(child: Process, deep: number): void {
    const { hint } = child
    if (hint === null || (hint.pid === null && hint.guid === '' && hint.name === '') || parents.has(child)) return
    // PID 0 is what a system writes for "none", and its idle process is its own parent.
    if (hint.guid === '' && hint.pid === 0 && hint.name === '' && !byPid.has(0)) return
    const found = find(child, hint)
    const itself = found === null && hint.guid === '' && hint.pid === child.pid && sameImage(hint.name, child.name)
    if (itself || found?.process === child) {
      child.cut = true
      return
    }
    if (found) return void parents.set(child, found)
    const process = ghostOf(ghosts, hint)
    if (process === child) return
    const by = hint.guid !== '' ? 'guid' : hint.pid === null ? 'name' : hint.start === null ? 'stated' : 'pid-and-time'
    parents.set(child, { process, by })
    if (deep < HINTS_MAX) link(process, deep + 1)
  }

  // What a child says about its grandparent, its parent may not say itself.
  for (const child of known) {
    const found = child.hint?.parent ? find(child, child.hint) : null
    if (found && found.process !== child)
      found.process.hint = mergeHints(found.process.hint, child.hint?.parent ?? null)
  }
  for (const process of known) link(process, 0)
  return { parents, ghosts: [...ghosts.values()] }
}

const bornAt = ({ start, seen, end }: Process): number | null => start ?? seen ?? end

function byPidOf(lives: Lives | undefined, child: Process, hint: ParentHint): Found | null {
  const at = bornAt(child)
  const may = ({ guids }: Process): boolean => sameLife(guids[0] ?? '', hint.guid)
  const named = (one: Process): boolean => may(one) && sameImage(one.name, hint.name)
  if (hint.start !== null) {
    const { start } = hint
    for (const one of begunBy(lives, start + LATE_US)) {
      if ((one.start ?? 0) < start - LATE_US) break
      if (named(one)) return { process: one, by: 'pid-and-time' }
    }
    return null
  }
  // The last to begin held the PID; where it was called otherwise, the real parent is not in the evidence.
  const held = at === null ? undefined : alive(lives, at, may)
  if (held) {
    const by = child.start === null ? 'pid' : 'pid-and-time'
    return sameImage(held.name, hint.name) ? { process: held, by } : null
  }
  const other = (one: Process): boolean => one !== child && named(one)
  const only = untimedOf(lives).find(other) ?? (at === null ? lives?.timed.find(other) : undefined)
  return only ? { process: only, by: 'pid' } : null
}

/** The last that began by then and may be meant, unless it had ended. */
function alive(lives: Lives | undefined, at: number, may: (one: Process) => boolean): Process | undefined {
  for (const one of begunBy(lives, at))
    if (may(one)) return one.end === null || one.end + LATE_US >= at ? one : undefined
  return undefined
}

function ghostOf(ghosts: Map<string, Process>, hint: ParentHint): Process {
  const key = hint.guid || `${hint.pid ?? ''} ${hint.start ?? plainImage(hint.name)}`
  const before = ghosts.get(key)
  if (before) {
    before.command ||= hint.command
    before.hint ??= hint.parent
    if (hint.name.length > before.name.length) before.name = hint.name
    return before
  }
  const { pid, guid, name, command, start, parent } = hint
  const ghost: Process = {
    ...{ id: '', pid, guids: guid === '' ? [] : [guid], name, command, user: '', userSure: false, start, seen: null },
    ...{ end: null, sources: new Set(), rows: [], hint: parent, ghost: true, parent: -1, link: null, cut: false },
    ...{ children: [], below: 0 },
  }
  ghosts.set(key, ghost)
  return ghost
}
