import type { Connection } from '#contract/connections'
import { isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

/** A connection as it is kept: `sealed` is its password for the key ring that sealed it. */
export type KeptConnection = Omit<Connection, 'password'> & { hasPassword: boolean; sealed: string | null }

type Row = {
  id: string
  name: string
  url: string
  user: string
  has_password: number
  sealed: string | null
  processing_database: string
  logs_database: string
  verify_tls: number
  ca: string | null
  allow_write: number
  max_seconds: number
  max_rows_read: number
  max_bytes_read: number
  ask_above_rows: number
  created_at: number
  updated_at: number
}

const connectionOf = (row: Row): KeptConnection => ({
  id: row.id,
  name: row.name,
  url: row.url,
  user: row.user,
  hasPassword: row.has_password === 1,
  sealed: row.sealed,
  processingDatabase: row.processing_database,
  logsDatabase: row.logs_database,
  verifyTls: row.verify_tls === 1,
  ca: row.ca,
  allowWrite: row.allow_write === 1,
  maxSeconds: row.max_seconds,
  maxRowsRead: row.max_rows_read,
  maxBytesRead: row.max_bytes_read,
  askAboveRows: row.ask_above_rows,
  createdAt: isoOfMs(row.created_at),
  updatedAt: isoOfMs(row.updated_at),
})

/** All connections by name. */
export const list = (db: ReadDb): KeptConnection[] =>
  db.prepare<[], Row>('SELECT * FROM connections ORDER BY name COLLATE NOCASE, created_at, id').all().map(connectionOf)

/** One connection; null when there is none. */
export function get(db: ReadDb, id: string): KeptConnection | null {
  const row = db.prepare<[string], Row>('SELECT * FROM connections WHERE id = ?').get(id)
  return row ? connectionOf(row) : null
}
