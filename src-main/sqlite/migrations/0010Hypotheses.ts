import type { WriteDb } from '../db.ts'

/** Hypotheses of a hunt and the rows each stands on, with the column that tells most of a row. Rows go with their dataset. */
export function hypotheses0010(db: WriteDb): void {
  db.exec(`
    CREATE TABLE hypotheses (
      id TEXT PRIMARY KEY,
      hunt_id TEXT NOT NULL REFERENCES hunts (id) ON DELETE CASCADE,
      title TEXT NOT NULL,
      text TEXT NOT NULL,
      status TEXT NOT NULL,
      reason TEXT NOT NULL,
      mitre_technique TEXT,
      author TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      decided_at INTEGER,
      deleted_at INTEGER
    ) STRICT;
    CREATE INDEX hypotheses_by_hunt ON hypotheses (hunt_id, updated_at DESC);
    CREATE INDEX hypotheses_by_technique ON hypotheses (mitre_technique);

    CREATE TABLE hypothesis_evidence (
      hypothesis_id TEXT NOT NULL REFERENCES hypotheses (id) ON DELETE CASCADE,
      dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      row INTEGER NOT NULL,
      note TEXT NOT NULL,
      field TEXT NOT NULL,
      value TEXT NOT NULL,
      added_at INTEGER NOT NULL,
      n INTEGER PRIMARY KEY,
      UNIQUE (hypothesis_id, dataset_id, row)
    ) STRICT;
    CREATE INDEX hypothesis_evidence_by_dataset ON hypothesis_evidence (dataset_id);
  `)
}
