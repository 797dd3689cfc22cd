import type { WriteDb } from '../db.ts'
import { stampFields } from '../stampFields.ts'

/** Cases, their tasks and notes, and drawn maps travel in case files: from now on it is kept who changed which field when. */
export function caseStamps0019(db: WriteDb): void {
  stampFields(db, 'cases', ['title', 'description', 'severity', 'tlp', 'pap', 'status', 'priority', 'assignee', 'tags'])
  stampFields(db, 'case_tasks', ['title', 'text', 'state', 'severity', 'assignee', 'due'], 'caseTasks')
  stampFields(db, 'case_notes', ['title', 'text'], 'caseNotes')
  stampFields(db, 'maps', ['name', 'description', 'document'])
}
