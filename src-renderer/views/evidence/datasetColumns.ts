import type { Column } from '#contract/datasets'
import type { CanonicalField, IocType } from '#contract/values'
import { entityOf, type EntityType } from '../../ui/EntityMark.tsx'

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
const place = (column: Column): number => {
  const places = column.fields.map((field) => READING_ORDER.indexOf(field)).filter((at) => at >= 0)
  return Math.min(READING_ORDER.length, ...places)
}

/** A column filled in fewer rows than this share of the fullest one says little about most rows. */
const SPARSE = 0.2

/**
 * Time of the row first, then columns that feed fields (those that are mostly empty behind the others), then the rest in
 * the order of the source; empty columns last.
 */
export function inReadingOrder(columns: readonly Column[], timeColumn: string | null): Column[] {
  const fullest = Math.max(0, ...columns.map((column) => column.filled))
  const rank = (column: Column): number => {
    if (column.name === timeColumn) return -1
    if (column.filled === 0) return 1_000
    if (column.fields.length === 0) return 999
    return place(column) + (column.filled < fullest * SPARSE ? 100 : 0)
  }
  return columns.toSorted((a, b) => rank(a) - rank(b) || a.position - b.position)
}

/** What to call a column: its field, or else its header. */
export const columnTitle = (column: Column): string =>
  column.fields[0] ?? (column.header.trim() === '' ? column.name : column.header)

const userFields: readonly CanonicalField[] = ['username']

/** The entity whose mark and tint a column carries: its IOC type, or the user. */
export function columnEntity(column: Column): EntityType | undefined {
  if (column.ioc) return entityOf(column.ioc)
  if (column.fields.some((field) => userFields.includes(field))) return 'user'
  return undefined
}

const iocWords: Record<IocType, string> = {
  ipv4: 'IPv4',
  ipv6: 'IPv6',
  domain: 'domain',
  url: 'URL',
  email: 'e-mail',
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  hostname: 'host name',
  ja4: 'JA4',
}
export const iocWord = (type: IocType): string => iocWords[type]

/** The name a term of a query uses: the field where it means this one column, else the name of the column. */
export function queryName(column: Column, columns: readonly Column[]): string {
  const taken = (name: string) =>
    columns.some((one) => one !== column && (one.name.toLowerCase() === name || one.header.toLowerCase() === name))
  const own = column.fields.find(
    (field) => !taken(field) && columns.every((one) => one === column || !one.fields.includes(field)),
  )
  return own ?? column.name
}
