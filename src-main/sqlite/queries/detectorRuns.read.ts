import { isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'
import { newestChange } from './readings.read.ts'

export type HuntRun = {
  detector: string
  /** What it was called when it ran; null: what it says itself. */
  name: string | null
  datasetId: string
  dataset: string
  /** Rows that it read: more than are here where it ran at a colleague's who has them all. */
  rows: number
  at: string
  findings: number
  skipped: string | null
}

/**
 * What ran over the datasets of a hunt, last, here or at colleagues' whose case files came. Runs over a dataset that was read
 * otherwise since say nothing any more, nor does one before a later one over as many rows.
 */
export function runsOf(db: ReadDb, huntId: string): HuntRun[] {
  type Row = Omit<HuntRun, 'at'> & { at: number; reading: string | null }
  const rows = db
    .prepare<[string], Row>(
      `SELECT r.detector, r.name, r.dataset_id AS datasetId, d.name AS dataset, r.rows, r.at, r.findings, r.skipped, r.reading
       FROM detector_runs r JOIN datasets d ON d.id = r.dataset_id
       WHERE d.hunt_id = ? AND d.state = 'ready'
         AND NOT EXISTS (SELECT 1 FROM detector_runs o WHERE o.dataset_id = r.dataset_id AND o.detector = r.detector
           AND o.rows > r.rows AND o.at >= r.at AND o.reading IS r.reading)
       ORDER BY r.detector, d.created_at, d.id, r.rows`,
    )
    .all(huntId)
  const readings = new Map([...new Set(rows.map(({ datasetId }) => datasetId))].map((id) => [id, newestChange(db, id)]))
  return rows
    .filter(({ datasetId, reading }) => readings.get(datasetId) === reading)
    .map(({ reading: _reading, at, ...run }) => ({ ...run, at: isoOfMs(at) }))
}
