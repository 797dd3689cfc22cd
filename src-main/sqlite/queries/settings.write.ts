import type { WriteDb } from '../db.ts'

/** Stores settings, as JSON text by key, all or none. */
export function put(db: WriteDb, entries: Record<string, string>): void {
  const statement = db.prepare(
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  db.transaction(() => {
    for (const [key, value] of Object.entries(entries)) statement.run(key, value)
  })()
}
