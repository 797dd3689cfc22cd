import type { DatasetHandle } from './datasetFiles.ts'
import type { QuarantineEntry } from './datasetCells.ts'

/** A row that was a record of quarantine, with the repair it came by and the record as it was. */
export type RepairedRow = QuarantineEntry & { row: number; change: string }

const isKept = ({ db }: DatasetHandle): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'repaired'").get() !== undefined

/** All rows that came by repairs, in their order; of files repaired before these were kept, none. */
export function repairedRows(handle: DatasetHandle): RepairedRow[] {
  if (!isKept(handle)) return []
  return handle.db
    .prepare<[], RepairedRow>('SELECT row, change, id, line, offset, length, reason, raw FROM repaired ORDER BY row')
    .all()
}

/** The repair whose rows are the last ones of the dataset, which alone can be taken back; null: none. */
export function lastRepair(handle: DatasetHandle): string | null {
  if (!isKept(handle)) return null
  const last = handle.db
    .prepare<[number], { change: string }>('SELECT change FROM repaired WHERE row = ?')
    .get(handle.rows)
  return last?.change ?? null
}
