import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { Reading } from '#contract/datasets'
import type { MappingDraft, MappingReading } from '#contract/mappings'
import type { WriteDb } from '../db.ts'
import { headersKey } from '../headersKey.ts'

/** Clock skew belongs to the source of one file, so it is never carried over to another. */
export function memorable(reading: Reading): MappingReading {
  const { skewSeconds: _, ...kept } = reading
  return kept
}

/** Makes a mapping. AppError 'conflict' where there is one for the very same headers. */
export function create(db: WriteDb, id: string, { name, headers, reading }: MappingDraft, now: number): void {
  const key = headersKey(headers)
  db.transaction(() => {
    const there = db.prepare<[string], { name: string }>('SELECT name FROM mappings WHERE headers_key = ?').get(key)
    if (there)
      throw new AppError('conflict', `There is a mapping for files with the very same headers: ${there.name}.`, {
        path: 'headers',
      })
    insert(db, id, { name, headers, reading }, now)
  })()
}

function insert(db: WriteDb, id: string, { name, headers, reading }: MappingDraft, now: number): void {
  db.prepare(
    `INSERT INTO mappings (id, name, headers_key, headers, reading, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(id, name, headersKey(headers), JSON.stringify(headers), JSON.stringify(memorable(reading)), now, now)
}

/** Renames a mapping, or has it say something else; false when there is none of that id. */
export function update(
  db: WriteDb,
  id: string,
  { name, reading }: { name?: string | undefined; reading?: MappingReading | undefined },
  now: number,
): boolean {
  return (
    db
      .prepare(
        'UPDATE mappings SET name = coalesce(?, name), reading = coalesce(?, reading), updated_at = ? WHERE id = ?',
      )
      .run(name ?? null, reading === undefined ? null : JSON.stringify(memorable(reading)), now, id).changes > 0
  )
}

/** Removes a mapping; false when there is none of that id. */
export function remove(db: WriteDb, id: string): boolean {
  return db.prepare('DELETE FROM mappings WHERE id = ?').run(id).changes > 0
}

/** A file that was read as `reading` says: what was said holds for the next one like it. Nothing when only a skew was said. */
export type Remembered = { headers: readonly string[]; reading: Reading; name: string; rename?: string | undefined }

/** Remembers what was said of a file. A mapping for the very same headers says it from now on and keeps its name, unless `rename` says another. */
export function remember(db: WriteDb, { headers, reading, name, rename }: Remembered, now: number): void {
  const kept = memorable(reading)
  if (Object.keys(kept).length === 0) return
  db.transaction(() => {
    const changed = db
      .prepare(
        'UPDATE mappings SET name = coalesce(?, name), headers = ?, reading = ?, updated_at = ? WHERE headers_key = ?',
      )
      .run(rename ?? null, JSON.stringify(headers), JSON.stringify(kept), now, headersKey(headers)).changes
    if (changed === 0) insert(db, randomUUID(), { name: rename ?? name, headers: [...headers], reading: kept }, now)
  })()
}

/** Forgets what was said of files with these headers. */
export const forget = (db: WriteDb, headers: readonly string[]): void =>
  void db.prepare('DELETE FROM mappings WHERE headers_key = ?').run(headersKey(headers))

export type TakenIn = { added: number; replaced: number; known: number; kept: string[] }

/** Takes mappings that a colleague handed on, all or none. Those for headers that have one here are left out, or replace it. */
export function takeIn(db: WriteDb, drafts: readonly MappingDraft[], replace: boolean, now: number): TakenIn {
  const taken: TakenIn = { added: 0, replaced: 0, known: 0, kept: [] }
  const at = db.prepare<[string], { id: string; reading: string }>(
    'SELECT id, reading FROM mappings WHERE headers_key = ?',
  )
  db.transaction(() => {
    for (const draft of drafts) {
      const there = at.get(headersKey(draft.headers))
      if (!there) {
        insert(db, randomUUID(), draft, now)
        taken.added++
      } else if (there.reading === JSON.stringify(memorable(draft.reading))) taken.known++
      else if (replace) {
        remove(db, there.id)
        insert(db, there.id, draft, now)
        taken.replaced++
      } else taken.kept.push(draft.name)
    }
  })()
  return taken
}
