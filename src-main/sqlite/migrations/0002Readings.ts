import type { WriteDb } from '../db.ts'

/**
 * How datasets are read can change after the import: what the analyst said (`reading`), the history of it, and what is
 * remembered for files with the same header line. `rewriting` marks a dataset whose file is about to be replaced.
 */
export function readings0002(db: WriteDb): void {
  db.exec(`
    ALTER TABLE datasets ADD COLUMN time_zone TEXT;
    ALTER TABLE datasets ADD COLUMN reading TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE datasets ADD COLUMN rewriting INTEGER NOT NULL DEFAULT 0;

    CREATE TABLE dataset_changes (
      id TEXT PRIMARY KEY,
      dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      before TEXT NOT NULL,
      after TEXT NOT NULL,
      rows INTEGER NOT NULL,
      reason TEXT NOT NULL,
      by TEXT NOT NULL,
      at INTEGER NOT NULL,
      undone INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX dataset_changes_by_dataset ON dataset_changes (dataset_id, at);

    CREATE TABLE remembered_readings (
      headers TEXT PRIMARY KEY,
      reading TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `)
}
