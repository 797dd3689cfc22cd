import type { WriteDb } from '../db.ts'

/**
 * What was looked for in which dataset, whether or not anything was found, so that a report can say what was searched without
 * result. `detector`: rule:ID, analyzer:NAME or lists. `skipped`: why it could not be asked there; null: it read every row.
 * `reading`: the newest change of how the dataset is read, as it was then. Only the last run of each is kept.
 */
export function detectorRuns0020(db: WriteDb): void {
  db.exec(`
    CREATE TABLE detector_runs (
      dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      detector TEXT NOT NULL,
      at INTEGER NOT NULL,
      findings INTEGER NOT NULL,
      skipped TEXT,
      reading TEXT,
      PRIMARY KEY (dataset_id, detector)
    ) STRICT, WITHOUT ROWID;
  `)
}
