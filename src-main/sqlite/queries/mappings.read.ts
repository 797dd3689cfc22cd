import type { Mapping } from '#contract/mappings'
import { isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'
import { headersKey } from '../headersKey.ts'

/** A mapping as it is kept; its tool and the columns it uses are found from that. */
export type KeptMapping = Omit<Mapping, 'tool' | 'uses'>
type MappingRow = { id: string; name: string; headers: string; reading: string; created_at: number; updated_at: number }

// JSON columns are written by this program only, as the contract parsed them.
const parsed = <T>(json: string): T => JSON.parse(json)
const mappingOf = (row: MappingRow): KeptMapping => ({
  id: row.id,
  name: row.name,
  headers: parsed(row.headers),
  reading: parsed(row.reading),
  createdAt: isoOfMs(row.created_at),
  updatedAt: isoOfMs(row.updated_at),
})
const SELECT = 'SELECT id, name, headers, reading, created_at, updated_at FROM mappings'

/** All mappings, the last changed first. */
export const all = (db: ReadDb): KeptMapping[] =>
  db.prepare<[], MappingRow>(`${SELECT} ORDER BY updated_at DESC, id`).all().map(mappingOf)

/** One mapping; null when there is none of that id. */
export function get(db: ReadDb, id: string): KeptMapping | null {
  const row = db.prepare<[string], MappingRow>(`${SELECT} WHERE id = ?`).get(id)
  return row ? mappingOf(row) : null
}

/** The mapping for the very same headers, in any order and case; null when there is none. */
export function ofHeaders(db: ReadDb, headers: readonly string[]): KeptMapping | null {
  const row = db.prepare<[string], MappingRow>(`${SELECT} WHERE headers_key = ?`).get(headersKey(headers))
  return row ? mappingOf(row) : null
}

/** Whether there is any mapping at all. */
export const any = (db: ReadDb): boolean => db.prepare('SELECT 1 FROM mappings LIMIT 1').get() !== undefined
