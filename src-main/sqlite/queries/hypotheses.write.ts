import { AppError } from '#contract/appError'
import type { HypothesisStatus } from '#contract/values'
import type { WriteDb } from '../db.ts'

/** A deleted hypothesis can be brought back for so long, in milliseconds. */
const KEPT_MS = 24 * 60 * 60 * 1_000

const DECIDED: readonly HypothesisStatus[] = ['confirmed', 'rejected']

export type NewHypothesis = {
  id: string
  huntId: string
  title: string
  text: string
  status: HypothesisStatus
  reason: string
  mitreTechnique: string | null
  author: string
}
export type NewEvidence = { datasetId: string; row: number; note: string; field: string; value: string }

/** Keeps a hypothesis with its first evidence, all or none. AppError 'not-found' without the hunt. */
export function create(
  db: WriteDb,
  hypothesis: NewHypothesis,
  evidence: readonly NewEvidence[],
  most: number,
  now: number,
): void {
  const { id, huntId, title, text, status, reason, mitreTechnique, author } = hypothesis
  db.transaction(() => {
    if (!db.prepare<[string], object>('SELECT 1 FROM hunts WHERE id = ?').get(huntId))
      throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', {
        path: 'huntId',
        id: huntId,
      })
    db.prepare(
      `INSERT INTO hypotheses (id, hunt_id, title, text, status, reason, mitre_technique, author, created_at, updated_at, decided_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      ...[id, huntId, title, text, status, reason, mitreTechnique, author, now, now],
      DECIDED.includes(status) ? now : null,
    )
    addEvidence(db, id, evidence, most, now)
  })()
}

export type HypothesisChange = {
  title?: string | undefined
  text?: string | undefined
  status?: HypothesisStatus | undefined
  reason?: string | undefined
  mitreTechnique?: string | null | undefined
}

/** Changes what a hypothesis says; deciding it says when. Answers its hunt, or null when there is none of that id. */
export function update(db: WriteDb, id: string, change: HypothesisChange, now: number): { huntId: string } | null {
  const { status } = change
  return changed(
    db,
    `UPDATE hypotheses SET title = coalesce(:title, title), text = coalesce(:text, text), reason = coalesce(:reason, reason),
       mitre_technique = CASE WHEN :setTechnique THEN :technique ELSE mitre_technique END,
       decided_at = CASE WHEN :status IS NULL OR :status = status THEN decided_at WHEN :decides THEN :now END,
       status = coalesce(:status, status), updated_at = :now
     WHERE id = :id AND deleted_at IS NULL`,
    {
      id,
      now,
      title: change.title ?? null,
      text: change.text ?? null,
      reason: change.reason ?? null,
      setTechnique: change.mitreTechnique === undefined ? 0 : 1,
      technique: change.mitreTechnique ?? null,
      status: status ?? null,
      decides: status !== undefined && DECIDED.includes(status) ? 1 : 0,
    },
  )
}

/** Deletes a hypothesis; `restore` brings it back for a day. */
export function remove(db: WriteDb, id: string, now: number): { huntId: string } | null {
  db.prepare('DELETE FROM hypotheses WHERE deleted_at < ?').run(now - KEPT_MS)
  return changed(db, 'UPDATE hypotheses SET deleted_at = :now WHERE id = :id AND deleted_at IS NULL', { id, now })
}

export function restore(db: WriteDb, id: string): { huntId: string } | null {
  return changed(db, 'UPDATE hypotheses SET deleted_at = NULL WHERE id = :id AND deleted_at IS NOT NULL', { id })
}

function changed(db: WriteDb, sql: string, values: Record<string, unknown>): { huntId: string } | null {
  return (
    db.prepare<[Record<string, unknown>], { huntId: string }>(`${sql} RETURNING hunt_id AS huntId`).get(values) ?? null
  )
}

/** The columns of an alert's evidence as rows, each once. AppError 'not-found' without the alert. */
export function evidenceOfAlert(db: WriteDb, alertId: string, note: string): NewEvidence[] {
  const alert = db.prepare<[string], { title: string }>('SELECT title FROM alerts WHERE id = ?').get(alertId)
  if (!alert) throw new AppError('not-found', 'There is no such alert. It may have been deleted.', { id: alertId })
  const rows = db
    .prepare<[string], { datasetId: string; row: number; field: string; value: string; n: number }>(
      // Beside min() SQLite takes the other columns from the line of the least.
      `SELECT dataset_id AS datasetId, row, field, substr(value, 1, 300) AS value, min(n) AS n FROM alert_evidence
       WHERE alert_id = ? GROUP BY dataset_id, row ORDER BY n`,
    )
    .all(alertId)
  return rows.map(({ n: _n, ...row }) => ({ ...row, note: note === '' ? alert.title : note }))
}

export type AddedEvidence = { added: { datasetId: string; row: number }[]; known: number; evidenceTotal: number }

/**
 * Adds rows, all or none; rows that are there already stay as they are. AppError 'not-found' for a row or a dataset that is
 * not of the hunt, 'too-large' for more rows than `most`.
 */
export function addEvidence(
  db: WriteDb,
  id: string,
  evidence: readonly NewEvidence[],
  most: number,
  now: number,
): AddedEvidence {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO hypothesis_evidence (hypothesis_id, dataset_id, row, note, field, value, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  return db.transaction(() => {
    checkDatasets(db, id, new Set(evidence.map(({ datasetId }) => datasetId)))
    const added: AddedEvidence['added'] = []
    for (const { datasetId, row, note, field, value } of evidence)
      if (insert.run(id, datasetId, row, note, field, value, now).changes > 0) added.push({ datasetId, row })
    const evidenceTotal = totalOf(db, id)
    if (evidenceTotal > most)
      throw new AppError(
        'too-large',
        `A hypothesis stands on at most ${most} rows; this would make ${evidenceTotal}. Nothing was added.`,
      )
    if (added.length > 0) db.prepare('UPDATE hypotheses SET updated_at = ? WHERE id = ?').run(now, id)
    return { added, known: evidence.length - added.length, evidenceTotal }
  })()
}

/** The same with the rows that an alert stands on. */
export const addAlert = (
  db: WriteDb,
  id: string,
  alert: { id: string; note: string },
  most: number,
  now: number,
): AddedEvidence => addEvidence(db, id, evidenceOfAlert(db, alert.id, alert.note), most, now)

function checkDatasets(db: WriteDb, id: string, datasetIds: ReadonlySet<string>): void {
  const known = db.prepare<[string, string], object>(
    `SELECT 1 FROM hypotheses h JOIN datasets d ON d.hunt_id = h.hunt_id WHERE h.id = ? AND d.id = ?`,
  )
  for (const datasetId of datasetIds)
    if (!known.get(id, datasetId))
      throw new AppError('not-found', 'The hunt of this hypothesis has no such dataset.', { id: datasetId })
}

const totalOf = (db: WriteDb, id: string): number =>
  db.prepare<[string], { n: number }>('SELECT count(*) AS n FROM hypothesis_evidence WHERE hypothesis_id = ?').get(id)
    ?.n ?? 0

/** Writes why a row is evidence; false when the hypothesis does not have it. */
export function noteEvidence(
  db: WriteDb,
  id: string,
  { datasetId, row, note }: { datasetId: string; row: number; note: string },
  now: number,
): boolean {
  return db.transaction(() => {
    const { changes } = db
      .prepare('UPDATE hypothesis_evidence SET note = ? WHERE hypothesis_id = ? AND dataset_id = ? AND row = ?')
      .run(note, id, datasetId, row)
    if (changes > 0) db.prepare('UPDATE hypotheses SET updated_at = ? WHERE id = ?').run(now, id)
    return changes > 0
  })()
}

export function removeEvidence(
  db: WriteDb,
  id: string,
  rows: readonly { datasetId: string; row: number }[],
  now: number,
): { removed: number; evidenceTotal: number } {
  const remove = db.prepare('DELETE FROM hypothesis_evidence WHERE hypothesis_id = ? AND dataset_id = ? AND row = ?')
  return db.transaction(() => {
    let removed = 0
    for (const { datasetId, row } of rows) removed += remove.run(id, datasetId, row).changes
    if (removed > 0) db.prepare('UPDATE hypotheses SET updated_at = ? WHERE id = ?').run(now, id)
    return { removed, evidenceTotal: totalOf(db, id) }
  })()
}
