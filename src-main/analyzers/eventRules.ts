import type { CanonicalField, Severity } from '#contract/values'
import type { RowView } from './analyzer.ts'
import { programName } from './commandText.ts'

/** Where a Windows event comes from; ids mean something only within one. */
export type EventSource =
  | 'security'
  | 'system'
  | 'application'
  | 'sysmon'
  | 'powershell'
  | 'defender'
  | 'bits'
  | 'firewall'
  | 'tasks'
  | 'dns'
  | 'rdp'
  | 'proxy'
  | 'other'

/** A kind of event worth a look, told by its id and, where the id says too little, by words in its text. */
export type EventRule = {
  id: string
  title: string
  technique: string | null
  severity: Severity
  /** 0 to 100. */
  score: number
  source: EventSource
  events: readonly string[]
  /** Each group must have one of its phrases in the text of the event (lower case). */
  all?: readonly (readonly string[])[]
  none?: readonly string[]
  /** The path in the event (object, target process, file) must end so, where there is one. */
  pathEnds?: readonly string[]
  /** Programs (names, lower case) that do this in the ordinary way. */
  notBy?: readonly string[]
  /** The field shown as evidence, the first that is not empty; default: what says most about the event. */
  shows?: readonly CanonicalField[]
  falsePositives: string
}

/** Fields an event rule looks at. */
export const EVENT_FIELDS = [
  'event_id',
  'event_type',
  'description',
  'service_name',
  'command_line',
  'file_path',
  'registry_key',
  'registry_value',
  'process_name',
  'username',
  'status',
  'hostname',
] as const satisfies readonly CanonicalField[]
const TEXT_FIELDS = EVENT_FIELDS.filter((field) => field !== 'event_id' && field !== 'hostname')
const SHOWN: readonly CanonicalField[] = [
  'command_line',
  'file_path',
  'registry_key',
  'description',
  'username',
  'process_name',
  'event_id',
]
/** Text of an event is looked at up to here, in characters per field. */
const FIELD_MAX = 20_000

/** Finds the rules that hold for a row; a lookup by event id comes first, so other rows cost almost nothing. */
export function eventMatcher<T extends EventRule>(rules: readonly T[]): (row: RowView) => T[] {
  const byEvent = new Map<string, T[]>()
  for (const rule of rules) for (const event of rule.events) byEvent.set(event, [...(byEvent.get(event) ?? []), rule])
  return (row) => {
    const event = row.text('event_id')
    const candidates = event === '' ? undefined : byEvent.get(plainId(event))
    if (candidates === undefined) return []
    const source = sourceOf(row.text('event_type'))
    let text: string | null = null
    return candidates.filter((rule) => {
      if (source !== null && source !== rule.source) return false
      if (
        source === null &&
        rule.source !== 'security' &&
        rule.all === undefined &&
        !/^\d{5}$/.test(rule.events[0] ?? '')
      )
        if (!OWN_IDS.has(plainId(event))) return false
      if (rule.notBy?.includes(programName(row.text('process_name')))) return false
      const path = rule.pathEnds === undefined ? '' : row.text('file_path').toLowerCase()
      if (path !== '' && !(rule.pathEnds ?? []).some((end) => path.endsWith(end))) return false
      if (rule.all === undefined && rule.none === undefined) return true
      text ??= ` ${TEXT_FIELDS.map((field) => row.text(field).slice(0, FIELD_MAX)).join(' \n ')} `.toLowerCase()
      const found = text
      return (
        (rule.all ?? []).every((group) => group.some((phrase) => found.includes(phrase))) &&
        !(rule.none ?? []).some((phrase) => found.includes(phrase))
      )
    })
  }
}

/** Ids outside the Security log that mean one thing wherever they are seen. */
const OWN_IDS = new Set(['7045', '104', '4104', '5001', '5007', '5010', '5012', '1116', '1117'])

/** `4688.0` and ` 4688` as 4688. */
export const plainId = (event: string): string => event.trim().replace(/\.0+$/, '')

/** The log an event comes from by its channel or provider; null when the row does not say. */
export function sourceOf(eventType: string): EventSource | null {
  const type = eventType.toLowerCase()
  for (const [word, source] of SOURCES) if (type.includes(word)) return source
  if (type === 'security' || type === 'system' || type === 'application') return type
  return type.includes('/operational') || type.includes('/admin') || type.startsWith('microsoft-') ? 'other' : null
}
const SOURCES: readonly (readonly [string, EventSource])[] = [
  ['sysmon', 'sysmon'],
  ['powershell', 'powershell'],
  ['windows defender', 'defender'],
  ['windows firewall', 'firewall'],
  ['bits-client', 'bits'],
  ['taskscheduler', 'tasks'],
  ['dns server', 'dns'],
  ['dns-server', 'dns'],
  ['dnsserver', 'dns'],
  ['terminalservices', 'rdp'],
  ['proxyconfig', 'proxy'],
  ['security-auditing', 'security'],
]

/** The field of a row that says most about the event. */
export function shownField(rule: EventRule, row: RowView): CanonicalField {
  return (rule.shows ?? SHOWN).find((field) => row.text(field) !== '') ?? 'event_id'
}
