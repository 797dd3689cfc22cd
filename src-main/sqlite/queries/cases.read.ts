import type { HuntCase } from '#contract/cases'
import type { CaseLinkKind, CaseStatus, Pap, Severity, TaskState, Tlp } from '#contract/values'
import { conditions, containing, isoOfMs, isoOfMsOrNull } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

export type CaseRow = {
  id: string
  number: number
  title: string
  description: string
  severity: Severity
  tlp: Tlp
  pap: Pap
  status: CaseStatus
  priority: number
  assignee: string | null
  tags: string
  author: string
  created_at: number
  updated_at: number
  closed_at: number | null
}

const SEVERITY_ORDER = `CASE c.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END`
const ORDERS = {
  changed: 'c.updated_at DESC',
  number: 'c.number',
  severity: SEVERITY_ORDER,
  priority: 'c.priority',
  title: 'c.title COLLATE NOCASE',
}

export type CaseQuery = {
  status?: CaseStatus | CaseStatus[] | undefined
  severity?: Severity | Severity[] | undefined
  assignee?: string | null | undefined
  tag?: string | undefined
  huntId?: string | undefined
  text?: string | undefined
  sort: keyof typeof ORDERS
  limit: number
  offset: number
}

/** Cases that match, with counts by status whatever status was asked for. */
export function list(
  db: ReadDb,
  query: CaseQuery,
): { cases: HuntCase[]; total: number; statusCounts: Record<CaseStatus, number> } {
  const where = conditions()
  where.and('c.deleted_at IS NULL')
  where.in('c.severity', query.severity)
  where.in('c.assignee', query.assignee)
  if (query.tag !== undefined) where.and('EXISTS (SELECT 1 FROM json_each(c.tags) t WHERE t.value = ?)', query.tag)
  if (query.huntId !== undefined)
    where.and(
      `EXISTS (SELECT 1 FROM case_links l WHERE l.case_id = c.id AND l.kind = 'hunt' AND l.target = ? AND l.removed_at IS NULL)`,
      query.huntId,
    )
  if (query.text) {
    const looked = ['c.title', 'c.description', 'c.tags', 'c.number'].map((column) => `${column} LIKE ? ESCAPE '\\'`)
    where.and(`(${looked.join(' OR ')})`, ...looked.map(() => containing(query.text ?? '')))
  }
  const all = where.build()
  const statusCounts = { open: 0, 'in-progress': 0, closed: 0 }
  for (const { status, n } of db
    .prepare<unknown[], { status: CaseStatus; n: number }>(
      `SELECT c.status, count(*) AS n FROM cases c WHERE ${all.text} GROUP BY 1`,
    )
    .all(...all.values))
    statusCounts[status] = n
  where.in('c.status', query.status)
  const { text, values } = where.build()
  const rows = db
    .prepare<unknown[], CaseRow>(
      `SELECT c.* FROM cases c WHERE ${text} ORDER BY ${ORDERS[query.sort]}, c.updated_at DESC, c.number DESC LIMIT ? OFFSET ?`,
    )
    .all(...values, query.limit, query.offset)
  const total =
    db.prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM cases c WHERE ${text}`).get(...values)?.n ?? 0
  return { cases: rows.map((row) => caseOf(db, row)), total, statusCounts }
}

/** One case; null when there is none of this id, or it was deleted. */
export function get(db: ReadDb, id: string): HuntCase | null {
  const row = db.prepare<[string], CaseRow>('SELECT * FROM cases WHERE id = ? AND deleted_at IS NULL').get(id)
  return row ? caseOf(db, row) : null
}

function caseOf(db: ReadDb, row: CaseRow): HuntCase {
  const number = (sql: string): number => db.prepare<[string], { n: number }>(sql).get(row.id)?.n ?? 0
  const links: Record<CaseLinkKind, number> = { hunt: 0, ioc: 0, technique: 0, hypothesis: 0, map: 0, row: 0 }
  for (const { kind, n } of db
    .prepare<[string], { kind: CaseLinkKind; n: number }>(
      'SELECT kind, count(*) AS n FROM case_links WHERE case_id = ? AND removed_at IS NULL GROUP BY kind',
    )
    .all(row.id))
    links[kind] = n
  const tasks: Record<TaskState, number> = { todo: 0, 'in-progress': 0, done: 0 }
  for (const { state, n } of db
    .prepare<[string], { state: TaskState; n: number }>(
      'SELECT state, count(*) AS n FROM case_tasks WHERE case_id = ? AND deleted_at IS NULL GROUP BY state',
    )
    .all(row.id))
    tasks[state] = n
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    description: row.description,
    severity: row.severity,
    tlp: row.tlp,
    pap: row.pap,
    status: row.status,
    priority: row.priority,
    assignee: row.assignee,
    // Written by this program only, as a list of words.
    tags: JSON.parse(row.tags),
    author: row.author,
    alerts: number('SELECT count(*) AS n FROM alerts WHERE case_id = ?'),
    links,
    tasks,
    notes: number('SELECT count(*) AS n FROM case_notes WHERE case_id = ? AND deleted_at IS NULL'),
    activity: number('SELECT count(*) AS n FROM case_activity WHERE case_id = ?'),
    createdAt: isoOfMs(row.created_at),
    updatedAt: isoOfMs(row.updated_at),
    closedAt: isoOfMsOrNull(row.closed_at),
  }
}

/** Open cases with PAP RED that a hunt belongs to, by number: nothing about it leaves this computer. */
export function forbidding(db: ReadDb, huntId: string): { number: number; title: string }[] {
  return db
    .prepare<[string], { number: number; title: string }>(
      `SELECT c.number, c.title FROM cases c JOIN case_links l ON l.case_id = c.id
       WHERE l.kind = 'hunt' AND l.target = ? AND l.removed_at IS NULL
         AND c.pap = 'RED' AND c.status <> 'closed' AND c.deleted_at IS NULL ORDER BY c.number`,
    )
    .all(huntId)
}
