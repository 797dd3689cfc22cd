import type { CanonicalField, Severity } from '#contract/values'
import type { RowView } from './analyzer.ts'
import { plainId } from './eventSource.ts'
import type { EventSource } from './eventSource.ts'
import type { Shared } from './shared.ts'

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
export function eventMatcher<T extends EventRule>(rules: readonly T[], shared: Shared): (row: RowView) => readonly T[] {
  const byEvent = new Map<string, T[]>()
  for (const rule of rules) for (const event of rule.events) byEvent.set(event, [...(byEvent.get(event) ?? []), rule])

  function holds(rule: T, row: RowView, event: string, source: EventSource | null, text: () => string): boolean {
    if (source !== null && source !== rule.source) return false
    if (
      source === null &&
      rule.source !== 'security' &&
      rule.all === undefined &&
      !/^\d{5}$/.test(rule.events[0] ?? '')
    )
      if (!OWN_IDS.has(plainId(event))) return false
    if (rule.notBy?.includes(shared.program(row.text('process_name')))) return false
    const path = rule.pathEnds === undefined ? '' : row.text('file_path').toLowerCase()
    if (path !== '' && !(rule.pathEnds ?? []).some((end) => path.endsWith(end))) return false
    return (
      (rule.all ?? []).every((group) => group.some((phrase) => text().includes(phrase))) &&
      !(rule.none ?? []).some((phrase) => text().includes(phrase))
    )
  }

  return (row) => {
    const event = row.text('event_id')
    const candidates = event === '' ? undefined : byEvent.get(shared.id(event))
    if (candidates === undefined) return NO_RULES
    const source = shared.source(row.text('event_type'))
    let whole: string | null = null
    const text = (): string => (whole ??= textOf(row))
    return candidates.filter((rule) => holds(rule, row, event, source, text))
  }
}
const NO_RULES: readonly never[] = []

/** What the row says, for phrases. */
const textOf = (row: RowView): string =>
  ` ${TEXT_FIELDS.map((field) => row.text(field).slice(0, FIELD_MAX)).join(' \n ')} `.toLowerCase()

/** Ids outside the Security log that mean one thing wherever they are seen. */
const OWN_IDS = new Set(['7045', '104', '4104', '5001', '5007', '5010', '5012', '1116', '1117'])

/** The field of a row that says most about the event. */
export function shownField(rule: EventRule, row: RowView): CanonicalField {
  return (rule.shows ?? SHOWN).find((field) => row.text(field) !== '') ?? 'event_id'
}
