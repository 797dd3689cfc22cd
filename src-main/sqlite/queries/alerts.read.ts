import type { Alert, AlertFilter, Evidence } from '#contract/alerts'
import type { AlertStatus, Severity } from '#contract/values'
import { conditions, containing, isoOfMs, isoOfMsOrNull, isoOfUsOrNull, type Conditions } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

/** Evidence rows sent along with an alert: in lists, and when one alert is asked for. */
const EVIDENCE_IN_LIST = 5
const EVIDENCE_IN_ALERT = 100

type AlertRow = {
  id: string
  hunt_id: string
  dataset_id: string | null
  analyzer: string
  title: string
  description: string
  severity: Severity
  status: AlertStatus
  score: number
  evidence_total: number
  mitre_technique: string | null
  tags: string
  false_positives: string | null
  case_id: string | null
  assignee: string | null
  host: string | null
  user: string | null
  first_time: number | null
  last_time: number | null
  acknowledged_at: number | null
  resolved_at: number | null
  created_at: number
  updated_at: number
  rule_id: string | null
  rule_name: string | null
}

// Written by this program only, as a list of words.
const tagsOf = (json: string): string[] => JSON.parse(json)

function alertOf(row: AlertRow, found: Evidence[]): Alert {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    severity: row.severity,
    status: row.status,
    analyzer: row.analyzer,
    rule: row.rule_id === null ? null : { id: row.rule_id, name: row.rule_name ?? '' },
    score: row.score,
    evidence: found,
    evidenceTotal: row.evidence_total,
    mitreTechnique: row.mitre_technique,
    tags: tagsOf(row.tags),
    falsePositives: row.false_positives,
    huntId: row.hunt_id,
    datasetId: row.dataset_id,
    caseId: row.case_id,
    assignee: row.assignee,
    host: row.host,
    user: row.user,
    firstTime: isoOfUsOrNull(row.first_time),
    lastTime: isoOfUsOrNull(row.last_time),
    acknowledgedAt: isoOfMsOrNull(row.acknowledged_at),
    resolvedAt: isoOfMsOrNull(row.resolved_at),
    createdAt: isoOfMs(row.created_at),
    updatedAt: isoOfMs(row.updated_at),
  }
}

function evidenceOf(db: ReadDb, alertId: string, limit: number, offset: number): Evidence[] {
  return db
    .prepare<[string, number, number], Evidence>(
      'SELECT dataset_id AS datasetId, row, field, value FROM alert_evidence WHERE alert_id = ? ORDER BY n LIMIT ? OFFSET ?',
    )
    .all(alertId, limit, offset)
}

/** Microseconds since 1970 UTC; what Date leaves out of a time is below a millisecond. */
const usOf = (iso: string): number => Date.parse(iso) * 1000

/** The WHERE clause of a filter over `alerts a`; the same for lists, counts and bulk changes. */
export function matching(filter: AlertFilter): Conditions {
  const where = conditions()
  where.in('a.status', filter.status)
  where.in('a.severity', filter.severity)
  where.in('a.analyzer', filter.analyzer)
  where.in('a.hunt_id', filter.huntId)
  if (filter.datasetId !== undefined)
    where.and(
      '(a.dataset_id = ? OR a.id IN (SELECT p.alert_id FROM alert_parts p WHERE p.dataset_id = ?))',
      filter.datasetId,
      filter.datasetId,
    )
  where.in('a.assignee', filter.assignee)
  where.in('a.mitre_technique', filter.mitreTechnique)
  where.in('a.rule_id', filter.rule)
  where.in('a.host', filter.host)
  where.in('a.user', filter.user)
  where.in('a.case_id', filter.caseId)
  // Tags are a list of words in JSON; written so, a word in quotes is that tag and no part of another.
  if (filter.tag !== undefined) where.and('instr(a.tags, ?) > 0', JSON.stringify(filter.tag))
  if (filter.from !== undefined) where.and('a.first_time >= ?', usOf(filter.from))
  if (filter.to !== undefined) where.and('a.first_time < ?', usOf(filter.to))
  if (filter.text) {
    const looked = ['a.title', 'a.description', 'a.host', 'a.user', 'a.tags', 'a.mitre_technique'].map(
      (column) => `${column} LIKE ? ESCAPE '\\'`,
    )
    looked.push(`a.id IN (SELECT e.alert_id FROM alert_evidence e WHERE e.value LIKE ? ESCAPE '\\')`)
    where.and(`(${looked.join(' OR ')})`, ...looked.map(() => containing(filter.text ?? '')))
  }
  return where.build()
}

