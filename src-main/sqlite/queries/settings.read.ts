import type { ReadDb } from '../db.ts'

/** All stored settings, as JSON text by key. */
export function all(db: ReadDb): Record<string, string> {
  const rows = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings').all()
  return Object.fromEntries(rows.map((row) => [row.key, row.value]))
}
