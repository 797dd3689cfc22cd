import { rowTags, type AnnotationColour, type RowTag } from '#contract/values'
import type { MarkTest } from '../predicate/rowTagTest.ts'
import type { ReadDb } from './db.ts'
import { growingSet, hasRow, loadedSet, NO_ROWS, type RowSet } from './rowSet.ts'

/** Datasets whose marks a thread keeps. */
const KEPT_MAX = 24

export type MarkedRows = { id: string; tag: RowTag | null; colour: AnnotationColour | null; rows: RowSet }

/** What analysts said about the rows of one dataset. A row has one tag: its own, else that of its newest annotation with one. */
export type RowMarks = {
  /** Changes whenever something else does. */
  version: number
  tags: ReadonlyMap<RowTag, RowSet>
  ownTags: ReadonlyMap<RowTag, RowSet>
  /** Rows with an annotation. */
  noted: RowSet
  /** Newest first. */
  annotations: readonly MarkedRows[]
}

/** Tells of rows whether they have the marks that a query asks for, as the functions of predicateFunctions.ts tell SQLite. */
export function markedBy(marks: RowMarks, mark: MarkTest): (row: number) => boolean {
  if (mark.about === 'tag') return (row) => mark.tags.includes(tagOf(marks, row))
  if (mark.id === null) return (row) => hasRow(marks.noted, row) === mark.noted
  const annotation = marks.annotations.find(({ id }) => id === mark.id)
  return (row) => annotation !== undefined && hasRow(annotation.rows, row)
}

export function tagOf({ tags }: Pick<RowMarks, 'tags'>, row: number): RowTag | null {
  for (const [tag, rows] of tags) if (hasRow(rows, row)) return tag
  return null
}

/** Reads the marks of datasets from the workspace and keeps them until they change. */
export function createMarks(db: ReadDb): (datasetId: string) => RowMarks {
  const kept = new Map<string, RowMarks>()
  const versionOf = db.prepare<[string], number>('SELECT version FROM row_mark_versions WHERE dataset_id = ?').pluck()
  return (datasetId) => {
    let known = kept.get(datasetId)
    kept.delete(datasetId)
    // A change between two statements would mix two states.
    for (
      let version = versionOf.get(datasetId) ?? 0;
      known?.version !== version;
      version = versionOf.get(datasetId) ?? 0
    )
      known = version === 0 ? { ...NO_MARKS } : { ...marksOf(db, datasetId), version }
    kept.set(datasetId, known)
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_MAX) break
      kept.delete(oldest)
    }
    return known
  }
}

const NO_MARKS: RowMarks = { version: 0, tags: new Map(), ownTags: new Map(), noted: NO_ROWS, annotations: [] }

function marksOf(db: ReadDb, datasetId: string): Omit<RowMarks, 'version'> {
  const ownTags = ownTagsOf(db, datasetId)
  const annotations = annotationsOf(db, datasetId)
  const [noted, tagged] = [growingSet(), growingSet()]
  const byTag = new Map(rowTags.map((tag) => [tag, growingSet()]))
  for (const [tag, rows] of ownTags) {
    byTag.get(tag)?.add(rows)
    tagged.add(rows)
  }
  for (const { tag, rows } of annotations) {
    noted.add(rows)
    if (tag === null) continue
    const left = tagged.missing(rows)
    byTag.get(tag)?.add(left)
    tagged.add(left)
  }
  const tags = new Map([...byTag].map(([tag, rows]) => [tag, rows.set()]))
  return { tags, ownTags, noted: noted.set(), annotations }
}

type StoredRows = { block: number; rows: Buffer }

/** The rows of a dataset by their own tag. */
export function ownTagsOf(db: ReadDb, datasetId: string): Map<RowTag, RowSet> {
  const stored = db
    .prepare<[string], StoredRows & { tag: RowTag }>('SELECT tag, block, rows FROM row_tags WHERE dataset_id = ?')
    .all(datasetId)
  return new Map([...Map.groupBy(stored, ({ tag }) => tag)].map(([tag, blocks]) => [tag, loadedSet(blocks)]))
}

function annotationsOf(db: ReadDb, datasetId: string): MarkedRows[] {
  const blocks = Map.groupBy(
    db
      .prepare<[string], StoredRows & { id: string }>(
        `SELECT r.annotation_id AS id, r.block, r.rows FROM annotations a JOIN annotation_rows r ON r.annotation_id = a.id
         WHERE a.dataset_id = ? AND a.deleted_at IS NULL`,
      )
      .all(datasetId),
    ({ id }) => id,
  )
  return db
    .prepare<[string], Omit<MarkedRows, 'rows'>>(
      `SELECT id, tag, colour FROM annotations WHERE dataset_id = ? AND deleted_at IS NULL ORDER BY created_at DESC, rowid DESC`,
    )
    .all(datasetId)
    .map((annotation) => ({ ...annotation, rows: loadedSet(blocks.get(annotation.id) ?? []) }))
}
