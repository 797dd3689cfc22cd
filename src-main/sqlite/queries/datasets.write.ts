import { AppError } from '#contract/appError'
import type { DatasetOrigin, Dialect, Reading } from '#contract/datasets'
import type { Failure } from '#contract/failure'
import type { ImportResult } from '../../importer/importRequest.ts'
import type { WriteDb } from '../db.ts'

export type NewDataset = {
  id: string
  huntId: string
  name: string
  file: string
  size: number
  sourcePath: string
  /** Of a ZIP archive, the member. */
  sourceMember?: string | null | undefined
  sourceStored: boolean
  dialect: Dialect
  reading: Reading
  /** The question that it is the answer to; left out for files. */
  origin?: DatasetOrigin | undefined
  now: number
}

/** A dataset whose import is under way. AppError 'not-found' when its hunt was deleted. */
export function begin(db: WriteDb, dataset: NewDataset): void {
  db.transaction(() => {
    if (db.prepare('SELECT 1 FROM hunts WHERE id = ?').get(dataset.huntId) === undefined)
      throw new AppError('not-found', 'The hunt was deleted before the import began.', { id: dataset.huntId })
    db.prepare(
      `INSERT INTO datasets (id, hunt_id, name, file, state, size, source_path, source_member, source_stored, dialect, reading, origin, created_at)
       VALUES (?, ?, ?, ?, 'importing', ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      dataset.id,
      dataset.huntId,
      dataset.name,
      dataset.file,
      dataset.size,
      dataset.sourcePath,
      dataset.sourceMember ?? null,
      dataset.sourceStored ? 1 : 0,
      JSON.stringify(dataset.dialect),
      JSON.stringify(dataset.reading),
      dataset.origin === undefined ? null : JSON.stringify(dataset.origin),
      dataset.now,
    )
    db.prepare('UPDATE hunts SET updated_at = ? WHERE id = ?').run(dataset.now, dataset.huntId)
  })()
}

/** The import is complete and its file published under its lasting name. */
export function finish(db: WriteDb, id: string, result: ImportResult, diskBytes: number, now: number): void {
  db.prepare(
    `UPDATE datasets SET state = 'ready', size = :size, sha256 = :sha256, row_count = :rows, quarantined = :quarantined,
       column_count = :columns, column_list = :columnList, profile = :profile, profile_name = :profileName, encoding = :encoding,
       delimiter = :delimiter, time_column = :timeColumn, time_zone = :timeZone, first_time = :firstTime, last_time = :lastTime,
       rows_without_time = :rowsWithoutTime, iocs = :iocs, iocs_by_type = :iocsByType, warnings = :warnings,
       disk_bytes = :diskBytes, imported_at = coalesce(imported_at, :now), failure = NULL, rewriting = 0
     WHERE id = :id`,
  ).run({
    id,
    size: result.size,
    sha256: result.sha256,
    rows: result.rows,
    quarantined: result.quarantined,
    // Derived columns are ours; the file has the others.
    columns: result.columns.filter(({ derivedFrom }) => derivedFrom === null).length,
    columnList: JSON.stringify(result.columns),
    profile: result.profile,
    profileName: result.profileName,
    encoding: result.encoding,
    delimiter: result.delimiter,
    timeColumn: result.timeColumn,
    timeZone: result.timeZone,
    firstTime: result.firstTime,
    lastTime: result.lastTime,
    rowsWithoutTime: result.rowsWithoutTime,
    iocs: result.iocs,
    iocsByType: JSON.stringify(result.iocsByType),
    warnings: JSON.stringify(result.warnings),
    diskBytes,
    now,
  })
}

/**
 * As finish, for an import. Where another import of the same bytes into the hunt was faster, this one is taken out again.
 * Answers the dataset that holds the bytes. AppError 'not-found' when it was deleted while it was imported.
 */
export function publish(db: WriteDb, id: string, result: ImportResult, diskBytes: number, now: number): string {
  return db.transaction(() => {
    const own = db.prepare<[string], { hunt_id: string }>('SELECT hunt_id FROM datasets WHERE id = ?').get(id)
    if (!own) throw new AppError('not-found', 'The dataset was deleted while it was imported.', { id })
    const first = db
      .prepare<[string, string], { id: string }>(
        `SELECT id FROM datasets WHERE hunt_id = ? AND sha256 = ? AND state = 'ready' ORDER BY created_at, rowid LIMIT 1`,
      )
      .get(own.hunt_id, result.sha256)
    if (first) remove(db, id)
    else finish(db, id, result, diskBytes, now)
    return first?.id ?? id
  })()
}

/** The file could not be imported; the entry stays so that the analyst sees why. */
export function fail(db: WriteDb, id: string, failure: Failure): void {
  db.prepare(`UPDATE datasets SET state = 'failed', failure = ? WHERE id = ?`).run(JSON.stringify(failure), id)
}

export function rename(db: WriteDb, id: string, name: string): boolean {
  return db.prepare('UPDATE datasets SET name = ? WHERE id = ?').run(name, id).changes > 0
}

/**
 * Removes a dataset with the alerts that stand on it alone; those that stand on rows of others as well keep these and are
 * counted in `cut`. Null when there is no such dataset.
 */
export function remove(db: WriteDb, id: string): { alerts: number; cut: number } | null {
  return db.transaction(() => {
    const cut = cutAlerts(db, id)
    const alerts = db.prepare('DELETE FROM alerts WHERE dataset_id = ?').run(id).changes
    const gone = db.prepare('DELETE FROM datasets WHERE id = ?').run(id).changes
    return gone === 0 ? null : { alerts, cut }
  })()
}

/** After a crash: imports that were under way have failed. Answers their ids. */
export function failInterrupted(db: WriteDb, failure: Failure): string[] {
  return db.transaction(() => {
    const open = db.prepare<[], { id: string }>(`SELECT id FROM datasets WHERE state = 'importing'`).all()
    for (const { id } of open) fail(db, id, failure)
    return open.map((row) => row.id)
  })()
}

/** Keeps the digests of the blocks of a source; nothing when the dataset was deleted meanwhile. */
export function keepBlocks(db: WriteDb, id: string, sha256s: Uint8Array): void {
  db.prepare('INSERT OR REPLACE INTO source_blocks (dataset_id, sha256s) SELECT id, ? FROM datasets WHERE id = ?').run(
    sha256s,
    id,
  )
}

/** Takes the rows of a dataset out of alerts that stand on others as well. The next run of the rule tells whether it still finds them. */
function cutAlerts(db: WriteDb, datasetId: string): number {
  const shared = db
    .prepare<[string], { id: string }>('SELECT alert_id AS id FROM alert_parts WHERE dataset_id = ?')
    .all(datasetId)
  db.prepare('DELETE FROM alert_parts WHERE dataset_id = ?').run(datasetId)
  const forget = db.prepare('DELETE FROM alert_evidence WHERE alert_id = ? AND dataset_id = ?')
  // The subject names a row of its dataset (conditions/sameAlert.ts).
  const move = db.prepare(
    `UPDATE alerts SET dataset_id = e.dataset_id, subject = rule_id || ' ' || e.row || ' moved ' || id FROM
       (SELECT p.dataset_id, e.row FROM alert_parts p JOIN alert_evidence e USING (alert_id, dataset_id)
        WHERE p.alert_id = :id ORDER BY p.first_time IS NULL, p.first_time, e.n LIMIT 1) e
     WHERE id = :id AND alerts.dataset_id = :datasetId`,
  )
  const count = db.prepare(
    `UPDATE alerts SET (evidence_total, first_time, last_time) =
       (SELECT sum(rows), min(first_time), max(last_time) FROM alert_parts WHERE alert_id = :id) WHERE id = :id`,
  )
  const single = db.prepare(
    'DELETE FROM alert_parts WHERE alert_id = :id AND (SELECT count(*) FROM alert_parts WHERE alert_id = :id) = 1',
  )
  for (const { id } of shared) {
    forget.run(id, datasetId)
    move.run({ id, datasetId })
    count.run({ id })
    single.run({ id })
  }
  return shared.length
}
