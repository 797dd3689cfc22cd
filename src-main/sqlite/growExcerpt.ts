import type { WriteDb } from './db.ts'
import { moveTarget } from './queries/sharedRecords.read.ts'
import type { RowNumbers } from './rowNumbers.ts'
import { loadedSet, rowSetOf, rowsOf, storedBlocks, type RowSet } from './rowSet.ts'

/** Tables that name rows of a dataset one by one. */
const NAMED = [
  { table: 'alert_evidence', column: 'row' },
  { table: 'hypothesis_evidence', column: 'row' },
  { table: 'keyword_hits', column: 'row' },
]
/** Sets of rows: the table, what names the set, and how its sets are found by dataset. */
const SETS = [
  {
    table: 'annotation_rows',
    keys: ['annotation_id'],
    of: 'annotation_id IN (SELECT id FROM annotations WHERE dataset_id = :id)',
  },
  { table: 'row_tags', keys: ['dataset_id', 'tag'], of: 'dataset_id = :id' },
  {
    table: 'tag_change_rows',
    keys: ['change_id', 'tag'],
    of: 'change_id IN (SELECT id FROM tag_changes WHERE dataset_id = :id)',
  },
]

/**
 * A dataset that came with its cited rows only has got more of them: everything that names its rows takes their new numbers.
 * `before` and `after` know the numbers of the source.
 */
export function renumberRows(db: WriteDb, datasetId: string, before: RowNumbers, after: RowNumbers): void {
  const moved = (row: number): number => after.fromSource(before.toSource(row)) ?? row
  for (const { table, column } of NAMED) {
    const rows = db
      .prepare<[string], number>(`SELECT DISTINCT ${column} FROM ${table} WHERE dataset_id = ?`)
      .pluck()
      .all(datasetId)
    // Downwards: new numbers are never smaller, and two rows must not meet on the way.
    const set = db.prepare(`UPDATE ${table} SET ${column} = ? WHERE dataset_id = ? AND ${column} = ?`)
    for (const row of rows.sort((a, b) => b - a)) if (moved(row) !== row) set.run(moved(row), datasetId, row)
  }
  for (const { table, keys, of } of SETS) {
    type Line = { block: number; rows: Buffer } & Record<string, string | number | Buffer>
    const lines = db.prepare<[object], Line>(`SELECT * FROM ${table} WHERE ${of}`).all({ id: datasetId })
    db.prepare(`DELETE FROM ${table} WHERE ${of}`).run({ id: datasetId })
    const insert = db.prepare(
      `INSERT INTO ${table} (${keys.join(', ')}, block, n, rows) VALUES (${keys.map(() => '?').join(', ')}, ?, ?, ?)`,
    )
    for (const blocks of Map.groupBy(lines, (line) => JSON.stringify(keys.map((key) => line[key]))).values()) {
      const [first] = blocks
      if (!first) continue
      for (const { block, n, rows } of storedBlocks(movedSet(loadedSet(blocks), moved)))
        insert.run(...keys.map((key) => first[key]), block, n, rows)
    }
  }
  const links = db.prepare<[string], { case_id: string; target: string }>(
    `SELECT case_id, target FROM case_links WHERE kind = 'row' AND target GLOB ? || '/*' ORDER BY length(target) DESC, target DESC`,
  )
  const setLink = db.prepare(
    `UPDATE OR REPLACE case_links SET target = ? WHERE case_id = ? AND kind = 'row' AND target = ?`,
  )
  for (const { case_id: caseId, target } of links.all(datasetId))
    setLink.run(
      moveTarget(target, (_id, row) => moved(row)),
      caseId,
      target,
    )
  const ends = db.prepare<[string], { id: string; first: number; last: number }>(
    'SELECT id, first_row AS first, last_row AS last FROM annotations WHERE dataset_id = ?',
  )
  const setEnds = db.prepare('UPDATE annotations SET first_row = ?, last_row = ? WHERE id = ?')
  for (const { id, first, last } of ends.all(datasetId)) setEnds.run(moved(first), moved(last), id)
}

function movedSet(set: RowSet, moved: (row: number) => number): RowSet {
  const rows = function* (): Generator<number> {
    for (const row of rowsOf(set)) yield moved(row)
  }
  return rowSetOf(rows())
}
