import type { WriteDb } from '../db.ts'

/**
 * What was looked for where goes along in case files: runs get ids, the name of what ran, and how many rows it read, since a
 * colleague may have only some of them. A run over fewer rows does not replace one over more. And: what somebody decided to
 * leave deleted although a case file holds it (`at` in milliseconds since 1970) is remembered until it comes back.
 */
export function sharedRuns0023(db: WriteDb): void {
  db.exec(`
    CREATE TABLE shared_runs (
      id TEXT PRIMARY KEY,
      dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      detector TEXT NOT NULL,
      rows INTEGER NOT NULL,
      at INTEGER NOT NULL,
      name TEXT,
      findings INTEGER NOT NULL,
      skipped TEXT,
      reading TEXT,
      UNIQUE (dataset_id, detector, rows)
    ) STRICT;
    INSERT INTO shared_runs (id, dataset_id, detector, rows, at, findings, skipped, reading)
      SELECT ${RANDOM_ID}, r.dataset_id, r.detector, coalesce(d.row_count, 0), r.at, r.findings, r.skipped, r.reading
      FROM detector_runs r JOIN datasets d ON d.id = r.dataset_id;
    DROP TABLE detector_runs;
    ALTER TABLE shared_runs RENAME TO detector_runs;

    CREATE TABLE left_deleted (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID;
  `)
}

/** A UUID of version 4. */
const hex = (bytes: number): string => `lower(hex(randomblob(${bytes})))`
const RANDOM_ID = `${hex(4)} || '-' || ${hex(2)} || '-4' || substr(${hex(2)}, 2) || '-8' || substr(${hex(2)}, 2) || '-' || ${hex(6)}`
