import type { Copy } from '#contract/copies'
import type { Column } from '#contract/datasets'
import type { Failure } from '#contract/failure'
import type { CopyState } from '#contract/values'
import { conditions, isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

/** What else of a dataset its events and bars need: its profile, cells that say nothing, its span in microseconds. */
export type SentFacts = { profile: string | null; unset: string[]; span: { first: number; end: number } | null }
/** A dataset as it was when it was sent. Copies of before have no facts. */
export type SentColumns = { columns: Column[]; timeColumn: string | null; facts?: SentFacts | undefined }

type CopyRow = {
  id: string
  dataset_id: string
  hunt_id: string
  dataset_name: string
  connection_id: string
  connection_name: string
  database_name: string
  table_name: string
  state: CopyState
  row_count: number
  layout: string
  failure: string | null
  sent_at: number
  columns_now: string | null
  time_column: string | null
  rows_now: number | null
  rows_moved: number
}

// JSON columns are written by this program only; their shapes are those of the write side.
const parsed = <T>(json: string): T => JSON.parse(json)

const SELECT = `SELECT c.*, d.column_list AS columns_now, d.time_column, d.row_count AS rows_now,
    EXISTS (SELECT 1 FROM dataset_changes x WHERE x.dataset_id = c.dataset_id AND x.rows > 0 AND x.at > c.sent_at) AS rows_moved
  FROM copies c LEFT JOIN datasets d ON d.id = c.dataset_id`

const copyOf = (row: CopyRow): Copy => ({
  id: row.id,
  datasetId: row.dataset_id,
  huntId: row.hunt_id,
  datasetName: row.dataset_name,
  connection: row.connection_id,
  connectionName: row.connection_name,
  database: row.database_name,
  table: row.table_name,
  state: row.state,
  rows: row.row_count,
  stale: isStale(row),
  gone: row.columns_now === null,
  failure: row.failure === null ? null : parsed<Failure>(row.failure),
  sentAt: isoOfMs(row.sent_at),
})

/** Another reading, rows added by a repair or taken back with one, or no dataset any more. */
function isStale({
  layout,
  columns_now: now,
  time_column: timeColumn,
  rows_now: rows,
  row_count: sent,
  rows_moved: moved,
}: CopyRow): boolean {
  if (now === null || rows !== sent || moved === 1) return true
  const was = parsed<SentColumns>(layout)
  return was.timeColumn !== timeColumn || JSON.stringify(was.columns) !== JSON.stringify(withOrigin(parsed(now)))
}
// Datasets of before derived columns do not say so.
const withOrigin = (columns: Column[]): Column[] =>
  columns.map((column) => ({ ...column, derivedFrom: column.derivedFrom ?? null }))

export type CopyQuery = {
  datasetId?: string | undefined
  huntId?: string | undefined
  connection?: string | undefined
  limit: number
  offset: number
}

/** Copies, newest first. */
export function list(db: ReadDb, query: CopyQuery): { copies: Copy[]; total: number } {
  const where = conditions()
  where.in('c.dataset_id', query.datasetId)
  where.in('c.hunt_id', query.huntId)
  where.in('c.connection_id', query.connection)
  const { text, values } = where.build()
  const rows = db
    .prepare<unknown[], CopyRow>(`${SELECT} WHERE ${text} ORDER BY c.sent_at DESC, c.rowid DESC LIMIT ? OFFSET ?`)
    .all(...values, query.limit, query.offset)
  const counted = db
    .prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM copies c WHERE ${text}`)
    .get(...values)
  return { copies: rows.map(copyOf), total: counted?.n ?? 0 }
}

/** One copy with its columns; null when there is none of that id. */
export function get(db: ReadDb, id: string): (Copy & SentColumns) | null {
  const row = db.prepare<[string], CopyRow>(`${SELECT} WHERE c.id = ?`).get(id)
  return row ? { ...copyOf(row), ...parsed<SentColumns>(row.layout) } : null
}

/** The newest complete copies of the datasets of a hunt on one connection. */
export function ofHunt(db: ReadDb, huntId: string, connection: string): (Copy & SentColumns)[] {
  const rows = db
    .prepare<[string, string], CopyRow>(
      `${SELECT} WHERE c.hunt_id = ? AND c.connection_id = ? AND c.state = 'complete' ORDER BY c.sent_at DESC, c.rowid DESC`,
    )
    .all(huntId, connection)
  const newest = new Map<string, CopyRow>()
  for (const row of rows) if (!newest.has(row.dataset_id)) newest.set(row.dataset_id, row)
  return [...newest.values()].map((row) => ({ ...copyOf(row), ...parsed<SentColumns>(row.layout) }))
}
