import type { HuntStatus } from '#contract/values'
import type { WriteDb } from '../db.ts'

export type NewHunt = { id: string; name: string; description: string; analyzeOnImport: boolean; now: number }

export function create(db: WriteDb, hunt: NewHunt): void {
  db.prepare(
    `INSERT INTO hunts (id, name, description, status, analyze_on_import, created_at, updated_at) VALUES (?, ?, ?, 'active', ?, ?, ?)`,
  ).run(hunt.id, hunt.name, hunt.description, hunt.analyzeOnImport ? 1 : 0, hunt.now, hunt.now)
}

export type HuntChange = {
  id: string
  name?: string | undefined
  description?: string | undefined
  status?: HuntStatus | undefined
  analyzeOnImport?: boolean | undefined
}

/** Changes what is given; closing sets closed_at once, reopening clears it. False when there is no such hunt. */
export function update(db: WriteDb, change: HuntChange, now: number): boolean {
  const analyze = change.analyzeOnImport === undefined ? null : change.analyzeOnImport ? 1 : 0
  const done = db
    .prepare(
      `UPDATE hunts SET
         name = coalesce(:name, name),
         description = coalesce(:description, description),
         analyze_on_import = coalesce(:analyze, analyze_on_import),
         closed_at = CASE WHEN :status = 'active' THEN NULL WHEN :status IN ('closed', 'archived') THEN coalesce(closed_at, :now) ELSE closed_at END,
         status = coalesce(:status, status),
         updated_at = :now
       WHERE id = :id`,
    )
    .run({
      id: change.id,
      name: change.name ?? null,
      description: change.description ?? null,
      status: change.status ?? null,
      analyze,
      now,
    })
  return done.changes > 0
}

/** Removes a hunt and everything that refers to it; answers how much went, or null when there is no such hunt. */
export function remove(db: WriteDb, id: string): { datasets: string[]; alerts: number } | null {
  return db.transaction(() => {
    const datasets = db.prepare<[string], { id: string }>('SELECT id FROM datasets WHERE hunt_id = ?').all(id)
    const alerts = db.prepare('DELETE FROM alerts WHERE hunt_id = ?').run(id).changes
    const gone = db.prepare('DELETE FROM hunts WHERE id = ?').run(id).changes
    return gone === 0 ? null : { datasets: datasets.map((dataset) => dataset.id), alerts }
  })()
}
