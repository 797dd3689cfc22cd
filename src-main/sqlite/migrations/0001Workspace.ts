import type { WriteDb } from '../db.ts'

/** The first workspace: hunts, dataset descriptions, alerts with their evidence, settings. Times are microseconds since 1970 UTC unless named _at (milliseconds). */
export function workspace0001(db: WriteDb): void {
  db.exec(`
    CREATE TABLE hunts (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      description TEXT NOT NULL,
      status TEXT NOT NULL,
      analyze_on_import INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      closed_at INTEGER
    ) STRICT;
    CREATE INDEX hunts_by_change ON hunts (updated_at DESC);

    CREATE TABLE datasets (
      id TEXT PRIMARY KEY,
      hunt_id TEXT NOT NULL REFERENCES hunts (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      file TEXT NOT NULL,
      state TEXT NOT NULL,
      size INTEGER NOT NULL,
      sha256 TEXT,
      source_path TEXT NOT NULL,
      source_stored INTEGER NOT NULL,
      dialect TEXT NOT NULL,
      row_count INTEGER NOT NULL DEFAULT 0,
      quarantined INTEGER NOT NULL DEFAULT 0,
      column_count INTEGER NOT NULL DEFAULT 0,
      column_list TEXT NOT NULL DEFAULT '[]',
      profile TEXT,
      profile_name TEXT,
      encoding TEXT,
      delimiter TEXT,
      time_column TEXT,
      first_time INTEGER,
      last_time INTEGER,
      rows_without_time INTEGER NOT NULL DEFAULT 0,
      iocs INTEGER NOT NULL DEFAULT 0,
      iocs_by_type TEXT NOT NULL DEFAULT '[]',
      warnings TEXT NOT NULL DEFAULT '[]',
      failure TEXT,
      disk_bytes INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      imported_at INTEGER
    ) STRICT;
    CREATE INDEX datasets_by_hunt ON datasets (hunt_id, created_at);
    CREATE INDEX datasets_by_hash ON datasets (hunt_id, sha256);

    CREATE TABLE alerts (
      id TEXT PRIMARY KEY,
      hunt_id TEXT NOT NULL REFERENCES hunts (id) ON DELETE CASCADE,
      dataset_id TEXT REFERENCES datasets (id) ON DELETE CASCADE,
      analyzer TEXT NOT NULL,
      subject TEXT NOT NULL,
      title TEXT NOT NULL,
      description TEXT NOT NULL,
      severity TEXT NOT NULL,
      status TEXT NOT NULL,
      score REAL NOT NULL,
      evidence_total INTEGER NOT NULL,
      mitre_technique TEXT,
      tags TEXT NOT NULL,
      false_positives TEXT,
      case_id TEXT,
      assignee TEXT,
      host TEXT,
      user TEXT,
      first_time INTEGER,
      last_time INTEGER,
      acknowledged_at INTEGER,
      resolved_at INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      UNIQUE (hunt_id, dataset_id, analyzer, subject)
    ) STRICT;
    CREATE INDEX alerts_by_score ON alerts (hunt_id, score DESC, created_at DESC);
    CREATE INDEX alerts_of_all ON alerts (score DESC, created_at DESC);
    CREATE INDEX alerts_by_dataset ON alerts (dataset_id);
    CREATE INDEX alerts_by_state ON alerts (hunt_id, status, severity);

    CREATE TABLE alert_evidence (
      alert_id TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
      n INTEGER NOT NULL,
      dataset_id TEXT NOT NULL,
      row INTEGER NOT NULL,
      field TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (alert_id, n)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `)
}
