import { isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'
import { newestChange } from './readings.read.ts'

export type HuntRun = {
  detector: string
  datasetId: string
  dataset: string
  rows: number
  at: string
  findings: number
  skipped: string | null
}

/** What ran over the datasets of a hunt, last; runs over a dataset that was read otherwise since say nothing any more. */
export function runsOf(db: ReadDb, huntId: string): HuntRun[] {
  type Row = Omit<HuntRun, 'at'> & { at: number; reading: string | null }
  const rows = db
    .prepare<[string], Row>(
      `SELECT r.detector, r.dataset_id AS datasetId, d.name AS dataset, d.row_count AS rows, r.at, r.findings, r.skipped, r.reading
       FROM detector_runs r JOIN datasets d ON d.id = r.dataset_id
       WHERE d.hunt_id = ? AND d.state = 'ready' ORDER BY r.detector, d.created_at, d.id`,
    )
    .all(huntId)
  const readings = new Map([...new Set(rows.map(({ datasetId }) => datasetId))].map((id) => [id, newestChange(db, id)]))
  return rows
    .filter(({ datasetId, reading }) => readings.get(datasetId) === reading)
    .map(({ reading: _reading, at, ...run }) => ({ ...run, at: isoOfMs(at) }))
}
