import type { WriteDb } from '../db.ts'

/**
 * Themes with their keywords; which themes of the program were ever made, so that deleted ones stay deleted; and what the
 * last scan of each dataset found: exact counts, and of the hits as many as are kept. `time` in microseconds.
 */
export function keywords0007(db: WriteDb): void {
  db.exec(`
    CREATE TABLE keyword_themes (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      colour TEXT NOT NULL,
      enabled INTEGER NOT NULL,
      builtin TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE keyword_builtins (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE keywords (
      id TEXT PRIMARY KEY,
      theme_id TEXT NOT NULL REFERENCES keyword_themes (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      enabled INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      UNIQUE (theme_id, kind, text)
    ) STRICT;

    CREATE TABLE keyword_scans (
      dataset_id TEXT PRIMARY KEY REFERENCES datasets (id) ON DELETE CASCADE,
      at INTEGER NOT NULL,
      row_count INTEGER NOT NULL,
      column_list TEXT,
      reading TEXT
    ) STRICT;

    CREATE TABLE keyword_counts (
      dataset_id TEXT NOT NULL REFERENCES keyword_scans (dataset_id) ON DELETE CASCADE,
      keyword_id TEXT NOT NULL REFERENCES keywords (id) ON DELETE CASCADE,
      hits INTEGER NOT NULL,
      row_count INTEGER NOT NULL,
      kept INTEGER NOT NULL,
      PRIMARY KEY (dataset_id, keyword_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX keyword_counts_by_keyword ON keyword_counts (keyword_id);

    CREATE TABLE keyword_hits (
      n INTEGER PRIMARY KEY,
      dataset_id TEXT NOT NULL REFERENCES keyword_scans (dataset_id) ON DELETE CASCADE,
      keyword_id TEXT NOT NULL REFERENCES keywords (id) ON DELETE CASCADE,
      row INTEGER NOT NULL,
      time INTEGER,
      field TEXT NOT NULL,
      value TEXT NOT NULL,
      host TEXT,
      user TEXT
    ) STRICT;
    CREATE INDEX keyword_hits_by_row ON keyword_hits (dataset_id, row, n);
    CREATE INDEX keyword_hits_by_keyword ON keyword_hits (keyword_id);
  `)
}
