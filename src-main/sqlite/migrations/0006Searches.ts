import type { WriteDb } from '../db.ts'

/**
 * Views of rows that were kept under a name, as JSON of the contract; queries that were run lately; and rows that alerts
 * stand on by their dataset. A search outlives its dataset: it can be pointed at another one.
 */
export function searches0006(db: WriteDb): void {
  db.exec(`
    CREATE TABLE searches (
      id TEXT PRIMARY KEY,
      hunt_id TEXT NOT NULL REFERENCES hunts (id) ON DELETE CASCADE,
      dataset_id TEXT,
      name TEXT NOT NULL,
      definition TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX searches_by_hunt ON searches (hunt_id, name);

    CREATE TABLE recent_queries (q TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    CREATE INDEX IF NOT EXISTS alert_evidence_by_row ON alert_evidence (dataset_id, row);
  `)
}
