import type { Column } from '#contract/datasets'
import type { CanonicalField } from '#contract/values'
import { headerKey, profileById } from '../importer/profiles.ts'

/** Columns that make the short text of an event. */
const TEXT_COLUMNS_MAX = 10
/** The fields that tell what happened, where no profile says which columns do. */
const TELLING: readonly CanonicalField[] = [
  'description',
  'process_name',
  'command_line',
  'parent_process_name',
  'src_ip',
  'dst_ip',
  'dst_port',
  'domain',
  'url',
  'file_path',
  'file_name',
  'registry_key',
  'registry_value',
  'service_name',
  'logon_type',
  'status',
]

/** What tells which columns say what: those of a dataset, and the profile that recognised its tool. */
export type EventSource = { columns: readonly Column[]; profile: string | null }
export type EventColumns = { host: Column | null; user: Column | null; event: Column[]; text: Column[] }

/** Which columns of a dataset say where, who and what: for the rows of a timeline. */
export function eventColumns(source: EventSource): EventColumns {
  const columns = source.columns.filter(({ filled }) => filled > 0)
  const fullest = (field: CanonicalField): Column | null =>
    columns
      .filter(({ fields }) => fields.includes(field))
      .reduce<Column | null>((best, column) => (best === null || column.filled > best.filled ? column : best), null)
  const host = fullest('hostname')
  const user = fullest('username')
  const event = [fullest('event_id'), fullest('event_type')].filter((column) => column !== null)
  const said = new Set([host, user, ...event])
  const rest = columns.filter((column) => !said.has(column) && column.type !== 'time')

  const profile = source.profile === null ? null : profileById(source.profile)
  const marked = rest.filter((column) => column.first !== undefined).toSorted((a, b) => (a.first ?? 0) - (b.first ?? 0))
  const first =
    marked.length > 0
      ? marked
      : (profile?.first ?? []).flatMap((name) => rest.find(({ header }) => headerKey(header) === headerKey(name)) ?? [])
  const telling = TELLING.flatMap((field) => rest.filter(({ fields }) => fields.includes(field)))
  const chosen = [...new Set([...first, ...telling])]
  const text = chosen.length > 0 ? chosen : rest.filter(({ type }) => type === 'text')
  return { host, user, event: [...new Set(event)], text: text.slice(0, TEXT_COLUMNS_MAX) }
}
