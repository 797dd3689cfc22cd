import type { ReadDb } from '../db.ts'

/** The lists of indicators that could go into a file, and those that are too large for it. */
export function listsOf(db: ReadDb, most: number): { id: string; name: string; indicators: number; fits: boolean }[] {
  return db
    .prepare<[], { id: string; name: string; indicators: number }>(
      'SELECT id, name, indicators FROM intel_lists WHERE own = 0 AND enabled = 1 ORDER BY name, id',
    )
    .all()
    .map((list) => ({ ...list, fits: list.indicators <= most }))
}
