import { AppError } from '#contract/appError'
import type { RuleDraft } from '#contract/rules'
import type { WriteDb } from '../db.ts'

/** Saves a rule. AppError 'not-found' when it is for a hunt that does not exist. */
export function create(db: WriteDb, id: string, rule: RuleDraft, template: string | null, now: number): void {
  db.transaction(() => {
    checkHunt(db, rule.huntId)
    db.prepare(
      `INSERT INTO rules (id, kind, name, enabled, hunt_id, definition, template, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(id, rule.kind, rule.name, rule.enabled ? 1 : 0, rule.huntId, JSON.stringify(rule), template, now, now)
  })()
}

/** Replaces what a rule says, or switches it. Its alerts follow its name. False when there is no such rule. */
export function update(
  db: WriteDb,
  id: string,
  change: { rule?: RuleDraft | undefined; enabled?: boolean | undefined },
  now: number,
): boolean {
  const { rule, enabled = rule?.enabled } = change
  return db.transaction(() => {
    if (rule) {
      checkHunt(db, rule.huntId)
      const { changes } = db
        .prepare('UPDATE rules SET kind = ?, name = ?, hunt_id = ?, definition = ?, updated_at = ? WHERE id = ?')
        .run(rule.kind, rule.name, rule.huntId, JSON.stringify(rule), now, id)
      if (changes === 0) return false
      db.prepare('UPDATE alerts SET rule_name = ? WHERE rule_id = ? AND rule_name IS NOT ?').run(
        rule.name,
        id,
        rule.name,
      )
    }
    if (enabled === undefined) return true
    return (
      db.prepare('UPDATE rules SET enabled = ?, updated_at = ? WHERE id = ?').run(enabled ? 1 : 0, now, id).changes > 0
    )
  })()
}

/** Removes a rule; answers how many alerts keep its name, or null when there is no such rule. */
export function remove(db: WriteDb, id: string): { alerts: number } | null {
  if (db.prepare('DELETE FROM rules WHERE id = ?').run(id).changes === 0) return null
  const counted = db.prepare<[string], { n: number }>('SELECT count(*) AS n FROM alerts WHERE rule_id = ?').get(id)
  return { alerts: counted?.n ?? 0 }
}

/** Makes each template a rule, once in the life of a workspace: what was edited or deleted since stays so. */
export function seed(
  db: WriteDb,
  templates: readonly { template: string; id: string; rule: RuleDraft }[],
  now: number,
): number {
  const first = db.prepare('INSERT OR IGNORE INTO rule_templates (id, at) VALUES (?, ?)')
  return db.transaction(() => {
    let made = 0
    for (const { template, id, rule } of templates) {
      if (first.run(template, now).changes === 0) continue
      create(db, id, rule, template, now)
      made++
    }
    return made
  })()
}

export function ran(db: WriteDb, ids: readonly string[], now: number): void {
  const statement = db.prepare('UPDATE rules SET last_run_at = ? WHERE id = ?')
  db.transaction(() => {
    for (const id of ids) statement.run(now, id)
  })()
}

function checkHunt(db: WriteDb, huntId: string | null): void {
  if (huntId === null || db.prepare<[string], object>('SELECT 1 AS known FROM hunts WHERE id = ?').get(huntId)) return
  throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { path: 'huntId', id: huntId })
}
