import { randomUUID } from 'node:crypto'
import type { WriteDb } from '../db.ts'

/**
 * Cases: what belongs together and is handed on. Times in milliseconds. Everything here is merged with what colleagues
 * changed in their own workspaces, so that
 * - ids are UUIDs, `changed` says for each field when it was last changed (JSON, field to milliseconds), and what was deleted
 *   or taken out stays with its time (`deleted_at`, `removed_at`);
 * - the activity of a case is one chain of entries per workspace it was worked on in (`chain` is its id from `case_chain`):
 *   chains are put side by side, never woven into each other. `case_heads` holds the last entry of each, so that one that
 *   was cut off at its end is noticed.
 * Alerts name their case themselves (alerts.case_id).
 */
export function cases0013(db: WriteDb): void {
  db.exec(`
    CREATE TABLE cases (
      id TEXT PRIMARY KEY,
      number INTEGER NOT NULL,
      title TEXT NOT NULL,
      description TEXT NOT NULL,
      severity TEXT NOT NULL,
      tlp TEXT NOT NULL,
      pap TEXT NOT NULL,
      status TEXT NOT NULL,
      priority INTEGER NOT NULL,
      assignee TEXT,
      tags TEXT NOT NULL,
      author TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      closed_at INTEGER,
      deleted_at INTEGER,
      changed TEXT NOT NULL
    ) STRICT;
    CREATE INDEX cases_by_change ON cases (updated_at DESC);

    CREATE TABLE case_links (
      case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      target TEXT NOT NULL,
      ioc_type TEXT,
      verdict TEXT,
      note TEXT NOT NULL,
      field TEXT NOT NULL DEFAULT '',
      value TEXT NOT NULL DEFAULT '',
      added_by TEXT NOT NULL,
      added_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      removed_at INTEGER,
      changed TEXT NOT NULL,
      PRIMARY KEY (case_id, kind, target)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX case_links_by_target ON case_links (kind, target);

    CREATE TABLE case_tasks (
      id TEXT PRIMARY KEY,
      case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
      title TEXT NOT NULL,
      text TEXT NOT NULL,
      state TEXT NOT NULL,
      position REAL NOT NULL,
      severity TEXT NOT NULL,
      assignee TEXT,
      due TEXT,
      author TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      done_at INTEGER,
      deleted_at INTEGER,
      changed TEXT NOT NULL
    ) STRICT;
    CREATE INDEX case_tasks_by_case ON case_tasks (case_id, state, position);

    CREATE TABLE case_notes (
      id TEXT PRIMARY KEY,
      case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
      title TEXT NOT NULL,
      text TEXT NOT NULL,
      author TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      deleted_at INTEGER,
      changed TEXT NOT NULL
    ) STRICT;
    CREATE INDEX case_notes_by_case ON case_notes (case_id, created_at);

    CREATE TABLE case_chain (id TEXT NOT NULL) STRICT;

    CREATE TABLE case_activity (
      case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
      chain TEXT NOT NULL,
      n INTEGER NOT NULL,
      id TEXT NOT NULL UNIQUE,
      at INTEGER NOT NULL,
      by TEXT NOT NULL,
      act TEXT NOT NULL,
      about TEXT NOT NULL,
      text TEXT NOT NULL,
      changes TEXT NOT NULL,
      previous TEXT NOT NULL,
      hash TEXT NOT NULL,
      PRIMARY KEY (case_id, chain, n)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX case_activity_by_time ON case_activity (case_id, at);

    CREATE TABLE case_heads (
      case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
      chain TEXT NOT NULL,
      n INTEGER NOT NULL,
      hash TEXT NOT NULL,
      PRIMARY KEY (case_id, chain)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX alerts_by_case ON alerts (case_id) WHERE case_id IS NOT NULL;
  `)
  db.prepare('INSERT INTO case_chain (id) VALUES (?)').run(randomUUID())
}
