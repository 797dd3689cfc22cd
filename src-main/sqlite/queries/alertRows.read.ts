import { severities, type Severity } from '#contract/values'
import type { ReadDb } from '../db.ts'

export type RowAlerts = { row: number; alerts: number; severity: Severity }

/** Which of these rows of a dataset alerts stand on: how many, and the worst severity. False positives do not count. */
export function alertsOfRows(db: ReadDb, datasetId: string, rows: readonly number[]): RowAlerts[] {
  const found = db
    .prepare<[string, string], { row: number; id: string; severity: Severity }>(
      `SELECT DISTINCT e.row, a.id, a.severity FROM alert_evidence e JOIN alerts a ON a.id = e.alert_id
       WHERE e.dataset_id = ? AND e.row IN (SELECT value FROM json_each(?)) AND a.status <> 'false-positive'`,
    )
    .all(datasetId, JSON.stringify(rows))
  const byRow = new Map<number, RowAlerts>()
  for (const { row, severity } of found) {
    const known = byRow.get(row) ?? { row, alerts: 0, severity }
    const worse = severities.indexOf(severity) < severities.indexOf(known.severity) ? severity : known.severity
    byRow.set(row, { row, alerts: known.alerts + 1, severity: worse })
  }
  return [...byRow.values()].sort((a, b) => a.row - b.row)
}
