import type { ReadDb } from '../db.ts'
import { lastOf, loadedSet } from '../rowSet.ts'

/** What an analyst has to take away first, in words, by where rows are named one by one. */
const NAMED: readonly (readonly [what: string, sql: string])[] = [
  ['an alert', 'SELECT 1 FROM alert_evidence WHERE dataset_id = :id AND row > :row LIMIT 1'],
  ['a note', 'SELECT 1 FROM annotations WHERE dataset_id = :id AND deleted_at IS NULL AND last_row > :row LIMIT 1'],
  ['a hypothesis', 'SELECT 1 FROM hypothesis_evidence WHERE dataset_id = :id AND row > :row LIMIT 1'],
  [
    'a case',
    `SELECT 1 FROM case_links WHERE kind = 'row' AND target GLOB :id || '/*'
       AND CAST(substr(target, length(:id) + 2) AS INTEGER) > :row LIMIT 1`,
  ],
]

/** What names rows of a dataset behind a row: an alert, a note and so on; empty when nothing does. */
export function citingBehind(db: ReadDb, datasetId: string, row: number): string[] {
  const found = NAMED.flatMap(([what, sql]) =>
    db.prepare(sql).get({ id: datasetId, row }) === undefined ? [] : [what],
  )
  const tags = db
    .prepare<[string], { block: number; rows: Buffer }>('SELECT block, rows FROM row_tags WHERE dataset_id = ?')
    .all(datasetId)
  return tags.some((line) => (lastOf(loadedSet([line])) ?? 0) > row) ? [...found, 'a tag'] : found
}
