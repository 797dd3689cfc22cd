import type { Column, Dataset, DatasetOrigin } from '#contract/datasets'
import type { Failure } from '#contract/failure'
import type { DatasetState, IocType } from '#contract/values'
import { conditions, isoOfMs, isoOfMsOrNull, isoOfUsOrNull } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

type DatasetRow = {
  id: string
  hunt_id: string
  name: string
  file: string
  state: DatasetState
  size: number
  sha256: string | null
  source_path: string
  source_stored: number
  row_count: number
  excerpt_of: number | null
  quarantined: number
  column_count: number
  column_list: string
  profile: string | null
  profile_name: string | null
  encoding: string | null
  delimiter: string | null
  time_column: string | null
  time_zone: string | null
  reading: string
  first_time: number | null
  last_time: number | null
  rows_without_time: number
  iocs: number
  iocs_by_type: string
  failure: string | null
  disk_bytes: number
  created_at: number
  imported_at: number | null
}

// JSON columns are written by this program only; their shapes are those of the write side.
const parsed = <T>(json: string): T => JSON.parse(json)

function datasetOf(row: DatasetRow): Dataset {
  return {
    id: row.id,
    huntId: row.hunt_id,
    name: row.name,
    file: row.file,
    state: row.state,
    size: row.size,
    sha256: row.sha256,
    rows: row.row_count,
    excerptOf: row.excerpt_of,
    quarantined: row.quarantined,
    columns: row.column_count,
    profile: row.profile,
    profileName: row.profile_name,
    encoding: row.encoding,
    delimiter: row.delimiter,
    timeColumn: row.time_column,
    timeZone: row.time_zone,
    skewSeconds: parsed<{ skewSeconds?: number }>(row.reading).skewSeconds ?? 0,
    firstTime: isoOfUsOrNull(row.first_time),
    lastTime: isoOfUsOrNull(row.last_time),
    rowsWithoutTime: row.rows_without_time,
    iocs: row.iocs,
    duplicateOf: null,
    failure: row.failure === null ? null : parsed<Failure>(row.failure),
    diskBytes: row.disk_bytes,
    createdAt: isoOfMs(row.created_at),
    importedAt: isoOfMsOrNull(row.imported_at),
  }
}

const SELECT_DATASETS = 'SELECT * FROM datasets d'

/** One dataset; null when there is none of that id. */
export function get(db: ReadDb, id: string): Dataset | null {
  const row = db.prepare<[string], DatasetRow>(`${SELECT_DATASETS} WHERE d.id = ?`).get(id)
  return row ? datasetOf(row) : null
}

/** The columns of a dataset in file order; null when there is no such dataset. */
export function columns(db: ReadDb, id: string): Column[] | null {
  const row = db.prepare<[string], { column_list: string }>('SELECT column_list FROM datasets WHERE id = ?').get(id)
  // Datasets of before derived columns do not say so.
  return row
    ? parsed<Column[]>(row.column_list).map((column) => ({ ...column, derivedFrom: column.derivedFrom ?? null }))
    : null
}

/** What was decided about a dataset without certainty; null when there is no such dataset. */
export function warnings(db: ReadDb, id: string): string[] | null {
  const row = db.prepare<[string], { warnings: string }>('SELECT warnings FROM datasets WHERE id = ?').get(id)
  return row ? parsed<string[]>(row.warnings) : null
}

/** The question that a dataset is the answer to; null where it was a file. */
export function origin(db: ReadDb, id: string): DatasetOrigin | null {
  const row = db.prepare<[string], { origin: string | null }>('SELECT origin FROM datasets WHERE id = ?').get(id)
  return row && row.origin !== null ? parsed<DatasetOrigin>(row.origin) : null
}

/** Where the source of a dataset lies; never sent to the page. */
export function source(
  db: ReadDb,
  id: string,
): { path: string; member: string | null; stored: boolean; encoding: string | null } | null {
  const row = db
    .prepare<
      [string],
      { source_path: string; source_member: string | null; source_stored: number; encoding: string | null }
    >('SELECT source_path, source_member, source_stored, encoding FROM datasets WHERE id = ?')
    .get(id)
  return row
    ? { path: row.source_path, member: row.source_member, stored: row.source_stored === 1, encoding: row.encoding }
    : null
}

