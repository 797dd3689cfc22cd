import type { WriteDb } from '../db.ts'

/**
 * Lists of indicators. The indicators of a list stand under the number of its content: new content is written beside the
 * old and takes its place at once, and what no list names any more is swept away. NULL in a line: what the list says holds.
 * `verdict` is a place in the contract's verdicts, worst first; expires_at and the like are milliseconds since 1970 UTC.
 */
export function intel0011(db: WriteDb): void {
  db.exec(`
    CREATE TABLE intel_lists (
      id TEXT PRIMARY KEY,
      content INTEGER NOT NULL UNIQUE,
      name TEXT NOT NULL,
      purpose TEXT NOT NULL,
      own INTEGER NOT NULL DEFAULT 0,
      enabled INTEGER NOT NULL,
      verdict INTEGER NOT NULL,
      source TEXT,
      confidence INTEGER,
      expires_at INTEGER,
      subdomains INTEGER NOT NULL,
      file TEXT,
      format TEXT NOT NULL,
      indicators INTEGER NOT NULL,
      duplicates INTEGER NOT NULL,
      rejected INTEGER NOT NULL,
      counts TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE intel_indicators (
      type TEXT NOT NULL,
      value TEXT NOT NULL,
      content INTEGER NOT NULL,
      subdomains INTEGER NOT NULL,
      verdict INTEGER,
      confidence INTEGER,
      source TEXT,
      note TEXT,
      expires_at INTEGER,
      line INTEGER NOT NULL,
      PRIMARY KEY (type, value, content)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE intel_rejects (
      content INTEGER NOT NULL,
      n INTEGER NOT NULL,
      line INTEGER NOT NULL,
      reason TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (content, n)
    ) STRICT, WITHOUT ROWID;
  `)
}
