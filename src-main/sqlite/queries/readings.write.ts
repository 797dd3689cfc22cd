import type { DatasetChange, Reading } from '#contract/datasets'
import type { WriteDb } from '../db.ts'

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
}

/** Keeps a change in the history of its dataset, and what now holds. */
export function record(db: WriteDb, change: NewChange): void {
  db.transaction(() => {
    db.prepare(
      `INSERT INTO dataset_changes (id, dataset_id, kind, before, after, rows, reason, by, at, undone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    ).run(
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
    db.prepare('UPDATE datasets SET reading = ? WHERE id = ?').run(JSON.stringify(change.after), change.datasetId)
    if (change.undoes !== null) db.prepare('UPDATE dataset_changes SET undone = 1 WHERE id = ?').run(change.undoes)
  })()
}

/** Remembers what was said about a file with these headers for the next one like it. */
export function remember(db: WriteDb, headers: string, reading: Reading, now: number): void {
  db.prepare(
    `INSERT INTO remembered_readings (headers, reading, at) VALUES (?, ?, ?)
     ON CONFLICT (headers) DO UPDATE SET reading = excluded.reading, at = excluded.at`,
  ).run(headers, JSON.stringify(reading), now)
}

/** Marks a dataset whose file is about to be replaced, or says that it was. */
export function setRewriting(db: WriteDb, datasetId: string, rewriting: boolean): void {
  db.prepare('UPDATE datasets SET rewriting = ? WHERE id = ?').run(rewriting ? 1 : 0, datasetId)
}

/** Sets the times of a dataset's alerts anew from its rows; in microseconds. `times` answers for a row number. */
export function retimeAlerts(
  db: WriteDb,
  datasetId: string,
  times: readonly (readonly [row: number, time: number | null])[],
): void {
  const byRow = new Map(times)
  const alerts = db.prepare<[string], { id: string }>('SELECT id FROM alerts WHERE dataset_id = ?').all(datasetId)
  const rowsOf = db.prepare<[string, string], { row: number }>(
    'SELECT row FROM alert_evidence WHERE alert_id = ? AND dataset_id = ?',
  )
  const set = db.prepare('UPDATE alerts SET first_time = ?, last_time = ? WHERE id = ?')
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
      set.run(first, last, id)
    }
  })()
}
