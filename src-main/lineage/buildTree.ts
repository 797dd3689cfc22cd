import { isoOfMicroseconds } from './isoTime.ts'
import { linkParents } from './linkParents.ts'
import { mergeRecords } from './mergeRecords.ts'
import { firstKnown, rowKey, type HostTree, type LinkBy, type Process } from './process.ts'
import { baseName, type ProcessRecord } from './processRecord.ts'

/** Which link of a circle is cut: the least certain. */
const CERTAINTY: Record<LinkBy, number> = { name: 0, pid: 1, stated: 2, 'pid-and-time': 3, guid: 4 }

/** The processes of one host as a forest: every process has at most one parent and no circle is left. */
export function buildTree(key: string, host: string, records: readonly ProcessRecord[]): HostTree {
  const known = mergeRecords(records)
  const { parents, ghosts } = linkParents(known)
  const earliest = new Map<Process, number>()
  for (const [child, { process }] of parents)
    if (process.ghost) earliest.set(process, Math.min(earliest.get(process) ?? Infinity, firstKnown(child)))
  // A ghost stands where its first child does.
  const at = (process: Process): number =>
    process.ghost ? (process.start ?? earliest.get(process) ?? Infinity) : firstKnown(process)
  const times = new Map([...known, ...ghosts].map((process) => [process, at(process)] as const))
  const processes = [...times.keys()].sort(
    (a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0) || (a.pid ?? -1) - (b.pid ?? -1) || (a.name < b.name ? -1 : 1),
  )
  const placeOf = new Map(processes.map((process, place) => [process, place] as const))
  for (const [child, { process, by }] of parents) {
    child.parent = placeOf.get(process) ?? -1
    child.link = by
  }
  cutCircles(processes)
  const roots: number[] = []
  processes.forEach(({ parent }, place) => (parent < 0 ? roots : (processes[parent]?.children ?? roots)).push(place))
  nameThem(processes)
  countBelow(processes, roots)
  return { host, key, processes, roots, ...indexes(processes) }
}

/** Walks up from every process; where a walk meets itself, the least certain link of the circle goes. */
function cutCircles(processes: readonly Process[]): void {
  const done = new Uint8Array(processes.length)
  for (let start = 0; start < processes.length; start++) {
    const path: number[] = []
    let place = start
    while (place >= 0 && done[place] === 0) {
      done[place] = 1
      path.push(place)
      place = processes[place]?.parent ?? -1
    }
    if (place >= 0 && done[place] === 1) {
      const circle = path.slice(path.indexOf(place)).flatMap((one) => processes[one] ?? [])
      const certainty = ({ link }: Process): number => (link === null ? 5 : CERTAINTY[link])
      const weakest = circle.reduce((least, one) => (certainty(one) < certainty(least) ? one : least))
      Object.assign(weakest, { parent: -1, link: null, cut: true })
    }
    for (const one of path) done[one] = 2
  }
}

/** `2568@2019-01-15T05:15:11.767Z`, `1088@?svchost.exe` for a parent that nobody recorded, with a number where two were the same. */
function nameThem(processes: readonly Process[]): void {
  const used = new Map<string, number>()
  for (const process of processes) {
    const { pid, start, name } = process
    const plain = `${pid ?? ''}@${start === null ? `?${baseName(name).slice(0, 100)}` : isoOfMicroseconds(start)}`
    const n = (used.get(plain) ?? 0) + 1
    used.set(plain, n)
    process.id = n === 1 ? plain : `${plain}~${n}`
  }
}

function countBelow(processes: readonly Process[], roots: readonly number[]): void {
  const order: number[] = []
  const left = [...roots]
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    order.push(place)
    for (const child of processes[place]?.children ?? []) left.push(child)
  }
  for (const place of order.reverse()) {
    const process = processes[place]
    const parent = process && processes[process.parent]
    if (process && parent) parent.below += process.below + 1
  }
}

function indexes(processes: readonly Process[]): Pick<HostTree, 'byRow' | 'byGuid' | 'byPid'> {
  const byRow = new Map<string, number>()
  const byGuid = new Map<string, number>()
  const byPid = new Map<number, number[]>()
  processes.forEach(({ rows, guids, pid }, place) => {
    for (const { dataset, row } of rows) byRow.set(rowKey(dataset, row), place)
    for (const guid of guids) byGuid.set(guid, place)
    if (pid === null) return
    const same = byPid.get(pid)
    if (same) same.push(place)
    else byPid.set(pid, [place])
  })
  return { byRow, byGuid, byPid }
}
