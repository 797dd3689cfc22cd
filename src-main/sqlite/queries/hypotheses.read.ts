import type { Hypothesis, HypothesisEvidence } from '#contract/hypotheses'
import type { HypothesisStatus } from '#contract/values'
import { conditions, containing, isoOfMs, isoOfMsOrNull } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

/** Evidence rows sent along when one hypothesis is asked for. */
const EVIDENCE_IN_HYPOTHESIS = 100

type Row = {
  id: string
  hunt_id: string
  title: string
  text: string
  status: HypothesisStatus
  reason: string
  mitre_technique: string | null
  author: string
  created_at: number
  updated_at: number
  decided_at: number | null
  evidence: number
}

const hypothesisOf = (row: Row, found: HypothesisEvidence[]): Hypothesis => ({
  id: row.id,
  huntId: row.hunt_id,
  title: row.title,
  text: row.text,
  status: row.status,
  reason: row.reason,
  mitreTechnique: row.mitre_technique,
  author: row.author,
  evidence: found,
  evidenceTotal: row.evidence,
  createdAt: isoOfMs(row.created_at),
  updatedAt: isoOfMs(row.updated_at),
  decidedAt: isoOfMsOrNull(row.decided_at),
})

const SELECT = `SELECT h.*, (SELECT count(*) FROM hypothesis_evidence e WHERE e.hypothesis_id = h.id) AS evidence FROM hypotheses h`

export type HypothesisQuery = {
  huntId?: string | undefined
  status?: HypothesisStatus | undefined
  mitreTechnique?: string | undefined
  text?: string | undefined
  limit: number
  offset: number
}

/** Hypotheses that match, last changed first, with counts by status whatever status was asked for. */
export function list(
  db: ReadDb,
  query: HypothesisQuery,
): { hypotheses: Hypothesis[]; total: number; statusCounts: Record<HypothesisStatus, number> } {
  const where = conditions()
  where.and('h.deleted_at IS NULL')
  where.in('h.hunt_id', query.huntId)
  where.in('h.mitre_technique', query.mitreTechnique)
  if (query.text) {
    const looked = ['h.title', 'h.text', 'h.reason'].map((column) => `${column} LIKE ? ESCAPE '\\'`)
    where.and(`(${looked.join(' OR ')})`, ...looked.map(() => containing(query.text ?? '')))
  }
  const all = where.build()
  const statusCounts = { draft: 0, active: 0, confirmed: 0, rejected: 0 }
  for (const { status, n } of db
    .prepare<unknown[], { status: HypothesisStatus; n: number }>(
      `SELECT h.status, count(*) AS n FROM hypotheses h WHERE ${all.text} GROUP BY 1`,
    )
    .all(...all.values))
    statusCounts[status] = n
  where.in('h.status', query.status)
  const { text, values } = where.build()
  const rows = db
    .prepare<unknown[], Row>(`${SELECT} WHERE ${text} ORDER BY h.updated_at DESC, h.rowid DESC LIMIT ? OFFSET ?`)
    .all(...values, query.limit, query.offset)
  const total =
    query.status === undefined ? Object.values(statusCounts).reduce((sum, n) => sum + n, 0) : statusCounts[query.status]
  return { hypotheses: rows.map((row) => hypothesisOf(row, [])), total, statusCounts }
}

export function get(db: ReadDb, id: string): Hypothesis | null {
  const row = db.prepare<[string], Row>(`${SELECT} WHERE h.id = ? AND h.deleted_at IS NULL`).get(id)
  return row ? hypothesisOf(row, evidence(db, id, EVIDENCE_IN_HYPOTHESIS, 0)) : null
}

/** The rows a hypothesis stands on, in the order they were added. */
export function evidence(db: ReadDb, id: string, limit: number, offset: number): HypothesisEvidence[] {
  return db
    .prepare<[string, number, number], Omit<HypothesisEvidence, 'addedAt'> & { added: number }>(
      `SELECT e.dataset_id AS datasetId, d.name AS dataset, e.row, e.note, e.field, e.value, e.added_at AS added
       FROM hypothesis_evidence e JOIN datasets d ON d.id = e.dataset_id WHERE e.hypothesis_id = ? ORDER BY e.n LIMIT ? OFFSET ?`,
    )
    .all(id, limit, offset)
    .map(({ added, ...row }) => ({ ...row, addedAt: isoOfMs(added) }))
}

export type HypothesisTechnique = {
  technique: string
  huntId: string
  datasetId: null
  count: number
  rows: number
  since: number
}

/** Hypotheses of hunts that name a technique, by technique and hunt, and the rows they stand on; rejected ones say it was not so. */
export function techniqueUses(db: ReadDb, huntIds: readonly string[]): HypothesisTechnique[] {
  return db
    .prepare<[string], HypothesisTechnique>(
      `SELECT h.mitre_technique AS technique, h.hunt_id AS huntId, NULL AS datasetId, count(*) AS count,
         sum((SELECT count(*) FROM hypothesis_evidence e WHERE e.hypothesis_id = h.id)) AS rows, min(h.created_at) AS since
       FROM hypotheses h
       WHERE h.hunt_id IN (SELECT value FROM json_each(?)) AND h.mitre_technique IS NOT NULL AND h.status <> 'rejected'
         AND h.deleted_at IS NULL
       GROUP BY 1, 2 ORDER BY since, technique, huntId`,
    )
    .all(JSON.stringify(huntIds))
}
