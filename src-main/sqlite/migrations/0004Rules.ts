import type { WriteDb } from '../db.ts'

/**
 * Rules, each as JSON of the contract beside what is asked for in SQL; which templates were ever made into rules, so that
 * deleted ones stay deleted; and the rule of an alert. Its name is kept with the alert: the rule may go.
 */
export function rules0004(db: WriteDb): void {
  db.exec(`
    CREATE TABLE rules (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      enabled INTEGER NOT NULL,
      hunt_id TEXT REFERENCES hunts (id) ON DELETE CASCADE,
      definition TEXT NOT NULL,
      template TEXT,
      last_run_at INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX rules_by_hunt ON rules (hunt_id);

    CREATE TABLE rule_templates (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    ALTER TABLE alerts ADD COLUMN rule_id TEXT;
    ALTER TABLE alerts ADD COLUMN rule_name TEXT;
    CREATE INDEX alerts_by_rule ON alerts (rule_id, hunt_id, dataset_id);
  `)
}
