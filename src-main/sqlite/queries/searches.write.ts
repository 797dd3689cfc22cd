import { AppError } from '#contract/appError'
import type { SearchDraft } from '#contract/searches'
import type { WriteDb } from '../db.ts'

/** Recent queries kept in a workspace. */
const RECENT_MAX = 200

/** Keeps a search. AppError 'not-found' when its hunt does not exist, or its dataset is none of the hunt. */
export function create(db: WriteDb, id: string, search: SearchDraft, now: number): void {
  db.transaction(() => {
    check(db, search)
    db.prepare(
      'INSERT INTO searches (id, hunt_id, dataset_id, name, definition, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ).run(id, search.huntId, search.datasetId, search.name, JSON.stringify(search), now, now)
  })()
}

/** Replaces what a search says; `checked`: whether it names another dataset. False when there is no such search. */
export function update(db: WriteDb, id: string, search: SearchDraft, otherDataset: boolean, now: number): boolean {
  return db.transaction(() => {
    if (otherDataset) check(db, search)
    return (
      db
        .prepare('UPDATE searches SET dataset_id = ?, name = ?, definition = ?, updated_at = ? WHERE id = ?')
        .run(search.datasetId, search.name, JSON.stringify(search), now, id).changes > 0
    )
  })()
}

/** Removes a search; false when there is none of that id. */
export function remove(db: WriteDb, id: string): boolean {
  return db.prepare('DELETE FROM searches WHERE id = ?').run(id).changes > 0
}

/** Puts a query in front of the recent ones; the oldest beyond the limit goes. */
export function remember(db: WriteDb, q: string, now: number): void {
  db.transaction(() => {
    // Two within a millisecond keep their order.
    const last = db.prepare<[], { at: number | null }>('SELECT max(at) AS at FROM recent_queries').get()?.at ?? 0
    db.prepare('INSERT INTO recent_queries (q, at) VALUES (?, ?) ON CONFLICT (q) DO UPDATE SET at = excluded.at').run(
      q,
      Math.max(now, last + 1),
    )
    db.prepare(
      'DELETE FROM recent_queries WHERE q NOT IN (SELECT q FROM recent_queries ORDER BY at DESC, q LIMIT ?)',
    ).run(RECENT_MAX)
  })()
}

function check(db: WriteDb, { huntId, datasetId }: SearchDraft): void {
  if (!db.prepare<[string], object>('SELECT 1 AS known FROM hunts WHERE id = ?').get(huntId))
    throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { path: 'huntId', id: huntId })
  if (
    datasetId !== null &&
    !db
      .prepare<[string, string], object>('SELECT 1 AS known FROM datasets WHERE id = ? AND hunt_id = ?')
      .get(datasetId, huntId)
  )
    throw new AppError('not-found', 'There is no such dataset in this hunt. It may have been deleted.', {
      path: 'datasetId',
      id: datasetId,
    })
}
