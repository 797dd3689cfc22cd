import type { Column } from '#contract/datasets'
import type { CanonicalField } from '#contract/values'

/** The order in which an analyst reads a row; other fields follow in the order of the source. */
const READING_ORDER: readonly CanonicalField[] = [
  'hostname',
  'process_name',
  'command_line',
  'parent_process_name',
  'pid',
  'ppid',
  'username',
  'event_id',
  'event_type',
  'src_ip',
  'src_port',
  'dst_ip',
  'dst_port',
  'protocol',
  'domain',
  'url',
  'file_path',
  'registry_key',
  'registry_value',
  'service_name',
]
/** Columns that the profile shows first come before all others, in its order. */
const BEFORE = -100
const place = (column: Column): number => {
  if (column.first !== undefined) return BEFORE + column.first
  const places = column.fields.map((field) => READING_ORDER.indexOf(field)).filter((at) => at >= 0)
  return Math.min(READING_ORDER.length, ...places)
}

/** A column filled in fewer rows than this share of the fullest one says little about most rows. */
const SPARSE = 0.2

/**
 * Time of the row first, then the columns that the profile shows first, then those that feed fields (what is mostly empty
 * behind the others), then the rest in the order of the source; empty columns last.
 */
export function inReadingOrder(columns: readonly Column[], timeColumn: string | null): Column[] {
  const fullest = Math.max(0, ...columns.map((column) => column.filled))
  const rank = (column: Column): number => {
    if (column.name === timeColumn) return 2 * BEFORE
    if (column.filled === 0) return 1_000
    if (column.fields.length === 0 && column.first === undefined) return 999
    return place(column) + (column.filled < fullest * SPARSE ? 200 : 0)
  }
  return columns.toSorted((a, b) => rank(a) - rank(b) || a.position - b.position)
}
