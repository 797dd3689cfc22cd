import type { Column } from '#contract/datasets'
import type { CanonicalField } from '#contract/values'
import type { DatasetColumns } from './processColumns.ts'
import type { RecordSource } from './processRecord.ts'

/** What columns say about a process: of each, the first that is not empty counts. */
export type SaidColumns = {
  pid: Column[]
  guid: Column[]
  name: Column[]
  command: Column[]
  user: Column[]
  host: Column[]
  /** Times of their own: when the process began. */
  start: Column[]
  parentPid: Column[]
  parentGuid: Column[]
  parentName: Column[]
  parentCommand: Column[]
  parentStart: Column[]
  grandPid: Column[]
  grandName: Column[]
  grandStart: Column[]
}

/** One way of reading rows of a dataset as records of processes. */
export type ProcessReading = {
  source: RecordSource
  kind: 'start' | 'end' | 'seen'
  /** Which rows: those whose cell is one of the words, or none of them; null: every row. */
  only: { columns: Column[]; words: readonly string[]; not: boolean } | null
  said: SaidColumns
  /** The time of the row is when the process began. */
  rowTimeIsStart: boolean
}

/** Windows events of which a process is the subject: they are no activity of it. */
export const LIFE_EVENTS = ['1', '5', '4688', '4689'] as const

/** What people can do about a dataset that shows no processes. */
export type Lacking = { lacks: CanonicalField[]; reason: string }

const NONE: Omit<SaidColumns, 'pid' | 'name' | 'host'> = {
  ...{ guid: [], command: [], user: [], start: [], parentPid: [], parentGuid: [], parentName: [] },
  ...{ parentCommand: [], parentStart: [], grandPid: [], grandName: [], grandStart: [] },
}

/** How a dataset is read for processes; or what it lacks. `actions`: the different texts of its event type, where they are few. */
export function processReadings(
  columns: DatasetColumns,
  actions: (columns: readonly Column[]) => string[],
): { readings: ProcessReading[] } | Lacking {
  const events = windowsReadings(columns)
  if (events.length > 0) return { readings: events }
  return plainReadings(columns, actions)
}

function windowsReadings(columns: DatasetColumns): ProcessReading[] {
  const event = columns.feeding('event_id')
  if (event.length === 0) return []
  const host = columns.feeding('hostname')
  const image = columns.named('Image', 'Proc')
  const pid = columns.named('ProcessId', 'PID')
  const guid = columns.named('ProcessGuid', 'PGUID')
  const shared = { host, command: columns.named('CommandLine', 'Cmdline') }
  const readings: ProcessReading[] = []
  const ids = (...words: string[]): ProcessReading['only'] => ({ columns: event, words, not: false })
  if (guid.length > 0 && image.length > 0) {
    const said: SaidColumns = {
      ...{ ...NONE, ...shared, pid, guid, name: image },
      user: columns.named('User'),
      parentPid: columns.named('ParentProcessId', 'ParentPID'),
      parentGuid: columns.named('ParentProcessGuid', 'ParentPGUID'),
      parentName: columns.named('ParentImage'),
      parentCommand: columns.named('ParentCommandLine', 'ParentCmdline'),
    }
    const alone = { ...NONE, pid, guid, name: image, host, user: columns.named('User') }
    readings.push({ source: 'sysmon', kind: 'start', only: ids('1'), said, rowTimeIsStart: true })
    readings.push({ source: 'sysmon', kind: 'end', only: ids('5'), said: alone, rowTimeIsStart: false })
    const only = { columns: event, words: LIFE_EVENTS, not: true }
    readings.push({ source: 'sysmon', kind: 'seen', only, said: alone, rowTimeIsStart: false })
  }
  const created = columns.named('NewProcessId')
  if (created.length > 0) {
    const said: SaidColumns = {
      ...{ ...NONE, ...shared, pid: created, name: columns.named('NewProcessName') },
      // Only a process that runs as someone else has a target user.
      user: columns.named('TargetUserName', 'SubjectUserName', 'Account', 'User'),
      parentPid: columns.named('ProcessId', 'CreatorProcessId'),
      parentName: columns.named('ParentProcessName', 'CreatorProcessName'),
    }
    readings.push({ source: 'security', kind: 'start', only: ids('4688'), said, rowTimeIsStart: true })
    const ended = { ...NONE, pid: columns.named('ProcessId'), name: columns.named('ProcessName'), host }
    if (ended.name.length > 0)
      readings.push({ source: 'security', kind: 'end', only: ids('4689'), said: ended, rowTimeIsStart: false })
  }
  return readings
}

