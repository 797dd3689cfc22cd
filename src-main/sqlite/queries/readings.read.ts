import type { DatasetChange, Reading } from '#contract/datasets'
import { isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

// JSON columns are written by this program only; their shapes are those of the write side.
const parsed = (json: string): Reading => JSON.parse(json)

/** What the analyst has said about how a dataset is read; empty where everything was detected. Null: no such dataset. */
export function reading(db: ReadDb, datasetId: string): Reading | null {
  const row = db.prepare<[string], { reading: string }>('SELECT reading FROM datasets WHERE id = ?').get(datasetId)
  return row ? parsed(row.reading) : null
}

type ChangeRow = Omit<DatasetChange, 'before' | 'after' | 'at' | 'undone'> & {
  before: string
  after: string
  at: number
  undone: number
}

/** Changes of a dataset, newest first. */
export function history(
  db: ReadDb,
  datasetId: string,
  limit: number,
  offset: number,
): { changes: DatasetChange[]; total: number } {
  const rows = db
    .prepare<[string, number, number], ChangeRow>(
      `SELECT id, kind, before, after, rows, reason, by, at, undone FROM dataset_changes
       WHERE dataset_id = ? ORDER BY at DESC, rowid DESC LIMIT ? OFFSET ?`,
    )
    .all(datasetId, limit, offset)
  const counted = db
    .prepare<[string], { n: number }>('SELECT count(*) AS n FROM dataset_changes WHERE dataset_id = ?')
    .get(datasetId)
  return {
    changes: rows.map((row) => ({
      ...row,
      before: parsed(row.before),
      after: parsed(row.after),
      at: isoOfMs(row.at),
      undone: row.undone === 1,
    })),
    total: counted?.n ?? 0,
  }
}

export type UndoneNext = { id: string; kind: 'reading' | 'repair'; rows: number; before: Reading }

/** The last change of reading, or `repair`, that was not taken back; null when there is none. */
export function lastChange(db: ReadDb, datasetId: string, repair: string | null): UndoneNext | null {
  const row = db
    .prepare<[string, string | null], Omit<UndoneNext, 'before'> & { before: string }>(
      `SELECT id, kind, rows, before FROM dataset_changes
       WHERE dataset_id = ? AND undone = 0 AND (kind = 'reading' OR kind = 'repair' AND id = ?)
       ORDER BY at DESC, rowid DESC LIMIT 1`,
    )
    .get(datasetId, repair)
  return row ? { ...row, before: parsed(row.before) } : null
}

/** Names how a dataset is read at present: its newest change of any kind; null before the first. */
export function newestChange(db: ReadDb, datasetId: string): string | null {
  const row = db
    .prepare<[string], { id: string }>(
      'SELECT id FROM dataset_changes WHERE dataset_id = ? ORDER BY at DESC, rowid DESC LIMIT 1',
    )
    .get(datasetId)
  return row?.id ?? null
}
