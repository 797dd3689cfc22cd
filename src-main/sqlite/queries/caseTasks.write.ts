import { AppError } from '#contract/appError'
import type { Severity, TaskState } from '#contract/values'
import { fieldChanges, stamped } from '../changedFields.ts'
import type { WriteDb } from '../db.ts'
import { type CaseActor, tell } from './caseActivity.write.ts'
import { existingCase, touch } from './caseRecords.write.ts'
import type { TaskRow } from './caseTasks.read.ts'

export type TaskFields = {
  title: string
  text: string
  state: TaskState
  severity: Severity
  assignee: string | null
  due: string | null
}
export type TaskChange = { [K in keyof TaskFields]?: TaskFields[K] | undefined } & {
  /** The task that comes next in its column; null: it goes last; undefined: it stays, or goes last of another column. */
  before?: string | null | undefined
}

/** Puts a task on the board, last in its column. AppError 'not-found' without the case. */
export function createTask(db: WriteDb, caseId: string, id: string, fields: TaskFields, actor: CaseActor): void {
  const { by, now } = actor
  db.transaction(() => {
    existingCase(db, caseId)
    db.prepare(
      `INSERT INTO case_tasks (id, case_id, title, text, state, position, severity, assignee, due, author, created_at, updated_at, done_at, changed)
       VALUES (:id, :caseId, :title, :text, :state, :position, :severity, :assignee, :due, :by, :now, :now, :done, '{}')`,
    ).run({
      ...fields,
      ...{ id, caseId, by, now },
      position: placeBefore(db, caseId, fields.state, id, null),
      done: fields.state === 'done' ? now : null,
    })
    touch(db, caseId, now)
    tell(db, caseId, { act: 'task-added', about: `task:${id}`, text: fields.title }, actor)
  })()
}

/** Changes or moves a task. Answers its case. AppError 'not-found'. */
export function updateTask(db: WriteDb, id: string, change: TaskChange, actor: CaseActor): { caseId: string } {
  const { now } = actor
  return db.transaction(() => {
    const row = existingTask(db, id)
    const { before, ...fields } = change
    const changes = fieldChanges(row, fields)
    const state = fields.state ?? row.state
    const moved = before !== undefined || state !== row.state
    const position = moved ? placeBefore(db, row.case_id, state, id, before ?? null) : row.position
    if (changes.length === 0 && position === row.position) return { caseId: row.case_id }
    const stamps = [...changes.map(({ field }) => field), ...(position === row.position ? [] : ['position'])]
    db.prepare(
      `UPDATE case_tasks SET title = :title, text = :text, state = :state, position = :position, severity = :severity,
         assignee = :assignee, due = :due, changed = :changed, updated_at = :now,
         done_at = CASE WHEN :state <> 'done' THEN NULL ELSE coalesce(done_at, :now) END
       WHERE id = :id`,
    ).run({
      ...{ id, now, state, position },
      title: fields.title ?? row.title,
      text: fields.text ?? row.text,
      severity: fields.severity ?? row.severity,
      assignee: fields.assignee === undefined ? row.assignee : fields.assignee,
      due: fields.due === undefined ? row.due : fields.due,
      changed: stamped(row.changed, stamps, now),
    })
    touch(db, row.case_id, now)
    const about = `task:${id}`
    // Where it lies within its column is told to nobody.
    if (changes.length > 0)
      tell(db, row.case_id, { act: 'task-changed', about, text: fields.title ?? row.title, changes }, actor)
    return { caseId: row.case_id }
  })()
}

/** Deletes a task, or brings a deleted one back. Answers its case. AppError 'not-found'. */
export function settleTask(db: WriteDb, id: string, deleted: boolean, actor: CaseActor): { caseId: string } {
  const { now } = actor
  return db.transaction(() => {
    const row = existingTask(db, id, !deleted)
    existingCase(db, row.case_id)
    db.prepare('UPDATE case_tasks SET deleted_at = ?, updated_at = ?, changed = ? WHERE id = ?').run(
      ...[deleted ? now : null, now, stamped(row.changed, ['deleted'], now), id],
    )
    touch(db, row.case_id, now)
    const act = deleted ? 'task-deleted' : 'task-restored'
    tell(db, row.case_id, { act, about: `task:${id}`, text: row.title }, actor)
    return { caseId: row.case_id }
  })()
}

function existingTask(db: WriteDb, id: string, deleted = false): TaskRow {
  const row = db
    .prepare<[string], TaskRow>(`SELECT * FROM case_tasks WHERE id = ? AND deleted_at IS ${deleted ? 'NOT' : ''} NULL`)
    .get(id)
  if (!row) throw new AppError('not-found', `There is no such ${deleted ? 'deleted ' : ''}task.`, { id })
  return row
}

/** A position in a column before a task, last for null. Positions are halved; a column that is halved too often is numbered anew. */
function placeBefore(db: WriteDb, caseId: string, state: TaskState, id: string, before: string | null): number {
  const column = (): { id: string; position: number }[] =>
    db
      .prepare<[string, string, string], { id: string; position: number }>(
        `SELECT id, position FROM case_tasks WHERE case_id = ? AND state = ? AND id <> ? AND deleted_at IS NULL
         ORDER BY position, created_at, id`,
      )
      .all(caseId, state, id)
  let others = column()
  const at = before === null ? others.length : others.findIndex((task) => task.id === before)
  if (at < 0) throw new AppError('not-found', 'There is no such task in this column.', { path: 'before', id: before })
  const between = (): number => {
    const [low, high] = [others[at - 1]?.position, others[at]?.position]
    if (low === undefined) return high === undefined ? 1 : high - 1
    return high === undefined ? low + 1 : (low + high) / 2
  }
  const place = between()
  if (place !== others[at - 1]?.position && place !== others[at]?.position) return place
  const renumber = db.prepare('UPDATE case_tasks SET position = ? WHERE id = ?')
  others.forEach((task, n) => renumber.run(n + 1, task.id))
  others = column()
  return between()
}
