import type { WriteDb } from '../db.ts'

/** Connections to ClickHouse servers; `sealed` is the password for the key ring that sealed it. */
export function connections0014(db: WriteDb): void {
  db.exec(`
    CREATE TABLE connections (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      url TEXT NOT NULL,
      user TEXT NOT NULL,
      has_password INTEGER NOT NULL,
      sealed TEXT,
      processing_database TEXT NOT NULL,
      logs_database TEXT NOT NULL,
      verify_tls INTEGER NOT NULL,
      ca TEXT,
      allow_write INTEGER NOT NULL,
      max_seconds INTEGER NOT NULL,
      max_rows_read INTEGER NOT NULL,
      max_bytes_read INTEGER NOT NULL,
      ask_above_rows INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
  `)
}
