import type { AlertEvent } from '#contract/alerts'
import type { AlertChangeField } from '#contract/values'
import { isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

type ChangeRow = {
  id: string
  at: number
  by: string
  field: AlertChangeField
  before: string | null
  after: string | null
  alerts: number
  undo: number
}

/** What was changed of an alert, newest first; null when there is no such alert. */
export function history(
  db: ReadDb,
  id: string,
  limit: number,
  offset: number,
): { changes: AlertEvent[]; total: number } | null {
  const counted = db
    .prepare<[string], { n: number }>(
      'SELECT (SELECT count(*) FROM alert_changes c WHERE c.alert_id = a.id) AS n FROM alerts a WHERE a.id = ?',
    )
    .get(id)
  if (!counted) return null
  const rows = db
    .prepare<[string, number, number], ChangeRow>(
      `SELECT id, at, by, field, before, after, alerts, undo FROM alert_changes WHERE alert_id = ?
       ORDER BY at DESC, rowid DESC LIMIT ? OFFSET ?`,
    )
    .all(id, limit, offset)
  return {
    changes: rows.map(({ at, before, after, undo, ...row }) => ({
      ...row,
      at: isoOfMs(at),
      from: before,
      to: after,
      undo: undo === 1,
    })),
    total: counted.n,
  }
}
