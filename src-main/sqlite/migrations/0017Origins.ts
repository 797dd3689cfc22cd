import type { WriteDb } from '../db.ts'

/** `origin`: JSON of the question to a server that a dataset is the answer to; NULL for datasets of files. */
export function origins0017(db: WriteDb): void {
  db.exec('ALTER TABLE datasets ADD COLUMN origin TEXT')
}
