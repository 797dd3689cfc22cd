import type { Beginning } from '../beginning.ts'
import { PART_COLUMNS } from '../datasetFile.ts'
import { isTimeFormat } from '../times.ts'

/**
 * Why a file cannot be taken by the fast import, for people and tests; null when it can. What is found out only while the
 * rows are read (a quote mark inside an unquoted cell, a record over 8 MiB) makes it give up later: see importFast.ts.
 */
export function canFastImport(beginning: Beginning, source: { packed: boolean }): string | null {
  const { dialect, plan, encoding } = beginning
  if (source.packed) return 'it is packed'
  if (plan.packed.length > 0) return 'its packed columns are taken apart'
  if (beginning.json !== null) return 'it is JSON'
  if (encoding !== 'utf-8') return `its encoding is ${encoding}`
  if (dialect.newline !== '\n') return 'its lines end otherwise than in LF or CRLF'
  const delimiter = dialect.delimiter.charCodeAt(0)
  if (
    dialect.delimiter.length !== 1 ||
    delimiter > 127 ||
    delimiter === 10 ||
    delimiter === 13 ||
    dialect.delimiter === dialect.quote
  ) {
    return 'its delimiter is no ASCII character'
  }
  if (dialect.quote.length > 1 || dialect.quote.charCodeAt(0) > 127) return 'its quote mark is no ASCII character'
  if (dialect.quote !== '' && dialect.escape === 'backslash') return 'its quote marks are escaped by a backslash'
  if (plan.columns.length > PART_COLUMNS) return `it has more than ${PART_COLUMNS} columns`
  if (plan.timeWith !== null || plan.timeZoneFrom !== null) return 'the time of a row stands in several columns'
  if (
    plan.columns.some(({ type, timeFormat }) => type === 'time' && (timeFormat === null || !isTimeFormat(timeFormat)))
  )
    return 'a time column has no format'
  if (plan.skew !== 0) return 'its clock skew was said'
  if (plan.hosts.length > 16) return 'more than 16 columns name the host'
  return null
}