export type DatasetQuery = {
  huntId?: string | undefined
  state?: DatasetState | undefined
  limit: number
  offset: number
}

export function list(db: ReadDb, query: DatasetQuery): { datasets: Dataset[]; total: number } {
  const where = conditions()
  where.in('d.hunt_id', query.huntId)
  where.in('d.state', query.state)
  const { text, values } = where.build()
  const rows = db
    .prepare<unknown[], DatasetRow>(`${SELECT_DATASETS} WHERE ${text} ORDER BY d.created_at, d.rowid LIMIT ? OFFSET ?`)
    .all(...values, query.limit, query.offset)
  const counted = db
    .prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM datasets d WHERE ${text}`)
    .get(...values)
  return { datasets: rows.map(datasetOf), total: counted?.n ?? 0 }
}

/** Ready datasets of a hunt with what the overview needs, in the order of import. */
export function readyOf(db: ReadDb, huntId: string): { id: string; iocsByType: { type: IocType; count: number }[] }[] {
  return db
    .prepare<[string], { id: string; iocs_by_type: string }>(
      `SELECT id, iocs_by_type FROM datasets WHERE hunt_id = ? AND state = 'ready' ORDER BY created_at, rowid`,
    )
    .all(huntId)
    .map((row) => ({ id: row.id, iocsByType: parsed<{ type: IocType; count: number }[]>(row.iocs_by_type) }))
}

/** Datasets of a hunt whose source had this size; the candidates for being the same bytes. */
export function ofSize(db: ReadDb, huntId: string, size: number): { id: string; sha256: string }[] {
  return db
    .prepare<[string, number], { id: string; sha256: string }>(
      `SELECT id, sha256 FROM datasets WHERE hunt_id = ? AND size = ? AND state = 'ready' AND sha256 IS NOT NULL ORDER BY created_at, rowid`,
    )
    .all(huntId, size)
}

/** Datasets that can be read and have at least so many rows, newest first. */
export function ofRows(db: ReadDb, rows: number): string[] {
  return db
    .prepare<[number], string>(
      `SELECT id FROM datasets WHERE state = 'ready' AND row_count >= ? ORDER BY created_at DESC, rowid DESC`,
    )
    .pluck()
    .all(rows)
}

/** Ids of all datasets, for the sweep of leftovers. */
export function ids(db: ReadDb): string[] {
  return db
    .prepare<[], { id: string }>('SELECT id FROM datasets')
    .all()
    .map((row) => row.id)
}

export function totals(db: ReadDb): { hunts: number; datasets: number; sqlite: string } {
  const row = db
    .prepare<[], { hunts: number; datasets: number; sqlite: string }>(
      'SELECT (SELECT count(*) FROM hunts) AS hunts, (SELECT count(*) FROM datasets) AS datasets, sqlite_version() AS sqlite',
    )
    .get()
  return row ?? { hunts: 0, datasets: 0, sqlite: '' }
}

/** Datasets whose file may or may not have been replaced when the program ended. */
export function rewriting(db: ReadDb): string[] {
  return db
    .prepare<[], { id: string }>('SELECT id FROM datasets WHERE rewriting = 1')
    .all()
    .map((row) => row.id)
}

/** Rows of a dataset that its alerts stand on. */
export function evidenceRows(db: ReadDb, id: string): number[] {
  return db
    .prepare<[string], { row: number }>('SELECT DISTINCT row FROM alert_evidence WHERE dataset_id = ?')
    .all(id)
    .map((found) => found.row)
}

/** SHA-256 of each MiB of the source of a dataset, one behind the other; null as long as they were not taken. */
export function blocks(db: ReadDb, id: string): Uint8Array | null {
  const found = db.prepare<[string], Buffer>('SELECT sha256s FROM source_blocks WHERE dataset_id = ?').pluck().get(id)
  return found ? new Uint8Array(found) : null
}
