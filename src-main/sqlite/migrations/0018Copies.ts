import type { WriteDb } from '../db.ts'

/**
 * What was sent to which server. An entry outlives its dataset, hunt and connection: the table on the server does so as well.
 * `layout`: JSON of the columns as they were sent.
 */
export function copies0018(db: WriteDb): void {
  db.exec(`
    CREATE TABLE copies (
      id TEXT PRIMARY KEY,
      dataset_id TEXT NOT NULL,
      hunt_id TEXT NOT NULL,
      dataset_name TEXT NOT NULL,
      connection_id TEXT NOT NULL,
      connection_name TEXT NOT NULL,
      database_name TEXT NOT NULL,
      table_name TEXT NOT NULL,
      state TEXT NOT NULL,
      row_count INTEGER NOT NULL,
      layout TEXT NOT NULL,
      failure TEXT,
      sent_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX copies_by_dataset ON copies (dataset_id);
  `)
}
