import { createHash } from 'node:crypto'
import { AppError } from '#contract/appError'
import { fieldChanges, stamped } from '../changedFields.ts'
import type { WriteDb } from '../db.ts'
import { type CaseActor, tell } from './caseActivity.write.ts'
import { existingCase, touch } from './caseRecords.write.ts'
import type { NoteRow } from './caseNotes.read.ts'

export type NoteFields = { title: string; text: string }
export type NoteChange = { title?: string | undefined; text?: string | undefined }

/** A text stands in the activity by its hash: long, and it must be possible to tell whether it is still the same. */
const hashOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`
/** What the activity calls a note. */
const named = ({ title, text }: NoteFields): string => (title === '' ? (text.split('\n', 1)[0] ?? '') : title)

/** Writes a note. AppError 'not-found' without the case. */
export function createNote(db: WriteDb, caseId: string, id: string, fields: NoteFields, actor: CaseActor): void {
  const { by, now } = actor
  db.transaction(() => {
    existingCase(db, caseId)
    db.prepare(
      `INSERT INTO case_notes (id, case_id, title, text, author, created_at, updated_at, changed) VALUES (?, ?, ?, ?, ?, ?, ?, '{}')`,
    ).run(id, caseId, fields.title, fields.text, by, now, now)
    touch(db, caseId, now)
    const changes = [{ field: 'text', from: null, to: hashOf(fields.text) }]
    tell(db, caseId, { act: 'note-added', about: `note:${id}`, text: named(fields), changes }, actor)
  })()
}

/** Changes a note. Answers its case. AppError 'not-found'. */
export function updateNote(db: WriteDb, id: string, change: NoteChange, actor: CaseActor): { caseId: string } {
  const { now } = actor
  return db.transaction(() => {
    const row = existingNote(db, id)
    const changes = fieldChanges(row, { title: change.title, text: change.text })
    if (changes.length === 0) return { caseId: row.case_id }
    const next = { title: change.title ?? row.title, text: change.text ?? row.text }
    db.prepare('UPDATE case_notes SET title = ?, text = ?, updated_at = ?, changed = ? WHERE id = ?').run(
      ...[next.title, next.text, now],
      ...[
        stamped(
          row.changed,
          changes.map(({ field }) => field),
          now,
        ),
        id,
      ],
    )
    touch(db, row.case_id, now)
    const told = changes.map((one) =>
      one.field === 'text' ? { field: 'text', from: hashOf(row.text), to: hashOf(next.text) } : one,
    )
    tell(db, row.case_id, { act: 'note-changed', about: `note:${id}`, text: named(next), changes: told }, actor)
    return { caseId: row.case_id }
  })()
}

/** Deletes a note, or brings a deleted one back. Answers its case. AppError 'not-found'. */
export function settleNote(db: WriteDb, id: string, deleted: boolean, actor: CaseActor): { caseId: string } {
  const { now } = actor
  return db.transaction(() => {
    const row = existingNote(db, id, !deleted)
    existingCase(db, row.case_id)
    db.prepare('UPDATE case_notes SET deleted_at = ?, updated_at = ?, changed = ? WHERE id = ?').run(
      ...[deleted ? now : null, now, stamped(row.changed, ['deleted'], now), id],
    )
    touch(db, row.case_id, now)
    const act = deleted ? 'note-deleted' : 'note-restored'
    tell(db, row.case_id, { act, about: `note:${id}`, text: named(row) }, actor)
    return { caseId: row.case_id }
  })()
}

function existingNote(db: WriteDb, id: string, deleted = false): NoteRow {
  const row = db
    .prepare<[string], NoteRow>(`SELECT * FROM case_notes WHERE id = ? AND deleted_at IS ${deleted ? 'NOT' : ''} NULL`)
    .get(id)
  if (!row) throw new AppError('not-found', `There is no such ${deleted ? 'deleted ' : ''}note.`, { id })
  return row
}