/** Words for a process that began or ended, as the exports of many tools have them. */
const BEGINS =
  /process.{0,20}(creat|start|launch|exec)|(creat|start|launch).{0,20}process|^(exec(ve)?|fork|clone|start|creation|process)$/i
const ENDS = /(terminat|exit|ended|stopp)/i

function plainReadings(
  columns: DatasetColumns,
  actions: (columns: readonly Column[]) => string[],
): { readings: ProcessReading[] } | Lacking {
  const pid = columns.feeding('pid')
  const name = columns.feeding('process_name')
  const parentPid = columns.feeding('ppid')
  const parentName = columns.feeding('parent_process_name')
  const lacks: CanonicalField[] = []
  if (pid.length === 0) lacks.push('pid')
  if (name.length === 0) lacks.push('process_name')
  if (lacks.length > 0) return { lacks, reason: `No column feeds ${lacks.join(' or ')}.` }

  // In events of Defender that are not about processes the initiating one is the process.
  const initiates = pid[0]?.header.toLowerCase().includes('initiatingprocess') ?? false
  const defender = columns.named('InitiatingProcessId').length > 0
  const start = initiates
    ? columns.named('InitiatingProcessCreationTime')
    : columns.named(...START_NAMES).filter(({ type }) => type === 'time')
  const said: SaidColumns = {
    ...NONE,
    ...{ pid, name, start, parentPid, parentName },
    guid: columns.named('ProcessGuid', 'process.entity_id'),
    command: columns.feeding('command_line'),
    user: columns.feeding('username'),
    host: columns.feeding('hostname'),
    parentGuid: columns.named('ParentProcessGuid', 'process.parent.entity_id'),
    parentCommand: columns.feeding('parent_command_line'),
  }
  if (initiates) said.parentStart = columns.named('InitiatingProcessParentCreationTime')
  else if (defender) {
    said.parentStart = columns.named('InitiatingProcessCreationTime')
    said.grandPid = columns.named('InitiatingProcessParentId', 'InitiatingProcessParentProcessId')
    said.grandName = columns.named('InitiatingProcessParentFileName', 'InitiatingProcessParentProcessName')
    said.grandStart = columns.named('InitiatingProcessParentCreationTime')
  }
  const source = defender ? 'defender' : 'list'
  const seen = { ...said, host: said.host }
  if (initiates || (parentPid.length === 0 && parentName.length === 0 && start.length === 0))
    return { readings: [{ source, kind: 'seen', only: null, said: seen, rowTimeIsStart: false }] }

  const action = columns.feeding('event_type')
  const words = action.length === 0 ? [] : actions(action)
  const begins = words.filter((word) => BEGINS.test(word) && !ENDS.test(word))
  const ends = words.filter((word) => ENDS.test(word) && /process|^(exit|terminat|end)/i.test(word))
  const rowTimeIsStart = start.length === 0
  if (begins.length === 0) return { readings: [{ source, kind: 'start', only: null, said, rowTimeIsStart }] }
  const only = (chosen: readonly string[], not = false): ProcessReading['only'] => ({
    columns: action,
    words: chosen,
    not,
  })
  return {
    readings: [
      { source, kind: 'start', only: only(begins), said, rowTimeIsStart },
      ...(ends.length > 0
        ? [{ source, kind: 'end', only: only(ends), said, rowTimeIsStart: false } satisfies ProcessReading]
        : []),
      { source, kind: 'seen', only: only([...begins, ...ends], true), said: seen, rowTimeIsStart: false },
    ],
  }
}

/** What exports call the time at which a process began. */
const START_NAMES = [
  'ProcessCreationTime',
  'CreatedProcessCreationTime',
  'CreateTime',
  'CreationTime',
  'CreationDate',
  'ProcessStartTime',
  'StartTime',
  'start_time',
  'process.start',
  'Started',
  'Process Creation Time',
]
