import { AppError } from '#contract/appError'
import type { WriteDb } from '../db.ts'
import type { CaseRow } from './cases.read.ts'

/** A case that is there, for writers. AppError 'not-found'. */
export function existingCase(db: WriteDb, id: string): CaseRow & { changed: string } {
  const row = db
    .prepare<[string], CaseRow & { changed: string }>('SELECT * FROM cases WHERE id = ? AND deleted_at IS NULL')
    .get(id)
  if (!row) throw new AppError('not-found', 'There is no such case. It may have been deleted.', { id })
  return row
}

/** What belongs to a case has changed, and so has the case. */
export function touch(db: WriteDb, caseId: string, now: number): void {
  db.prepare('UPDATE cases SET updated_at = max(updated_at, ?) WHERE id = ?').run(now, caseId)
}

/** The id of the case that a text names: its id, its number (also as #14), or its title where only one has it. null: none. */
export function caseNamed(db: WriteDb, text: string): string | null {
  const number = /^#?\s*0*(\d{1,9})$/.exec(text)?.[1]
  const rows = db
    .prepare<[string, number, string], { id: string }>(
      `SELECT id FROM cases WHERE deleted_at IS NULL AND (id = ? OR number = ? OR title = ? COLLATE NOCASE) LIMIT 2`,
    )
    .all(text, number === undefined ? 0 : Number(number), text)
  return rows.length === 1 ? (rows[0]?.id ?? null) : null
}

/** AppError 'not-found' for an id of a case that is not there; other texts name cases of other systems. */
export function caseIdOf(db: WriteDb, text: string): string {
  const known = caseNamed(db, text)
  if (known !== null) return known
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
    throw new AppError('not-found', 'There is no such case. It may have been deleted.', { path: 'caseId', id: text })
  return text
}
