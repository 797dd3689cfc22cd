import type { Failure } from '#contract/failure'
import type { WriteDb } from '../db.ts'
import type { SentColumns } from './copies.read.ts'

export type NewCopy = SentColumns & {
  id: string
  datasetId: string
  huntId: string
  datasetName: string
  connection: string
  connectionName: string
  database: string
  table: string
  rows: number
  now: number
}

/** A copy that is being sent: it is known before its table is made, so that no table of ours is ever forgotten. */
export function begin(db: WriteDb, copy: NewCopy): void {
  db.prepare(
    `INSERT INTO copies (id, dataset_id, hunt_id, dataset_name, connection_id, connection_name, database_name, table_name, state,
       row_count, layout, sent_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'sending', ?, ?, ?)`,
  ).run(
    ...[copy.id, copy.datasetId, copy.huntId, copy.datasetName, copy.connection, copy.connectionName],
    ...[copy.database, copy.table, copy.rows],
    JSON.stringify({ columns: copy.columns, timeColumn: copy.timeColumn, facts: copy.facts } satisfies SentColumns),
    copy.now,
  )
}

/** It is there with all its rows, or with a failure it is incomplete. */
export function settle(db: WriteDb, id: string, failure: Failure | null): void {
  db.prepare('UPDATE copies SET state = ?, failure = ? WHERE id = ?').run(
    failure === null ? 'complete' : 'incomplete',
    failure === null ? null : JSON.stringify(failure),
    id,
  )
}

/** Forgets a copy; false when there was none. */
export const remove = (db: WriteDb, id: string): boolean =>
  db.prepare('DELETE FROM copies WHERE id = ?').run(id).changes > 0

/** At start: what was being sent when the program ended is incomplete. */
export function failInterrupted(db: WriteDb, failure: Failure): number {
  return db
    .prepare(`UPDATE copies SET state = 'incomplete', failure = ? WHERE state = 'sending'`)
    .run(JSON.stringify(failure)).changes
}
