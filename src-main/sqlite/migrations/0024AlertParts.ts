import type { WriteDb } from '../db.ts'

/**
 * What each dataset gives to an alert that stands on rows of several: how many rows, and the first and last time of them in
 * microseconds. Alerts of one dataset have none.
 */
export function alertParts0024(db: WriteDb): void {
  db.exec(`
    CREATE TABLE alert_parts (
      alert_id TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
      dataset_id TEXT NOT NULL,
      rows INTEGER NOT NULL,
      first_time INTEGER,
      last_time INTEGER,
      PRIMARY KEY (alert_id, dataset_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX alert_parts_by_dataset ON alert_parts (dataset_id);
  `)
}
