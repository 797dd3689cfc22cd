import type { WriteDb } from '../db.ts'
import { newestChange } from './readings.read.ts'

/** What a scan of one dataset found (worker/scanKeywords.ts). `ids`: the keywords in the order that `hits` number them. */
export type FoundByScan = {
  datasetId: string
  ids: readonly string[]
  rows: number
  columns: readonly string[] | null
  counts: readonly { id: string; hits: number; rows: number; kept: number }[]
  /** JSON of [place of the keyword, row, time, column, value, host, user][]. */
  hits: string
}

/**
 * Keeps what a scan found in place of what the one before found. Keywords that were deleted meanwhile are left out. False,
 * and nothing kept, where the dataset was deleted or read anew since (`reading`: newestChange before the scan).
 */
export function keepScan(db: WriteDb, found: FoundByScan, reading: string | null, now: number): boolean {
  const { datasetId, ids } = found
  // As scanKeywords.ts of this program wrote it.
  const hits: [number, number, number | null, string, string, string | null, string | null][] = JSON.parse(found.hits)
  return db.transaction(() => {
    const alive = db.prepare<[string], object>('SELECT 1 AS known FROM datasets WHERE id = ?').get(datasetId)
    if (!alive || newestChange(db, datasetId) !== reading) return false
    db.prepare('DELETE FROM keyword_scans WHERE dataset_id = ?').run(datasetId)
    db.prepare(
      'INSERT INTO keyword_scans (dataset_id, at, row_count, column_list, reading) VALUES (?, ?, ?, ?, ?)',
    ).run(datasetId, now, found.rows, found.columns === null ? null : JSON.stringify(found.columns), reading)
    const known = db.prepare<[string], object>('SELECT 1 AS known FROM keywords WHERE id = ?')
    const left = new Set(found.counts.filter(({ id }) => known.get(id) !== undefined).map(({ id }) => id))
    const count = db.prepare(
      'INSERT INTO keyword_counts (dataset_id, keyword_id, hits, row_count, kept) VALUES (?, ?, ?, ?, ?)',
    )
    for (const { id, hits: all, rows, kept } of found.counts)
      if (left.has(id)) count.run(datasetId, id, all, rows, kept)
    const insert = db.prepare(
      `INSERT INTO keyword_hits (dataset_id, keyword_id, row, time, field, value, host, user)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    for (const [place, ...hit] of hits) {
      const id = ids[place] ?? ''
      if (left.has(id)) insert.run(datasetId, id, ...hit)
    }
    return true
  })()
}
