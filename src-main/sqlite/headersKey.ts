import { createHash } from 'node:crypto'

/** Names a set of headers, whatever their order and case. */
export function headersKey(headers: readonly string[]): string {
  const set = [...new Set(headers.map((header) => header.trim().toLowerCase()))].sort()
  return createHash('sha256').update(JSON.stringify(set)).digest('hex')
}
