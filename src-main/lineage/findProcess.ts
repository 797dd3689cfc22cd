import { rowKey, type HostTree } from './process.ts'
import { parsePid, sameLife } from './processRecord.ts'

/** What is known of the process that is looked for: an id of the tree, a row, or what a row says. */
export type Sought = { id?: string | undefined; pid?: number | null; guid?: string; at?: number | null; name?: string }

/** The place of a process by its id; one that has a new id since (its start became known) by PID and time; -1: none. */
export function placeOfId(tree: HostTree, id: string): number {
  const exact = tree.processes.findIndex((process) => process.id === id)
  if (exact >= 0) return exact
  const [pid = '', rest = ''] = id.split('@')
  const start = Date.parse(rest)
  return placeAlive(tree, { pid: parsePid(pid), at: Number.isNaN(start) ? null : start * 1000 })
}

export const placeOfRow = (tree: HostTree, dataset: number, row: number): number =>
  tree.byRow.get(rowKey(dataset, row)) ?? -1

/** A process may be recorded so long before or after what it did, in microseconds. */
const LATE_US = 2_000_000

/** The place of the process with this GUID, else of the one that held the PID at that time; without a time the last one; -1: none. */
export function placeAlive(tree: HostTree, { pid, guid = '', at = null }: Sought): number {
  const byGuid = guid === '' ? undefined : tree.byGuid.get(guid)
  if (byGuid !== undefined) return byGuid
  if (pid === null || pid === undefined) return -1
  let [best, began] = [-1, -Infinity]
  for (const place of tree.byPid.get(pid) ?? []) {
    const one = tree.processes[place]
    if (!one || !sameLife(one.guids[0] ?? '', guid)) continue
    const start = one.start ?? -Infinity
    if (at !== null && (start > at + LATE_US || (one.end !== null && one.end < at - LATE_US))) continue
    if (best < 0 || start >= began) [best, began] = [place, start]
  }
  return best
}