const SEVERITY_RANK = `CASE a.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END`
const STATUS_RANK = `CASE a.status WHEN 'new' THEN 0 WHEN 'acknowledged' THEN 1 WHEN 'in-progress' THEN 2 WHEN 'resolved' THEN 3 ELSE 4 END`

/** What each order sorts by, and whether its natural direction is descending. */
const ORDERS = {
  score: { by: 'a.score', descending: true },
  severity: { by: SEVERITY_RANK, descending: false },
  newest: { by: 'a.created_at', descending: true },
  time: { by: 'a.first_time', descending: true },
  title: { by: 'a.title COLLATE NOCASE', descending: false },
  status: { by: STATUS_RANK, descending: false },
  rows: { by: 'a.evidence_total', descending: true },
} as const

export type AlertQuery = AlertFilter & {
  sort: keyof typeof ORDERS
  descending?: boolean | undefined
  limit: number
  offset: number
}

/**
 * Alerts that match, by score and then newest unless another order is asked for. Equal ones follow rowid: every index ends
 * with it, so that the default order needs no sorting.
 */
export function list(db: ReadDb, query: AlertQuery): { alerts: Alert[]; total: number } {
  const { text, values } = matching(query)
  const order = ORDERS[query.sort]
  const direction = (query.descending ?? order.descending) ? 'DESC' : 'ASC'
  const worst = query.sort === 'score' ? '' : 'a.score DESC, '
  const ordered = `${order.by} ${direction}, ${worst}a.created_at DESC, a.rowid`
  if (query.text) return searched(db, query, `SELECT a.rowid FROM alerts a WHERE ${text} ORDER BY ${ordered}`, values)
  const rows = db
    .prepare<unknown[], AlertRow>(`SELECT a.* FROM alerts a WHERE ${text} ORDER BY ${ordered} LIMIT ? OFFSET ?`)
    .all(...values, query.limit, query.offset)
  const counted = db
    .prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM alerts a WHERE ${text}`)
    .get(...values)
  return {
    alerts: rows.map((row) => alertOf(row, evidenceOf(db, row.id, EVIDENCE_IN_LIST, 0))),
    total: counted?.n ?? 0,
  }
}

/** Looks for a text once, for the page and for the count: no index helps it. */
function searched(
  db: ReadDb,
  { limit, offset }: AlertQuery,
  sql: string,
  values: readonly unknown[],
): { alerts: Alert[]; total: number } {
  const found = db
    .prepare<unknown[], number>(sql)
    .pluck()
    .all(...values)
  const row = db.prepare<[number], AlertRow>('SELECT a.* FROM alerts a WHERE a.rowid = ?')
  const page = found.slice(offset, offset + limit).flatMap((rowid) => row.get(rowid) ?? [])
  return { alerts: page.map((one) => alertOf(one, evidenceOf(db, one.id, EVIDENCE_IN_LIST, 0))), total: found.length }
}

export function get(db: ReadDb, id: string): Alert | null {
  const row = db.prepare<[string], AlertRow>('SELECT a.* FROM alerts a WHERE a.id = ?').get(id)
  return row ? alertOf(row, evidenceOf(db, id, EVIDENCE_IN_ALERT, 0)) : null
}

/** The kept evidence of an alert, in row order; null when there is no such alert. `total` counts what is kept (at most 10,000). */
export function evidence(
  db: ReadDb,
  id: string,
  limit: number,
  offset: number,
): { evidence: Evidence[]; total: number } | null {
  const counted = db
    .prepare<[string], { n: number; known: number }>(
      `SELECT (SELECT count(*) FROM alert_evidence e WHERE e.alert_id = a.id) AS n, 1 AS known FROM alerts a WHERE a.id = ?`,
    )
    .get(id)
  return counted ? { evidence: evidenceOf(db, id, limit, offset), total: counted.n } : null
}

/** One row of the evidence of an alert, by the first column that was looked at; null when it is none. */
export function evidenceAt(db: ReadDb, id: string, datasetId: string, row: number): Evidence | null {
  return (
    db
      .prepare<[string, string, number], Evidence>(
        `SELECT dataset_id AS datasetId, row, field, substr(value, 1, 2000) AS value FROM alert_evidence
         WHERE alert_id = ? AND dataset_id = ? AND row = ? ORDER BY n LIMIT 1`,
      )
      .get(id, datasetId, row) ?? null
  )
}

export type AlertStats = {
  total: number
  severityCounts: Record<Severity, number>
  statusCounts: Record<AlertStatus, number>
  analyzerCounts: Record<string, number>
  topMitre: { technique: string; count: number }[]
}

/** Counts of all alerts, or of one hunt's. */
export function stats(db: ReadDb, huntId: string | undefined): AlertStats {
  const { text, values } = matching(huntId === undefined ? {} : { huntId })
  const counts = (column: string): Record<string, number> =>
    Object.fromEntries(
      db
        .prepare<unknown[], { key: string; n: number }>(
          `SELECT ${column} AS key, count(*) AS n FROM alerts a WHERE ${text} GROUP BY 1 ORDER BY 2 DESC`,
        )
        .all(...values)
        .map((row) => [row.key, row.n]),
    )
  const severityCounts = { critical: 0, high: 0, medium: 0, low: 0, info: 0, ...counts('a.severity') }
  const statusCounts = {
    new: 0,
    acknowledged: 0,
    'in-progress': 0,
    resolved: 0,
    'false-positive': 0,
    ...counts('a.status'),
  }
  const topMitre = db
    .prepare<unknown[], { technique: string; count: number }>(
      `SELECT a.mitre_technique AS technique, count(*) AS count FROM alerts a
       WHERE ${text} AND a.mitre_technique IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10`,
    )
    .all(...values)
  return {
    total: Object.values(severityCounts).reduce((sum, n) => sum + n, 0),
    severityCounts,
    statusCounts,
    analyzerCounts: counts('a.analyzer'),
    topMitre,
  }
}

const OPEN = `a.status IN ('new', 'acknowledged', 'in-progress')`

/** Open alerts of a hunt: counts by severity, and the worst ones. */
export function open(
  db: ReadDb,
  huntId: string,
  limit: number,
): { bySeverity: Record<Severity, number>; top: Alert[] } {
  const counted = db
    .prepare<[string], { severity: Severity; n: number }>(
      `SELECT a.severity, count(*) AS n FROM alerts a WHERE a.hunt_id = ? AND ${OPEN} GROUP BY 1`,
    )
    .all(huntId)
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  for (const row of counted) bySeverity[row.severity] = row.n
  const rows = db
    .prepare<[string, number], AlertRow>(
      `SELECT a.* FROM alerts a WHERE a.hunt_id = ? AND ${OPEN} ORDER BY a.score DESC, a.created_at DESC, a.rowid LIMIT ?`,
    )
    .all(huntId, limit)
  return { bySeverity, top: rows.map((row) => alertOf(row, evidenceOf(db, row.id, EVIDENCE_IN_LIST, 0))) }
}

/** Techniques of a hunt's alerts with how many alerts and rows name them, most rows first. */
export function techniques(db: ReadDb, huntId: string): { id: string; alerts: number; rows: number }[] {
  return db
    .prepare<[string], { id: string; alerts: number; rows: number }>(
      `SELECT a.mitre_technique AS id, count(*) AS alerts, sum(a.evidence_total) AS rows FROM alerts a
       WHERE a.hunt_id = ? AND a.mitre_technique IS NOT NULL AND a.status <> 'false-positive' GROUP BY 1 ORDER BY 3 DESC, 1`,
    )
    .all(huntId)
}

export type AlertTechnique = {
  technique: string
  huntId: string
  datasetId: string | null
  count: number
  rows: number
  /** Milliseconds since 1970 UTC when the first of them was made. */
  since: number
}

/** Techniques that alerts of these hunts name, per dataset; false positives left out. */
export function techniqueUses(db: ReadDb, huntIds: readonly string[]): AlertTechnique[] {
  return db
    .prepare<[string], AlertTechnique>(
      `SELECT a.mitre_technique AS technique, a.hunt_id AS huntId, a.dataset_id AS datasetId, count(*) AS count,
         sum(a.evidence_total) AS rows, min(a.created_at) AS since FROM alerts a
       WHERE a.hunt_id IN (SELECT value FROM json_each(?)) AND a.mitre_technique IS NOT NULL AND a.status <> 'false-positive'
       GROUP BY 1, 2, 3 ORDER BY since, technique, huntId`,
    )
    .all(JSON.stringify(huntIds))
}

/** First times, in microseconds, of the critical and high open alerts of a hunt; for marks on a timeline. */
export function marks(db: ReadDb, huntId: string): { time: number; severity: 'critical' | 'high' }[] {
  return db
    .prepare<[string], { time: number; severity: 'critical' | 'high' }>(
      `SELECT a.first_time AS time, a.severity FROM alerts a
       WHERE a.hunt_id = ? AND a.first_time IS NOT NULL AND a.severity IN ('critical', 'high') AND ${OPEN}`,
    )
    .all(huntId)
}
