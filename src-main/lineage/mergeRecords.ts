import { addLife, begunBy, untimedOf, type Lives } from './lives.ts'
import type { Process } from './process.ts'
import { mergeHints, sameImage, sameLife, type ProcessRecord } from './processRecord.ts'

/** Two sources may tell the start of a process so far apart, in microseconds: they write it down one after the other. */
const SOURCES_APART_US = 2_000_000
/** One source tells the same start twice (exports that overlap) at the same millisecond. */
const SAME_TIME_US = 1_000

/** The processes of one host that rows are about, in no order; what is told twice is one process with all its rows. */
export function mergeRecords(records: readonly ProcessRecord[]): Process[] {
  const all: Process[] = []
  const byGuid = new Map<string, Process>()
  const byPid = new Map<number, Lives>()

  function put(record: ProcessRecord, known: Process | undefined): void {
    const process = known ?? begun(record)
    absorb(process, record)
    if (record.guid !== '') byGuid.set(record.guid, process)
    if (known) return
    all.push(process)
    if (record.pid !== null) addLife(byPid, record.pid, process)
  }
  const livesOf = ({ pid }: ProcessRecord): Lives | undefined => (pid === null ? undefined : byPid.get(pid))

  const byTime = (a: ProcessRecord, b: ProcessRecord): number =>
    (a.start ?? a.time ?? Infinity) - (b.start ?? b.time ?? Infinity) || a.dataset - b.dataset || a.row - b.row
  const of = (kind: ProcessRecord['kind']): ProcessRecord[] => records.filter((one) => one.kind === kind).sort(byTime)

  for (const record of of('start')) put(record, byGuid.get(record.guid) ?? nearest(livesOf(record), record))
  for (const record of of('end')) put(record, byGuid.get(record.guid) ?? living(livesOf(record), record))
  for (const record of of('seen')) {
    const find = record.start === null ? living : nearest
    put(record, byGuid.get(record.guid) ?? find(livesOf(record), record))
  }
  return all
}

const agrees = ({ guids, name }: Process, record: ProcessRecord): boolean =>
  sameLife(guids[0] ?? '', record.guid) && sameImage(name, record.name)

/** The one that began at the time the record tells: exactly, where the same source told it; else as near as sources are. */
function nearest(lives: Lives | undefined, record: ProcessRecord): Process | undefined {
  const { start } = record
  // Lists without times name a process again; without a time on either side there is nothing to tell them apart.
  if (start === null) return untimedOf(lives).find((one) => agrees(one, record))
  let [best, least]: [Process | undefined, number] = [undefined, Infinity]
  for (const one of begunBy(lives, start + SOURCES_APART_US)) {
    const apart = Math.abs((one.start ?? 0) - start)
    if (apart > SOURCES_APART_US) break
    if (apart > (one.sources.has(record.source) ? SAME_TIME_US : SOURCES_APART_US) || apart >= least) continue
    if (agrees(one, record)) [best, least] = [one, apart]
  }
  return best
}

/** The one that lived at the time of the record: it began last before, and had not ended. */
function living(lives: Lives | undefined, record: ProcessRecord): Process | undefined {
  const at = record.time ?? Infinity
  for (const one of begunBy(lives, at + SOURCES_APART_US))
    if ((one.end === null || record.time === null || one.end >= at - SOURCES_APART_US) && agrees(one, record))
      return one
  return untimedOf(lives).find((one) => agrees(one, record))
}

function begun({ pid }: ProcessRecord): Process {
  return {
    ...{ id: '', pid, guids: [], name: '', command: '', user: '', userSure: false, start: null, seen: null, end: null },
    ...{ hint: null, sources: new Set(), rows: [], ghost: false, parent: -1, link: null, cut: false, children: [] },
    below: 0,
  }
}

function absorb(process: Process, record: ProcessRecord): void {
  if (record.kind !== 'seen' || process.rows.length === 0)
    process.rows.push({ dataset: record.dataset, row: record.row })
  if (record.kind !== 'seen') process.sources.add(record.source)
  if (record.guid !== '' && !process.guids.includes(record.guid)) process.guids.push(record.guid)
  process.pid ??= record.pid
  // A path says more than a name.
  if (record.name.length > process.name.length) process.name = record.name
  process.command ||= record.command
  const sure = record.source !== 'security'
  if (record.user !== '' && (process.user === '' || (sure && !process.userSure))) {
    process.user = record.user
    process.userSure = sure
  }
  process.hint = mergeHints(process.hint, record.parent)
  if (record.start !== null && (process.start === null || record.start < process.start)) process.start = record.start
  const { time } = record
  if (time === null) return
  if (record.kind === 'end') process.end = process.end === null ? time : Math.max(process.end, time)
  else process.seen = process.seen === null ? time : Math.min(process.seen, time)
}
