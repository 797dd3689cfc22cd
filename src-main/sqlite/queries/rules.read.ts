import type { Rule, RuleDraft } from '#contract/rules'
import type { RuleKind, Severity } from '#contract/values'
import { conditions, containing, isoOfMs, isoOfMsOrNull, isoOfUsOrNull } from '../conditions.ts'
import type { ReadDb } from '../db.ts'
import { UNTOUCHED } from './alerts.write.ts'

type RuleRow = {
  id: string
  enabled: number
  definition: string
  template: string | null
  last_run_at: number | null
  created_at: number
  updated_at: number
  alerts: number
}

function ruleOf(row: RuleRow): Rule {
  // Written by this program only, as the contract parsed it.
  const draft: RuleDraft = JSON.parse(row.definition)
  return {
    ...draft,
    enabled: row.enabled === 1,
    id: row.id,
    template: row.template,
    alerts: row.alerts,
    lastRunAt: isoOfMsOrNull(row.last_run_at),
    createdAt: isoOfMs(row.created_at),
    updatedAt: isoOfMs(row.updated_at),
  }
}

const ALERTS = 'SELECT count(*) FROM alerts a WHERE a.rule_id = r.id'

export type RuleQuery = {
  huntId?: string | undefined
  kind?: RuleKind | undefined
  text?: string | undefined
  limit: number
  offset: number
}

/** Rules by name, with the alerts that name them: of the hunt, where one is given. */
export function list(db: ReadDb, query: RuleQuery): { rules: Rule[]; total: number; enabled: number } {
  const where = conditions()
  if (query.huntId !== undefined) where.and('(r.hunt_id IS NULL OR r.hunt_id = ?)', query.huntId)
  where.in('r.kind', query.kind)
  if (query.text) where.and(`r.name LIKE ? ESCAPE '\\'`, containing(query.text))
  const { text, values } = where.build()
  const ofHunt =
    query.huntId === undefined ? { sql: '', values: [] } : { sql: ' AND a.hunt_id = ?', values: [query.huntId] }
  const rows = db
    .prepare<unknown[], RuleRow>(
      `SELECT r.*, (${ALERTS}${ofHunt.sql}) AS alerts FROM rules r WHERE ${text}
       ORDER BY r.name COLLATE NOCASE, r.created_at, r.id LIMIT ? OFFSET ?`,
    )
    .all(...ofHunt.values, ...values, query.limit, query.offset)
  const counted = db
    .prepare<unknown[], { n: number; enabled: number }>(
      `SELECT count(*) AS n, coalesce(sum(r.enabled), 0) AS enabled FROM rules r WHERE ${text}`,
    )
    .get(...values)
  return { rules: rows.map(ruleOf), total: counted?.n ?? 0, enabled: counted?.enabled ?? 0 }
}

export function get(db: ReadDb, id: string): Rule | null {
  const row = db.prepare<[string], RuleRow>(`SELECT r.*, (${ALERTS}) AS alerts FROM rules r WHERE r.id = ?`).get(id)
  return row ? ruleOf(row) : null
}

/** All rules that apply to a hunt, on or off. */
export function ofHunt(db: ReadDb, huntId: string): Rule[] {
  return db
    .prepare<[string], RuleRow>(
      'SELECT r.*, 0 AS alerts FROM rules r WHERE r.hunt_id IS NULL OR r.hunt_id = ? ORDER BY r.created_at, r.id',
    )
    .all(huntId)
    .map(ruleOf)
}

/** All rules that are on, by name. */
export function on(db: ReadDb): Rule[] {
  return db
    .prepare<[], RuleRow>(
      'SELECT r.*, 0 AS alerts FROM rules r WHERE r.enabled = 1 ORDER BY r.name COLLATE NOCASE, r.created_at, r.id',
    )
    .all()
    .map(ruleOf)
}

/** Rules that were made from templates, by template. */
export function templates(db: ReadDb): { template: string; id: string }[] {
  return db
    .prepare<[], { template: string; id: string }>(
      'SELECT template, id FROM rules WHERE template IS NOT NULL ORDER BY created_at DESC, id',
    )
    .all()
}

export type KnownAlert = {
  id: string
  datasetId: string
  analyzer: string
  subject: string
  title: string
  severity: Severity
  rows: number
  firstRow: number
  firstTime: string | null
  /** Of the rule that was asked for. */
  own: boolean
  untouched: boolean
}

/** Alerts of a dataset that a rule found, or that its analyzer found without it. */
export function alertsOf(db: ReadDb, datasetId: string, ruleId: string | null, analyzer: string | null): KnownAlert[] {
  type Row = Omit<KnownAlert, 'own' | 'untouched' | 'firstTime'> & {
    own: number
    untouched: number
    firstTime: number | null
  }
  return db
    .prepare<[string, string, string, string], Row>(
      `SELECT a.id, a.dataset_id AS datasetId, a.analyzer, a.subject, a.title, a.severity, a.evidence_total AS rows, a.first_time AS firstTime,
         coalesce((SELECT e.row FROM alert_evidence e WHERE e.alert_id = a.id ORDER BY e.n LIMIT 1), 0) AS firstRow,
         a.rule_id IS ? AS own, ${UNTOUCHED} AS untouched
       FROM alerts a WHERE a.dataset_id = ? AND (a.rule_id = ? OR a.analyzer = ?)`,
    )
    .all(ruleId ?? '', datasetId, ruleId ?? '', analyzer ?? '')
    .map((row) => ({
      ...row,
      firstTime: isoOfUsOrNull(row.firstTime),
      own: row.own === 1,
      untouched: row.untouched === 1,
    }))
}
