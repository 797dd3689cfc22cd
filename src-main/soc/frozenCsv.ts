import type { Dialect } from '#contract/datasets'
import type { Cell } from '#contract/soc'
import type { CanonicalField, CellKind } from '#contract/values'
import { kindOf, type Columns, type Row } from './columns.ts'

/** Canonical fields of columns whose names say more than their kinds: `host` is the Host header of a request, no machine. */
const BY_NAME: Readonly<Record<string, readonly CanonicalField[]>> = {
  src_ip: ['src_ip'],
  ip: ['src_ip'],
  dst_ip: ['dst_ip'],
  src_port: ['src_port'],
  dst_port: ['dst_port'],
  host: ['domain'],
  tls_sni: ['domain'],
  path: ['url'],
  method: ['event_type'],
  status: ['status'],
  ua: ['user_agent'],
  user_agent: ['user_agent'],
  header_user_agent: ['user_agent'],
  ja4: ['ja4'],
  threat_level: ['severity'],
  reason: ['description'],
}
const BY_KIND: Partial<Record<CellKind, readonly CanonicalField[]>> = { address: ['src_ip'], ja4: ['ja4'] }
/** The time of a row, where an answer has several. */
const TIMES = ['time', 'detected_at', 'timestamp', 'last_seen', 'window_start', 'first_seen']

/** How the importer is to read what was frozen: times are UTC, and columns mean what the panel says. */
export function frozenDialect(columns: Columns): Dialect {
  const all = Object.entries(columns).map(([name, column]) => ({ name, kind: kindOf(column) }))
  const times = all.filter(({ kind }) => kind === 'time').map(({ name }) => name)
  const fields = all.flatMap(({ name, kind }) => {
    const meant = BY_NAME[name] ?? BY_KIND[kind]
    return meant ? [{ name, meant: [...meant] }] : []
  })
  return {
    ...{ encoding: 'utf-8', delimiter: ',', quote: '"', header: true, timeZone: 'UTC', remembered: false },
    timeColumn: TIMES.find((name) => times.includes(name)) ?? times[0] ?? null,
    fields: Object.fromEntries(fields.map(({ name, meant }) => [name, meant])),
  }
}

/** Rows as CSV (RFC 4180), a header line of the column names first; lists as JSON, so that no value of them is lost. */
export function* frozenLines(columns: Columns, rows: readonly Row[]): Generator<string> {
  const names = Object.keys(columns)
  yield lineOf(names)
  for (const row of rows) yield lineOf(names.map((name) => textOf(row[name])))
}

function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  return Array.isArray(cell) ? JSON.stringify(cell) : String(cell)
}

const lineOf = (cells: readonly string[]): string => {
  const line = cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')
  // An empty line is no record.
  return `${line === '' ? '""' : line}\r\n`
}
