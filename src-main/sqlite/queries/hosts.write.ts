import { AppError } from '#contract/appError'
import type { HostChange } from '#contract/hosts'
import type { WriteDb } from '../db.ts'

/** Keeps a change by hand; `fresh`: it comes after all others, else it goes back to its place. AppError 'not-found' without its hunt, 'conflict' where it is there. */
export function add(db: WriteDb, { id, huntId, kind, names, by, at }: HostChange, fresh: boolean): void {
  db.transaction(() => {
    if (!db.prepare<[string], object>('SELECT 1 FROM hunts WHERE id = ?').get(huntId))
      throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', {
        path: 'huntId',
        id: huntId,
      })
    if (db.prepare<[string], object>('SELECT 1 FROM host_changes WHERE id = ?').get(id))
      throw new AppError('conflict', 'This change of the hosts is there already.', { id })
    const last = db
      .prepare<[string], { at: number | null }>('SELECT max(at) AS at FROM host_changes WHERE hunt_id = ?')
      .get(huntId)?.at
    const when = fresh ? Math.max(Date.parse(at), (last ?? 0) + 1) : Date.parse(at)
    db.prepare('INSERT INTO host_changes (id, hunt_id, kind, names, by, at) VALUES (?, ?, ?, ?, ?, ?)').run(
      ...[id, huntId, kind, JSON.stringify(names), by],
      when,
    )
  })()
}

/** Takes a change back; false when there is none of that id. */
export function remove(db: WriteDb, id: string): boolean {
  return db.prepare('DELETE FROM host_changes WHERE id = ?').run(id).changes > 0
}
