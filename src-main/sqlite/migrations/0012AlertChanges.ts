import type { WriteDb } from '../db.ts'

/**
 * What people changed about alerts: one line for each alert and field, `act` names those of one act and `alerts` how many
 * alerts it changed. Times in milliseconds.
 */
export function alertChanges0012(db: WriteDb): void {
  db.exec(`
    CREATE TABLE alert_changes (
      id TEXT PRIMARY KEY,
      alert_id TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
      act TEXT NOT NULL,
      at INTEGER NOT NULL,
      by TEXT NOT NULL,
      field TEXT NOT NULL,
      before TEXT,
      after TEXT,
      alerts INTEGER NOT NULL,
      undo INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX alert_changes_by_alert ON alert_changes (alert_id, at);
  `)
}
