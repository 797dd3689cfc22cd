import { randomUUID } from 'node:crypto'
import { headersKey } from '../headersKey.ts'
import type { WriteDb } from '../db.ts'

/**
 * What is remembered of files gets a name and the headers it was made for (JSON, in order; `[]`: not known), so that files
 * which differ a little are recognised too. What was remembered before finds its headers in a dataset that has them.
 */
export function mappings0025(db: WriteDb): void {
  db.exec(`
    CREATE TABLE mappings (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      headers_key TEXT NOT NULL UNIQUE,
      headers TEXT NOT NULL,
      reading TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
  `)
  const known = new Map(datasetsOf(db).map((dataset) => [headersKey(dataset.headers), dataset]))
  const add = db.prepare('INSERT INTO mappings VALUES (?, ?, ?, ?, ?, ?, ?)')
  const before = db.prepare<[], { headers: string; reading: string; at: number }>('SELECT * FROM remembered_readings')
  for (const { headers: key, reading, at } of before.all()) {
    const like = known.get(key)
    const name = like?.name ?? `Mapping of ${new Date(at).toISOString().slice(0, 10)}`
    add.run(randomUUID(), name, key, JSON.stringify(like?.headers ?? []), reading, at, at)
  }
  db.exec('DROP TABLE remembered_readings')
}

/** Columns of a dataset as this version finds them: those taken out of packed ones are none of the file's. */
type ColumnOf = { header: string; derivedFrom?: string | null }

function datasetsOf(db: WriteDb): { name: string; headers: string[] }[] {
  const rows = db.prepare<[], { name: string; columns: string }>(
    "SELECT name, column_list AS columns FROM datasets WHERE state = 'ready' ORDER BY created_at",
  )
  return rows.all().map(({ name, columns }) => {
    const list: ColumnOf[] = JSON.parse(columns)
    return {
      name,
      headers: list.filter(({ derivedFrom }) => (derivedFrom ?? null) === null).map(({ header }) => header),
    }
  })
}
