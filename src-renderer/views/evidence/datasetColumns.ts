import type { Column } from '#contract/datasets'
import type { CanonicalField, IocType } from '#contract/values'
import { entityOf, type EntityType } from '../../ui/EntityMark.tsx'

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
