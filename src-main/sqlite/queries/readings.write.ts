import type { DatasetChange, Reading } from '#contract/datasets'
import type { ImportResult } from '../../importer/importRequest.ts'
import type { WriteDb } from '../db.ts'
import { lastOf, loadedSet } from '../rowSet.ts'
import { finish } from './datasets.write.ts'
import { forget, memorable, remember } from './mappings.write.ts'

/** A change of how a dataset is read. Its file keeps a copy, from which the change is finished after a crash. */
export type NewChange = {
  id: string
  datasetId: string
  kind: DatasetChange['kind']
  before: Reading
  after: Reading
  rows: number
  reason: string
  by: string
  now: number
  /** The change that this one takes back. */
  undoes: string | null
  /** Headers of the file, for which it is remembered; null: for none. */
  headers: string[] | null
  /** Nothing is to be remembered for these headers any more: another mapping says the same of them. */
  covered?: boolean
}

export type Rebuilt = {
  result: ImportResult
  diskBytes: number
  now: number
  /** null: the file was not written anew after all. */
  change: NewChange | null
  /** Times of the rows that alerts stand on, in microseconds. */
  times: readonly (readonly [row: number, time: number | null])[]
}

/** A dataset file has taken the place of the one before: what the workspace says about it follows, all or nothing. */
export function settle(db: WriteDb, id: string, rebuilt: Rebuilt): void {
  const { result, diskBytes, now, change, times } = rebuilt
  db.transaction(() => {
    finish(db, id, result, diskBytes, now)
    retimeAlerts(db, id, times)
    if (change?.undoes && change.rows > 0) forgetBehind(db, id, result.rows)
    if (change) record(db, change)
  })()
}

/** Rows left with a repair that was taken back: what was deleted or taken back about them cannot return, and a scan that hit them is void. */
function forgetBehind(db: WriteDb, id: string, row: number): void {
  db.prepare('DELETE FROM annotations WHERE dataset_id = ? AND deleted_at IS NOT NULL AND last_row > ?').run(id, row)
  const tagged = db.prepare<[string], { change: string; block: number; rows: Buffer }>(
    `SELECT change_id AS change, block, rows FROM tag_change_rows
     WHERE change_id IN (SELECT id FROM tag_changes WHERE dataset_id = ?)`,
  )
  const forget = db.prepare('DELETE FROM tag_changes WHERE id = ?')
  for (const line of tagged.all(id)) if ((lastOf(loadedSet([line])) ?? 0) > row) forget.run(line.change)
  db.prepare(
    'DELETE FROM keyword_scans WHERE dataset_id = ? AND EXISTS (SELECT 1 FROM keyword_hits h WHERE h.dataset_id = keyword_scans.dataset_id AND h.row > ?)',
  ).run(id, row)
}

/** Keeps a change in the history of its dataset, and what now holds. A change that is known already changes nothing. */
function record(db: WriteDb, change: NewChange): void {
  const { changes } = db
    .prepare(
      `INSERT OR IGNORE INTO dataset_changes (id, dataset_id, kind, before, after, rows, reason, by, at, undone)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    )
    .run(
      change.id,
      change.datasetId,
      change.kind,
      JSON.stringify(change.before),
      JSON.stringify(change.after),
      change.rows,
      change.reason,
      change.by,
      change.now,
    )
  if (changes === 0) return
  db.prepare('UPDATE datasets SET reading = ? WHERE id = ?').run(JSON.stringify(change.after), change.datasetId)
  if (change.undoes !== null) db.prepare('UPDATE dataset_changes SET undone = 1 WHERE id = ?').run(change.undoes)
  const [before, after] = [memorable(change.before), memorable(change.after)]
  // Changes that a program of before left half way name their headers by a hash.
  if (!Array.isArray(change.headers) || JSON.stringify(before) === JSON.stringify(after)) return
  if (change.covered || Object.keys(after).length === 0) forget(db, change.headers)
  else {
    const named = db.prepare<[string], { name: string }>('SELECT name FROM datasets WHERE id = ?').get(change.datasetId)
    remember(db, { headers: change.headers, reading: after, name: named?.name ?? change.datasetId }, change.now)
  }
}

/** Marks a dataset whose file is about to be replaced, or says that it was. */
export function setRewriting(db: WriteDb, datasetId: string, rewriting: boolean): void {
  db.prepare('UPDATE datasets SET rewriting = ? WHERE id = ?').run(rewriting ? 1 : 0, datasetId)
}

/** Sets the times of a dataset's alerts anew from its rows; in microseconds. `times` answers for a row number. */
function retimeAlerts(
  db: WriteDb,
  datasetId: string,
  times: readonly (readonly [row: number, time: number | null])[],
): void {
  const byRow = new Map(times)
  const alerts = db
    .prepare<[string, string], { id: string }>(
      'SELECT id FROM alerts WHERE dataset_id = ? UNION SELECT alert_id FROM alert_parts WHERE dataset_id = ?',
    )
    .all(datasetId, datasetId)
  const rowsOf = db.prepare<[string, string], { row: number }>(
    'SELECT row FROM alert_evidence WHERE alert_id = ? AND dataset_id = ?',
  )
  const setPart = db.prepare(
    'UPDATE alert_parts SET first_time = ?, last_time = ? WHERE alert_id = ? AND dataset_id = ?',
  )
  const set = db.prepare('UPDATE alerts SET first_time = ?, last_time = ? WHERE id = ?')
  const setOfParts = db.prepare(
    `UPDATE alerts SET (first_time, last_time) = (SELECT min(first_time), max(last_time) FROM alert_parts WHERE alert_id = :id)
     WHERE id = :id`,
  )
  db.transaction(() => {
    for (const { id } of alerts) {
      let first: number | null = null
      let last: number | null = null
      for (const { row } of rowsOf.all(id, datasetId)) {
        const time = byRow.get(row) ?? null
        if (time === null) continue
        first = first === null ? time : Math.min(first, time)
        last = last === null ? time : Math.max(last, time)
      }
      if (setPart.run(first, last, id, datasetId).changes > 0) setOfParts.run({ id })
      else set.run(first, last, id)
    }
  })()
}
