import { AppError } from '#contract/appError'
import type { WriteDb } from '../db.ts'
import type { KeptConnection } from './connections.read.ts'

/** Connections of a workspace. */
const CONNECTIONS_MAX = 100

export type ConnectionValues = Omit<KeptConnection, 'id' | 'createdAt' | 'updatedAt'>

const bound = (values: ConnectionValues) => ({
  name: values.name,
  url: values.url,
  user: values.user,
  hasPassword: values.hasPassword ? 1 : 0,
  sealed: values.sealed,
  processingDatabase: values.processingDatabase,
  logsDatabase: values.logsDatabase,
  verifyTls: values.verifyTls ? 1 : 0,
  ca: values.ca,
  allowWrite: values.allowWrite ? 1 : 0,
  maxSeconds: values.maxSeconds,
  maxRowsRead: values.maxRowsRead,
  maxBytesRead: values.maxBytesRead,
  askAboveRows: values.askAboveRows,
})

/** Makes a connection. AppError 'too-large' over CONNECTIONS_MAX. */
export function create(db: WriteDb, id: string, values: ConnectionValues, now: number): void {
  db.transaction(() => {
    const all = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM connections').get()?.n ?? 0
    if (all >= CONNECTIONS_MAX) throw new AppError('too-large', `There are at most ${CONNECTIONS_MAX} connections.`)
    db.prepare(
      `INSERT INTO connections VALUES (:id, :name, :url, :user, :hasPassword, :sealed, :processingDatabase, :logsDatabase,
         :verifyTls, :ca, :allowWrite, :maxSeconds, :maxRowsRead, :maxBytesRead, :askAboveRows, :now, :now)`,
    ).run({ ...bound(values), id, now })
  })()
}

/** Replaces what a connection is; false when there is none. */
export const update = (db: WriteDb, id: string, values: ConnectionValues, now: number): boolean =>
  db
    .prepare(
      `UPDATE connections SET name = :name, url = :url, user = :user, has_password = :hasPassword, sealed = :sealed,
         processing_database = :processingDatabase, logs_database = :logsDatabase, verify_tls = :verifyTls, ca = :ca,
         allow_write = :allowWrite, max_seconds = :maxSeconds, max_rows_read = :maxRowsRead,
         max_bytes_read = :maxBytesRead, ask_above_rows = :askAboveRows, updated_at = :now
       WHERE id = :id`,
    )
    .run({ ...bound(values), id, now }).changes > 0

/** Removes a connection; false when there is none. */
export const remove = (db: WriteDb, id: string): boolean =>
  db.prepare('DELETE FROM connections WHERE id = ?').run(id).changes > 0
