import { AppError } from '#contract/appError'
import type { CaseStatus, Pap, Severity, Tlp } from '#contract/values'
import { fieldChanges, stamped } from '../changedFields.ts'
import type { WriteDb } from '../db.ts'
import { type CaseActor, tell } from './caseActivity.write.ts'
import { link, type NewLink } from './caseLinks.write.ts'
import { existingCase } from './caseRecords.write.ts'

export type CaseFields = {
  title: string
  description: string
  severity: Severity
  tlp: Tlp
  pap: Pap
  status: CaseStatus
  priority: number
  assignee: string | null
  tags: string[]
}
export type CaseChange = { [K in keyof CaseFields]?: CaseFields[K] | undefined }

/** Opens a case under the next number, with what belongs to it. Answers the hunts whose alerts are concerned. */
export function create(
  db: WriteDb,
  id: string,
  fields: CaseFields,
  links: readonly NewLink[],
  actor: CaseActor,
): { huntIds: string[] } {
  const { by, now } = actor
  return db.transaction(() => {
    db.prepare(
      `INSERT INTO cases (id, number, title, description, severity, tlp, pap, status, priority, assignee, tags, author,
         created_at, updated_at, closed_at, changed)
       VALUES (:id, (SELECT coalesce(max(number), 0) + 1 FROM cases), :title, :description, :severity, :tlp, :pap, :status,
         :priority, :assignee, :tags, :by, :now, :now, :closed, '{}')`,
    ).run({
      ...fields,
      ...{ id, by, now, tags: JSON.stringify(fields.tags) },
      closed: fields.status === 'closed' ? now : null,
    })
    tell(db, id, { act: 'created', text: fields.title }, actor)
    return { huntIds: links.length === 0 ? [] : link(db, id, links, actor).huntIds }
  })()
}

/** Changes a case and tells what. AppError 'not-found'. */
export function update(db: WriteDb, id: string, change: CaseChange, actor: CaseActor): void {
  const { now } = actor
  db.transaction(() => {
    const row = existingCase(db, id)
    const before = { ...row, tags: tagsOf(row.tags) }
    const changes = fieldChanges(before, change)
    if (changes.length === 0) return
    const next = { ...before, ...given(change) }
    db.prepare(
      `UPDATE cases SET title = :title, description = :description, severity = :severity, tlp = :tlp, pap = :pap,
         status = :status, priority = :priority, assignee = :assignee, tags = :tags, changed = :changed, updated_at = :now,
         closed_at = CASE WHEN :status <> 'closed' THEN NULL ELSE coalesce(closed_at, :now) END
       WHERE id = :id`,
    ).run({
      id,
      now,
      title: next.title,
      description: next.description,
      severity: next.severity,
      tlp: next.tlp,
      pap: next.pap,
      status: next.status,
      priority: next.priority,
      assignee: next.assignee,
      tags: JSON.stringify(next.tags),
      changed: stamped(
        row.changed,
        changes.map(({ field }) => field),
        now,
      ),
    })
    tell(db, id, { act: 'changed', text: next.title, changes }, actor)
  })()
}

// Written by this program only, as a list of words.
const tagsOf = (json: string): string[] => JSON.parse(json)

/** What is given, without the fields that are undefined. */
function given(change: CaseChange): Partial<CaseFields> {
  const { title, description, severity, tlp, pap, status, priority, assignee, tags } = change
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(severity === undefined ? {} : { severity }),
    ...(tlp === undefined ? {} : { tlp }),
    ...(pap === undefined ? {} : { pap }),
    ...(status === undefined ? {} : { status }),
    ...(priority === undefined ? {} : { priority }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(tags === undefined ? {} : { tags }),
  }
}

/** Deletes a case; what belongs to it stays there, hidden, so that `restore` brings everything back. */
export function remove(db: WriteDb, id: string, actor: CaseActor): void {
  db.transaction(() => {
    const { title, changed } = existingCase(db, id)
    settle(db, id, actor.now, changed)
    tell(db, id, { act: 'deleted', text: title }, actor)
  })()
}

/** Brings a deleted case back. AppError 'not-found' when none of this id was deleted. */
export function restore(db: WriteDb, id: string, actor: CaseActor): void {
  db.transaction(() => {
    const row = db
      .prepare<[string], { title: string; changed: string }>(
        'SELECT title, changed FROM cases WHERE id = ? AND deleted_at IS NOT NULL',
      )
      .get(id)
    if (!row) throw new AppError('not-found', 'There is no deleted case of this id.', { id })
    settle(db, id, null, row.changed, actor.now)
    tell(db, id, { act: 'restored', text: row.title }, actor)
  })()
}

function settle(db: WriteDb, id: string, deletedAt: number | null, changed: string, now = deletedAt ?? 0): void {
  db.prepare('UPDATE cases SET deleted_at = ?, changed = ?, updated_at = ? WHERE id = ?').run(
    deletedAt,
    stamped(changed, ['deleted'], now),
    now,
    id,
  )
}

/** Puts a line into the activity for something that was done with the case: exported, imported. */
export function note(
  db: WriteDb,
  id: string,
  told: { act: 'exported' | 'imported'; text: string; about?: string },
  actor: CaseActor,
): void {
  db.transaction(() => {
    existingCase(db, id)
    tell(db, id, told, actor)
  })()
}
