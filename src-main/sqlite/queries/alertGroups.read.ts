import type { AlertFilter, AlertGroup } from '#contract/alerts'
import { severities, type AlertGrouping, type Severity } from '#contract/values'
import { isoOfUsOrNull } from '../conditions.ts'
import type { ReadDb } from '../db.ts'
import { matching } from './alerts.read.ts'

/** What each grouping goes by. Alerts of no rule are grouped by the analyzer that found them. */
const KEYS: Record<AlertGrouping, { by: string; title: string }> = {
  rule: { by: `coalesce(a.rule_id, 'analyzer ' || a.analyzer)`, title: 'coalesce(max(a.rule_name), min(a.analyzer))' },
  host: { by: 'a.host', title: 'a.host' },
  user: { by: 'a.user', title: 'a.user' },
  technique: { by: 'a.mitre_technique', title: 'a.mitre_technique' },
}

type GroupRow = {
  key: string | null
  title: string | null
  analyzer: string
  alerts: number
  open: number
  score: number
  rows: number
  first_time: number | null
  last_time: number | null
} & Record<Severity, number>

const COUNTS = severities.map((severity) => `sum(a.severity = '${severity}') AS ${severity}`).join(', ')
/** A group with one worse alert comes before any without. */
const WORST_FIRST = severities.map((severity) => `(${severity} > 0) DESC`).join(', ')

/** Groups of the alerts that match: those with the worst alert first, then the largest. */
export function groups(
  db: ReadDb,
  query: AlertFilter & { by: AlertGrouping; limit: number; offset: number },
): { groups: AlertGroup[]; total: number; alerts: number } {
  const { by, limit, offset, ...filter } = query
  const { text, values } = matching(filter)
  const { by: key, title } = KEYS[by]
  // One pass over the alerts: groups are few, and all of them are needed to say how many there are.
  const all = db
    .prepare<unknown[], GroupRow>(
      `SELECT ${key} AS key, ${title} AS title, min(a.analyzer) AS analyzer, count(*) AS alerts,
         sum(a.status IN ('new', 'acknowledged', 'in-progress')) AS open, ${COUNTS}, max(a.score) AS score,
         sum(a.evidence_total) AS rows, min(a.first_time) AS first_time, max(coalesce(a.last_time, a.first_time)) AS last_time
       FROM alerts a WHERE ${text} GROUP BY 1 ORDER BY ${WORST_FIRST}, alerts DESC, key`,
    )
    .all(...values)
  return {
    groups: all.slice(offset, offset + limit).map((row) => groupOf(row, by)),
    total: all.length,
    alerts: all.reduce((sum, row) => sum + row.alerts, 0),
  }
}

function groupOf(row: GroupRow, by: AlertGrouping): AlertGroup {
  const { alerts, open, score, rows } = row
  const severityCounts: Record<Severity, number> = {
    critical: row.critical,
    high: row.high,
    medium: row.medium,
    low: row.low,
    info: row.info,
  }
  return {
    ...{ key: row.key ?? '', title: row.title ?? '', filter: filterOf(row, by), alerts, open, score, rows },
    severityCounts,
    worst: severities.find((severity) => severityCounts[severity] > 0) ?? 'info',
    firstTime: isoOfUsOrNull(row.first_time),
    lastTime: isoOfUsOrNull(row.last_time),
  }
}

function filterOf({ key, analyzer }: GroupRow, by: AlertGrouping): AlertFilter {
  if (by === 'host') return { host: key }
  if (by === 'user') return { user: key }
  if (by === 'technique') return { mitreTechnique: key }
  return key === null || key.startsWith('analyzer ') ? { rule: null, analyzer } : { rule: key }
}
