import { randomUUID } from 'node:crypto'
import type { WriteDb } from '../db.ts'

/** A rule, an analyzer, the indicator lists or the keywords over one dataset: rule:ID, analyzer:NAME, lists, keywords. */
export type DetectorRun = {
  detector: string
  /** What it was called then; null: what it says itself. */
  name: string | null
  findings: number
  /** Why it could not be asked there; null: it read every row. */
  skipped: string | null
}

/**
 * Keeps what ran over a dataset, found or not; the run before over as many rows goes. A dataset that is gone by now is left
 * out.
 */
export function keep(
  db: WriteDb,
  datasetId: string,
  runs: readonly DetectorRun[],
  reading: string | null,
  now: number,
): void {
  const statement = db.prepare(
    `INSERT INTO detector_runs (id, dataset_id, detector, rows, at, name, findings, skipped, reading)
     SELECT :id, d.id, :detector, coalesce(d.row_count, 0), :now, :name, :findings, :skipped, :reading FROM datasets d WHERE d.id = :datasetId
     ON CONFLICT (dataset_id, detector, rows) DO UPDATE SET at = excluded.at, name = excluded.name,
       findings = excluded.findings, skipped = excluded.skipped, reading = excluded.reading`,
  )
  db.transaction(() => {
    for (const run of runs) statement.run({ ...run, id: randomUUID(), datasetId, reading, now })
  })()
}
