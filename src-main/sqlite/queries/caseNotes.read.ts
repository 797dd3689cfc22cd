import type { CaseNote } from '#contract/cases'
import { isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

export type NoteRow = {
  id: string
  case_id: string
  title: string
  text: string
  author: string
  created_at: number
  updated_at: number
  changed: string
}

const noteOf = (row: NoteRow): CaseNote => ({
  id: row.id,
  caseId: row.case_id,
  title: row.title,
  text: row.text,
  author: row.author,
  createdAt: isoOfMs(row.created_at),
  updatedAt: isoOfMs(row.updated_at),
})

/** The notes of a case, oldest first. */
export function notes(db: ReadDb, caseId: string, limit: number, offset: number): { notes: CaseNote[]; total: number } {
  const rows = db
    .prepare<[string, number, number], NoteRow>(
      'SELECT * FROM case_notes WHERE case_id = ? AND deleted_at IS NULL ORDER BY created_at, id LIMIT ? OFFSET ?',
    )
    .all(caseId, limit, offset)
  const total =
    db
      .prepare<[string], { n: number }>('SELECT count(*) AS n FROM case_notes WHERE case_id = ? AND deleted_at IS NULL')
      .get(caseId)?.n ?? 0
  return { notes: rows.map(noteOf), total }
}

/** One note; null when there is none of this id, or it was deleted. */
export function note(db: ReadDb, id: string): CaseNote | null {
  const row = db.prepare<[string], NoteRow>('SELECT * FROM case_notes WHERE id = ? AND deleted_at IS NULL').get(id)
  return row ? noteOf(row) : null
}
