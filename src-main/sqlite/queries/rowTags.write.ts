import type { RowTag } from '#contract/values'
import { rowTags } from '#contract/values'
import { AppError } from '#contract/appError'
import type { WriteDb } from '../db.ts'
import { ownTagsOf } from '../rowMarks.ts'
import { countRows, difference, intersection, loadedSet, NO_ROWS, storedBlocks, union, type RowSet } from '../rowSet.ts'

/** Changes of tags that can be taken back; the oldest go first. */
const CHANGES_MAX = 500

/** Counts that something was said about rows of a dataset, so that readers read it anew. */
export function marksChanged(db: WriteDb, datasetId: string): void {
  db.prepare(
    `INSERT INTO row_mark_versions (dataset_id, version) VALUES (?, 1)
     ON CONFLICT (dataset_id) DO UPDATE SET version = version + 1`,
  ).run(datasetId)
}

/**
 * Gives rows a tag of their own, or takes it away, all or none; `id` names the change. Answers how many rows have another tag
 * than before. AppError 'not-found' when the dataset was deleted.
 */
export function set(
  db: WriteDb,
  change: { id: string; datasetId: string; tag: RowTag | null; rows: RowSet },
  now: number,
): number {
  const { id, datasetId, tag, rows } = change
  return db.transaction(() => {
    if (!db.prepare<[string], object>('SELECT 1 FROM datasets WHERE id = ?').get(datasetId))
      throw new AppError('not-found', 'There is no such dataset. It may have been deleted.', { id: datasetId })
    const tags = ownTagsOf(db, datasetId)
    const before = new Map<RowTag | null, RowSet>()
    let free = rows
    for (const [other, tagged] of tags) {
      const both = intersection(rows, tagged)
      free = difference(free, both)
      if (other !== tag) before.set(other, both)
    }
    if (tag !== null) before.set(null, free)
    const changed = [...before.values()].reduce((sum, one) => sum + countRows(one), 0)
    if (changed === 0) return 0
    for (const [other, both] of before)
      if (other !== null && both.size > 0) store(db, datasetId, other, difference(tags.get(other) ?? NO_ROWS, both))
    if (tag !== null) store(db, datasetId, tag, union(tags.get(tag) ?? NO_ROWS, rows))
    remember(db, { id, datasetId, tag }, before, now)
    marksChanged(db, datasetId)
    return changed
  })()
}

function store(db: WriteDb, datasetId: string, tag: RowTag, rows: RowSet): void {
  db.prepare('DELETE FROM row_tags WHERE dataset_id = ? AND tag = ?').run(datasetId, tag)
  const insert = db.prepare('INSERT INTO row_tags (dataset_id, tag, block, n, rows) VALUES (?, ?, ?, ?, ?)')
  for (const { block, n, rows: bytes } of storedBlocks(rows)) insert.run(datasetId, tag, block, n, bytes)
}

function remember(
  db: WriteDb,
  { id, datasetId, tag }: { id: string; datasetId: string; tag: RowTag | null },
  before: ReadonlyMap<RowTag | null, RowSet>,
  now: number,
): void {
  db.prepare('INSERT INTO tag_changes (id, dataset_id, tag, at) VALUES (?, ?, ?, ?)').run(id, datasetId, tag, now)
  const insert = db.prepare('INSERT INTO tag_change_rows (change_id, tag, block, n, rows) VALUES (?, ?, ?, ?, ?)')
  for (const [was, rows] of before)
    for (const { block, n, rows: bytes } of storedBlocks(rows)) insert.run(id, was ?? '', block, n, bytes)
  db.prepare(
    'DELETE FROM tag_changes WHERE id IN (SELECT id FROM tag_changes ORDER BY at DESC, rowid DESC LIMIT -1 OFFSET ?)',
  ).run(CHANGES_MAX)
}

/**
 * Gives the rows of a change their former tag again, where they still have the one it gave. Answers the dataset and how many
 * rows; null when there is no such change, or it was taken back.
 */
export function undo(db: WriteDb, id: string): { datasetId: string; rows: number } | null {
  return db.transaction(() => {
    const change = db
      .prepare<[string], { datasetId: string; tag: RowTag | null }>(
        'SELECT dataset_id AS datasetId, tag FROM tag_changes WHERE id = ?',
      )
      .get(id)
    if (!change) return null
    const { datasetId } = change
    const tags = ownTagsOf(db, datasetId)
    const tagged = [...tags.values()].reduce(union, NO_ROWS)
    let rows = 0
    for (const [was, former] of formerTags(db, id)) {
      const still =
        change.tag === null ? difference(former, tagged) : intersection(former, tags.get(change.tag) ?? NO_ROWS)
      if (still.size === 0) continue
      rows += countRows(still)
      if (change.tag !== null) tags.set(change.tag, difference(tags.get(change.tag) ?? NO_ROWS, still))
      if (was !== null) tags.set(was, union(tags.get(was) ?? NO_ROWS, still))
    }
    for (const [tag, set] of tags) store(db, datasetId, tag, set)
    db.prepare('DELETE FROM tag_changes WHERE id = ?').run(id)
    marksChanged(db, datasetId)
    return { datasetId, rows }
  })()
}

function formerTags(db: WriteDb, id: string): [RowTag | null, RowSet][] {
  const stored = db
    .prepare<[string], { tag: string; block: number; rows: Buffer }>(
      'SELECT tag, block, rows FROM tag_change_rows WHERE change_id = ?',
    )
    .all(id)
  return [...Map.groupBy(stored, ({ tag }) => tag)].map(([tag, blocks]) => [
    rowTags.find((known) => known === tag) ?? null,
    loadedSet(blocks),
  ])
}
