import type { CaseTask } from '#contract/cases'
import type { Severity, TaskState } from '#contract/values'
import { conditions, isoOfMs, isoOfMsOrNull } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

export type TaskRow = {
  id: string
  case_id: string
  title: string
  text: string
  state: TaskState
  position: number
  severity: Severity
  assignee: string | null
  due: string | null
  author: string
  created_at: number
  updated_at: number
  done_at: number | null
  changed: string
}

const taskOf = (row: TaskRow): CaseTask => ({
  id: row.id,
  caseId: row.case_id,
  title: row.title,
  text: row.text,
  state: row.state,
  severity: row.severity,
  assignee: row.assignee,
  due: row.due,
  author: row.author,
  createdAt: isoOfMs(row.created_at),
  updatedAt: isoOfMs(row.updated_at),
  doneAt: isoOfMsOrNull(row.done_at),
})

/** Tasks of a case: by state, then as they lie on the board. */
export function tasks(
  db: ReadDb,
  caseId: string,
  state: TaskState | undefined,
  limit: number,
  offset: number,
): { tasks: CaseTask[]; total: number } {
  const where = conditions()
  where.and('case_id = ?', caseId)
  where.and('deleted_at IS NULL')
  where.in('state', state)
  const { text, values } = where.build()
  const rows = db
    .prepare<unknown[], TaskRow>(
      `SELECT * FROM case_tasks WHERE ${text}
       ORDER BY CASE state WHEN 'todo' THEN 0 WHEN 'in-progress' THEN 1 ELSE 2 END, position, created_at, id LIMIT ? OFFSET ?`,
    )
    .all(...values, limit, offset)
  const total =
    db.prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM case_tasks WHERE ${text}`).get(...values)?.n ?? 0
  return { tasks: rows.map(taskOf), total }
}

/** One task; null when there is none of this id, or it was deleted. */
export function task(db: ReadDb, id: string): CaseTask | null {
  const row = db.prepare<[string], TaskRow>('SELECT * FROM case_tasks WHERE id = ? AND deleted_at IS NULL').get(id)
  return row ? taskOf(row) : null
}
