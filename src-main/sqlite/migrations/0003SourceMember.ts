import type { WriteDb } from '../db.ts'

/** A dataset may come from a member of a ZIP archive: `source_path` is the archive then. */
export function sourceMember0003(db: WriteDb): void {
  db.exec('ALTER TABLE datasets ADD COLUMN source_member TEXT')
}
