import type { WriteDb } from '../db.ts'

/**
 * Hosts that were merged and split by hand, and the maps that were drawn. A map is one JSON document; each act on it is kept
 * as what stood before and after for the elements it touched, so that it can be taken back after a restart: `step` of a map
 * counts the acts that hold, acts beyond it were taken back. Times in milliseconds.
 */
export function maps0016(db: WriteDb): void {
  db.exec(`
    CREATE TABLE host_changes (
      id TEXT PRIMARY KEY,
      hunt_id TEXT NOT NULL REFERENCES hunts (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      names TEXT NOT NULL,
      by TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX host_changes_by_hunt ON host_changes (hunt_id, at);

    CREATE TABLE maps (
      id TEXT PRIMARY KEY,
      hunt_id TEXT NOT NULL REFERENCES hunts (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      description TEXT NOT NULL,
      document TEXT NOT NULL,
      nodes INTEGER NOT NULL,
      links INTEGER NOT NULL,
      notes INTEGER NOT NULL,
      step INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      deleted_at INTEGER
    ) STRICT;
    CREATE INDEX maps_by_hunt ON maps (hunt_id, updated_at DESC);

    CREATE TABLE map_steps (
      map_id TEXT NOT NULL REFERENCES maps (id) ON DELETE CASCADE,
      step INTEGER NOT NULL,
      act TEXT NOT NULL,
      change TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (map_id, step)
    ) STRICT, WITHOUT ROWID;
  `)
}
