import type { CaseLinkKind, IocType, Verdict } from '#contract/values'
import { fieldChanges, stamped } from '../changedFields.ts'
import type { WriteDb } from '../db.ts'
import { type CaseActor, tell } from './caseActivity.write.ts'
import { touch } from './caseRecords.write.ts'

export type NewLink = {
  kind: CaseLinkKind | 'alert'
  target: string
  /** As the activity names it. */
  label: string
  iocType?: IocType | null
  verdict?: Verdict | null | undefined
  note?: string | undefined
  field?: string
  value?: string
}
type Kept = { note: string; verdict: Verdict | null; removed_at: number | null; changed: string }

/** Whether the link is new. */
export function keep(db: WriteDb, caseId: string, one: NewLink, actor: CaseActor): boolean {
  const { by, now } = actor
  const { kind, target, label } = one
  const about = `${kind}:${target}`
  const known = db
    .prepare<[string, string, string], Kept>(
      'SELECT note, verdict, removed_at, changed FROM case_links WHERE case_id = ? AND kind = ? AND target = ?',
    )
    .get(caseId, kind, target)
  if (!known) {
    db.prepare(
      `INSERT INTO case_links (case_id, kind, target, ioc_type, verdict, note, field, value, added_by, added_at, updated_at, changed)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')`,
    ).run(
      ...[caseId, kind, target, one.iocType ?? null, one.verdict ?? null, one.note ?? ''],
      ...[one.field ?? '', one.value ?? '', by, now, now],
    )
    tell(db, caseId, { act: 'linked', about, text: label }, actor)
    return true
  }
  const changes = fieldChanges(known, { note: one.note, verdict: one.verdict })
  const back = known.removed_at !== null
  if (changes.length === 0 && !back) return false
  const fields = [...changes.map(({ field }) => field), ...(back ? ['removed'] : [])]
  db.prepare(
    `UPDATE case_links SET note = ?, verdict = ?, removed_at = NULL, updated_at = ?, changed = ?
     WHERE case_id = ? AND kind = ? AND target = ?`,
  ).run(
    ...[one.note ?? known.note, one.verdict === undefined ? known.verdict : one.verdict],
    ...[now, stamped(known.changed, fields, now), caseId, kind, target],
  )
  tell(db, caseId, { act: 'linked', about, text: label, changes }, actor)
  return back
}

/** Tells the cases concerned which alerts came and went, and makes their hunts belong to the case they are in now. */
export function alertsMoved(
  db: WriteDb,
  moved: readonly { title: string; huntId: string; from: string | null; to: string | null }[],
  actor: CaseActor,
): void {
  const known = db.prepare<[string], { id: string }>('SELECT id FROM cases WHERE id = ? AND deleted_at IS NULL')
  const huntName = db.prepare<[string], { name: string }>('SELECT name FROM hunts WHERE id = ?')
  const concerned = new Set(moved.flatMap(({ from, to }) => [from, to]).filter((id) => id !== null))
  for (const id of concerned) {
    if (!known.get(id)) continue
    for (const [act, these] of [
      ['alerts-removed', moved.filter(({ from }) => from === id)],
      ['alerts-added', moved.filter(({ to }) => to === id)],
    ] as const) {
      const first = these[0]
      if (!first) continue
      const count = these.length === 1 ? [] : [{ field: 'alerts', from: null, to: String(these.length) }]
      tell(db, id, { act, text: first.title, changes: count }, actor)
      if (act === 'alerts-added')
        for (const huntId of new Set(these.map((alert) => alert.huntId)))
          keep(db, id, { kind: 'hunt', target: huntId, label: huntName.get(huntId)?.name ?? '' }, actor)
    }
    touch(db, id, actor.now)
  }
}
