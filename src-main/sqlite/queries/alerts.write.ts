import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { AppError } from '#contract/appError'
import type { AnalyzerFinding } from '../../analyzers/analyzer.ts'
import type { WriteDb } from '../db.ts'
import { readAllFindings } from '../findingsFile.ts'
import { newestChange } from './readings.read.ts'

/** Beyond the first so many evidence rows, values are kept shorter, in characters: the row itself is one click away. */
const FULL_VALUES = 100
const SHORT_VALUE = 300

export type KeptFindings = { created: number; kept: number }
export type Keeping = {
  each?: (id: string, kept: { datasetId: string; created: boolean }) => void
  goesOn?: (finding: AnalyzerFinding) => string | null
}

/** Alerts that stand as they were made: nobody has decided anything about them. */
export const UNTOUCHED = `status = 'new' AND assignee IS NULL AND case_id IS NULL AND updated_at = created_at`

/**
 * Keeps findings of one dataset as alerts, all or none. A finding whose analyzer and subject are an alert already refreshes
 * what that alert stands on and leaves what people decided (status, severity, assignee, tags, case) alone.
 * An alert that nobody touched takes the severity that its rule says now. `each` hears the id of every alert.
 * `reading` names how the dataset was read (newestChange) when it was analyzed; null and nothing kept where that has changed.
 * `goesOn` may name the alert that a finding goes on with, under another subject. AppError 'not-found' when the dataset was deleted.
 */
export function keep(
  db: WriteDb,
  huntId: string,
  datasetId: string,
  findings: Iterable<AnalyzerFinding>,
  now: number,
  reading: string | null,
  { each, goesOn }: Keeping = {},
): KeptFindings | null {
  const known = db.prepare<[string, string, string, string], { id: string }>(
    'SELECT id FROM alerts WHERE hunt_id = ? AND dataset_id = ? AND analyzer = ? AND subject = ?',
  )
  const insert = db.prepare(
    `INSERT INTO alerts (id, hunt_id, dataset_id, analyzer, subject, title, description, severity, status, score, evidence_total,
       mitre_technique, tags, false_positives, host, user, first_time, last_time, rule_id, rule_name,
       created_at, updated_at)
     VALUES (:id, :huntId, :datasetId, :analyzer, :subject, :title, :description, :severity, 'new', :score, :evidenceTotal,
       :mitreTechnique, :tags, :falsePositives, :host, :user, :firstTime, :lastTime, :ruleId, :ruleName,
       :now, :now)`,
  )
  const refresh = db.prepare(
    `UPDATE alerts SET dataset_id = :datasetId, subject = :subject, title = :title, description = :description, score = :score, evidence_total = :evidenceTotal,
       mitre_technique = :mitreTechnique, false_positives = :falsePositives, host = :host, user = :user,
       first_time = :firstTime, last_time = :lastTime, rule_id = coalesce(:ruleId, rule_id),
       rule_name = coalesce(:ruleName, rule_name),
       severity = CASE WHEN :ruleId IS NOT NULL AND ${UNTOUCHED} THEN :severity ELSE severity END
     WHERE id = :id`,
  )
  const forget = db.prepare('DELETE FROM alert_evidence WHERE alert_id = ?')
  const forgetParts = db.prepare('DELETE FROM alert_parts WHERE alert_id = ?')
  const addPart = db.prepare(
    'INSERT INTO alert_parts (alert_id, dataset_id, rows, first_time, last_time) VALUES (?, ?, ?, ?, ?)',
  )
  const addEvidence = db.prepare(
    'INSERT INTO alert_evidence (alert_id, n, dataset_id, row, field, value) VALUES (?, ?, ?, ?, ?, ?)',
  )

  return db.transaction(() => {
    // An import that was cancelled or a dataset that was deleted meanwhile leaves nothing behind.
    const alive = db.prepare<[string], { id: string }>('SELECT id FROM datasets WHERE id = ?').get(datasetId)
    if (!alive)
      throw new AppError('not-found', 'The dataset was deleted while analyzers ran over it.', { id: datasetId })
    if (newestChange(db, datasetId) !== reading) return null
    let [created, all] = [0, 0]
    for (const finding of findings) {
      const { analyzer, subject, datasetId: home = datasetId } = finding
      const old = goesOn?.(finding) ?? known.get(huntId, home, analyzer, subject)?.id
      const id = old ?? randomUUID()
      const values = {
        id,
        datasetId: home,
        subject,
        title: finding.title,
        description: finding.description,
        score: finding.score,
        evidenceTotal: finding.evidenceTotal,
        mitreTechnique: finding.mitreTechnique,
        falsePositives: finding.falsePositives,
        host: finding.host,
        user: finding.user,
        firstTime: finding.firstTime,
        lastTime: finding.lastTime,
        ruleId: finding.rule?.id ?? null,
        ruleName: finding.rule?.name ?? null,
        severity: finding.severity,
      }
      if (old !== undefined) refresh.run(values)
      else {
        insert.run({ ...values, huntId, analyzer, tags: JSON.stringify(finding.tags), now })
        created++
      }
      each?.(id, { datasetId: home, created: old === undefined })
      forget.run(id)
      forgetParts.run(id)
      for (const part of finding.parts ?? []) addPart.run(id, part.datasetId, part.rows, part.firstTime, part.lastTime)
      let n = 0
      for (const { datasetId: from, row, field, value } of finding.evidence)
        addEvidence.run(id, n++, from, row, field, n <= FULL_VALUES ? value : value.slice(0, SHORT_VALUE))
      all++
    }
    return { created, kept: all - created }
  })()
}

/** The same with the findings of files (findingsFile.ts), which are removed however it ends. */
export function keepFiles(
  db: WriteDb,
  huntId: string,
  datasetId: string,
  files: readonly string[],
  now: number,
  reading: string | null,
): KeptFindings | null {
  try {
    return keep(db, huntId, datasetId, readAllFindings(files), now, reading)
  } finally {
    for (const file of files) rmSync(file, { force: true })
  }
}

/** Removes an alert; answers its hunt, or null when there is no such alert. */
export function remove(db: WriteDb, id: string): { huntId: string } | null {
  const gone = db.prepare<[string], { hunt_id: string }>('DELETE FROM alerts WHERE id = ? RETURNING hunt_id').get(id)
  return gone ? { huntId: gone.hunt_id } : null
}
