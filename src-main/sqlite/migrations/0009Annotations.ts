import type { WriteDb } from '../db.ts'

/**
 * What analysts say about rows. Sets of rows lie in blocks of 65,536 row numbers (sqlite/rowSet.ts), `n` of them in each: a
 * million tagged rows take some kB. `row_tags`: a row's own tag. `tag_changes`: which tag rows had before one was given or
 * taken away ('' for none), to take it back. `row_mark_versions` counts changes, so that readers keep what they have read.
 */
export function annotations0009(db: WriteDb): void {
  db.exec(`
    CREATE TABLE annotations (
      id TEXT PRIMARY KEY,
      hunt_id TEXT NOT NULL REFERENCES hunts (id) ON DELETE CASCADE,
      dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      text TEXT NOT NULL,
      severity TEXT,
      tag TEXT,
      colour TEXT,
      author TEXT NOT NULL,
      row_count INTEGER NOT NULL,
      first_row INTEGER NOT NULL,
      last_row INTEGER NOT NULL,
      filter TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      deleted_at INTEGER
    ) STRICT;
    CREATE INDEX annotations_by_hunt ON annotations (hunt_id, created_at DESC);
    CREATE INDEX annotations_by_dataset ON annotations (dataset_id, created_at DESC);

    CREATE TABLE annotation_rows (
      annotation_id TEXT NOT NULL REFERENCES annotations (id) ON DELETE CASCADE,
      block INTEGER NOT NULL,
      n INTEGER NOT NULL,
      rows BLOB NOT NULL,
      PRIMARY KEY (annotation_id, block)
    ) STRICT;

    CREATE TABLE row_tags (
      dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      tag TEXT NOT NULL,
      block INTEGER NOT NULL,
      n INTEGER NOT NULL,
      rows BLOB NOT NULL,
      PRIMARY KEY (dataset_id, tag, block)
    ) STRICT;

    CREATE TABLE tag_changes (
      id TEXT PRIMARY KEY,
      dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      tag TEXT,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX tag_changes_by_dataset ON tag_changes (dataset_id);

    CREATE TABLE tag_change_rows (
      change_id TEXT NOT NULL REFERENCES tag_changes (id) ON DELETE CASCADE,
      tag TEXT NOT NULL,
      block INTEGER NOT NULL,
      n INTEGER NOT NULL,
      rows BLOB NOT NULL,
      PRIMARY KEY (change_id, tag, block)
    ) STRICT;

    CREATE TABLE row_mark_versions (
      dataset_id TEXT PRIMARY KEY REFERENCES datasets (id) ON DELETE CASCADE,
      version INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `)
}
