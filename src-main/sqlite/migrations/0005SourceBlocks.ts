import type { WriteDb } from '../db.ts'

/** SHA-256 of each MiB of a dataset's source, 32 bytes each, one behind the other; taken after the import (datasets/sourceProof.ts). */
export function sourceBlocks0005(db: WriteDb): void {
  db.exec(`
    CREATE TABLE source_blocks (
      dataset_id TEXT PRIMARY KEY REFERENCES datasets (id) ON DELETE CASCADE,
      sha256s BLOB NOT NULL
    ) STRICT
  `)
}
