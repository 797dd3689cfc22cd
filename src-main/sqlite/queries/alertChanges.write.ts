import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { AlertFilter } from '#contract/alerts'
import type { AlertChangeField, AlertStatus, Severity } from '#contract/values'
import type { WriteDb } from '../db.ts'
import { matching } from './alerts.read.ts'
import { alertsMoved } from './caseAlerts.write.ts'
import { caseIdOf } from './caseRecords.write.ts'

export type AlertChange = {
  status?: AlertStatus | undefined
  severity?: Severity | undefined
  assignee?: string | null | undefined
  caseId?: string | null | undefined
  tags?: string[] | undefined
  addTags?: string[] | undefined
  removeTags?: string[] | undefined
}
/** Who changes, when (milliseconds), and whether it takes back another change. */
export type ChangeAct = { by: string; now: number; undo: boolean }
export type Changed = { updated: number; huntIds: string[] }

type Row = {
  id: string
  title: string
  hunt_id: string
  status: AlertStatus
  severity: Severity
  assignee: string | null
  case_id: string | null
  tags: string
}

/** Changes alerts by id, all or none: AppError 'not-found' with the first unknown id. Answers the hunts concerned. */
export function updateByIds(db: WriteDb, ids: readonly string[], change: AlertChange, act: ChangeAct): Changed {
  const known = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM alerts a WHERE a.id = ?`)
  return db.transaction(() => {
    const rows = [...new Set(ids)].map((id) => {
      const row = known.get(id)
      if (!row) throw new AppError('not-found', `There is no alert ${id}. Nothing was changed.`, { id })
      return row
    })
    return carriedOut(db, rows, change, act)
  })()
}

/** Changes every alert that matches a filter. Answers how many and the hunts concerned. */
export function updateByFilter(db: WriteDb, filter: AlertFilter, change: AlertChange, act: ChangeAct): Changed {
  const { text, values } = matching(filter)
  return db.transaction(() =>
    carriedOut(
      db,
      db.prepare<unknown[], Row>(`SELECT ${COLUMNS} FROM alerts a WHERE ${text}`).all(...values),
      change,
      act,
    ),
  )()
}

const COLUMNS = 'a.id, a.title, a.hunt_id, a.status, a.severity, a.assignee, a.case_id, a.tags'

/** Writes what becomes of the alerts, and a line of history for each field that really changes. */
function carriedOut(db: WriteDb, rows: readonly Row[], asked: AlertChange, act: ChangeAct): Changed {
  const change = typeof asked.caseId === 'string' ? { ...asked, caseId: caseIdOf(db, asked.caseId) } : asked
  const update = db.prepare(
    `UPDATE alerts SET status = :status, severity = :severity, assignee = :assignee, case_id = :case_id, tags = :tags,
       acknowledged_at = CASE WHEN :asked = 'acknowledged' THEN coalesce(acknowledged_at, :now) ELSE acknowledged_at END,
       resolved_at = CASE WHEN :asked IN ('resolved', 'false-positive') THEN coalesce(resolved_at, :now) ELSE resolved_at END,
       updated_at = :now
     WHERE id = :id`,
  )
  const remember = db.prepare(
    `INSERT INTO alert_changes (id, alert_id, act, at, by, field, before, after, alerts, undo)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const name = randomUUID()
  const { by, now, undo } = act
  const moved = []
  for (const row of rows) {
    const next = becoming(row, change)
    const { hunt_id: _hunt, title: _title, ...values } = next
    if (next.case_id !== row.case_id)
      moved.push({ title: row.title, huntId: row.hunt_id, from: row.case_id, to: next.case_id })
    update.run({ ...values, asked: change.status ?? null, now })
    for (const [field, before, after] of differences(row, next))
      remember.run(randomUUID(), row.id, name, now, by, field, before, after, rows.length, undo ? 1 : 0)
  }
  if (moved.length > 0) alertsMoved(db, moved, act)
  return { updated: rows.length, huntIds: [...new Set(rows.map((row) => row.hunt_id))] }
}

function becoming(row: Row, change: AlertChange): Row {
  return {
    ...row,
    status: change.status ?? row.status,
    severity: change.severity ?? row.severity,
    assignee: change.assignee === undefined ? row.assignee : change.assignee,
    case_id: change.caseId === undefined ? row.case_id : change.caseId,
    tags: tagsAfter(row.tags, change),
  }
}

/** JSON of the tags; the text as it was where none is changed. */
function tagsAfter(json: string, { tags, addTags = [], removeTags = [] }: AlertChange): string {
  if (tags === undefined && addTags.length === 0 && removeTags.length === 0) return json
  const gone = new Set(removeTags)
  const kept = (tags ?? tagsOf(json)).filter((tag) => !gone.has(tag))
  return JSON.stringify([...new Set([...kept, ...addTags])])
}

// Written by this program only, as a list of words.
const tagsOf = (json: string): string[] => JSON.parse(json)

function differences(before: Row, after: Row): [AlertChangeField, string | null, string | null][] {
  const all: [AlertChangeField, string | null, string | null][] = [
    ['status', before.status, after.status],
    ['severity', before.severity, after.severity],
    ['assignee', before.assignee, after.assignee],
    ['case', before.case_id, after.case_id],
  ]
  const changed = all.filter(([, from, to]) => from !== to)
  if (before.tags === after.tags) return changed
  return [...changed, ['tags', tagsOf(before.tags).join(', '), tagsOf(after.tags).join(', ')]]
}
