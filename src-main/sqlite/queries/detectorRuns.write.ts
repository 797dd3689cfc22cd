import type { WriteDb } from '../db.ts'

/** A rule, an analyzer or the indicator lists over one dataset: rule:ID, analyzer:NAME, lists. */
export type DetectorRun = {
  detector: string
  findings: number
  /** Why it could not be asked there; null: it read every row. */
  skipped: string | null
}

/** Keeps what ran over a dataset, found or not; the run before goes. A dataset that is gone by now is left out. */
export function keep(
  db: WriteDb,
  datasetId: string,
  runs: readonly DetectorRun[],
  reading: string | null,
  now: number,
): void {
  const statement = db.prepare(
    `INSERT INTO detector_runs (dataset_id, detector, at, findings, skipped, reading)
     SELECT id, :detector, :now, :findings, :skipped, :reading FROM datasets WHERE id = :datasetId
     ON CONFLICT (dataset_id, detector) DO UPDATE SET at = excluded.at, findings = excluded.findings,
       skipped = excluded.skipped, reading = excluded.reading`,
  )
  db.transaction(() => {
    for (const run of runs) statement.run({ ...run, datasetId, reading, now })
  })()
}
