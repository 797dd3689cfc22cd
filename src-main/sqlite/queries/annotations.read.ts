import type { Annotation } from '#contract/annotations'
import type { RowTag, Severity } from '#contract/values'
import { conditions, containing, isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'
import { hasRow, loadedSet, rowsOf } from '../rowSet.ts'

type Row = Omit<Annotation, 'filter' | 'createdAt' | 'updatedAt'> & {
  filter: string | null
  created_at: number
  updated_at: number
}

const annotationOf = ({ created_at, updated_at, filter, ...row }: Row): Annotation => ({
  ...row,
  // Written by this program only, as the contract parsed it.
  filter: filter === null ? null : JSON.parse(filter),
  createdAt: isoOfMs(created_at),
  updatedAt: isoOfMs(updated_at),
})

const SELECT = `SELECT a.id, a.hunt_id AS huntId, a.dataset_id AS datasetId, d.name AS dataset, a.text, a.severity, a.tag, a.colour, a.author,
  a.row_count AS rows, a.first_row AS firstRow, a.last_row AS lastRow, a.filter, a.created_at, a.updated_at
  FROM annotations a JOIN datasets d ON d.id = a.dataset_id`

export type AnnotationQuery = {
  huntId?: string | undefined
  datasetId?: string | undefined
  row?: number | undefined
  tag?: RowTag | undefined
  severity?: Severity | undefined
  author?: string | undefined
  text?: string | undefined
  limit: number
  offset: number
}

/** Annotations that match, newest first. */
export function list(db: ReadDb, query: AnnotationQuery): { annotations: Annotation[]; total: number } {
  const where = conditions()
  where.and('a.deleted_at IS NULL')
  where.in('a.hunt_id', query.huntId)
  where.in('a.dataset_id', query.datasetId)
  where.in('a.tag', query.tag)
  where.in('a.severity', query.severity)
  where.in('a.author', query.author)
  if (query.text)
    where.and(
      `(a.text LIKE ? ESCAPE '\\' OR a.author LIKE ? ESCAPE '\\')`,
      containing(query.text),
      containing(query.text),
    )
  if (query.row !== undefined) where.and('a.first_row <= ? AND a.last_row >= ?', query.row, query.row)
  const { text, values } = where.build()
  const order = 'ORDER BY a.created_at DESC, a.rowid DESC'
  if (query.row !== undefined) {
    const { row } = query
    const found = db
      .prepare<unknown[], Row>(`${SELECT} WHERE ${text} ${order}`)
      .all(...values)
      .filter(({ id }) => hasRow(setOf(db, id), row))
    return {
      annotations: found.slice(query.offset, query.offset + query.limit).map(annotationOf),
      total: found.length,
    }
  }
  const rows = db
    .prepare<unknown[], Row>(`${SELECT} WHERE ${text} ${order} LIMIT ? OFFSET ?`)
    .all(...values, query.limit, query.offset)
  const counted = db
    .prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM annotations a WHERE ${text}`)
    .get(...values)
  return { annotations: rows.map(annotationOf), total: counted?.n ?? 0 }
}

/** The texts of all annotations of a dataset. */
export const texts = (db: ReadDb, datasetId: string): { id: string; text: string }[] =>
  db
    .prepare<[string], { id: string; text: string }>(
      'SELECT id, text FROM annotations WHERE dataset_id = ? AND deleted_at IS NULL',
    )
    .all(datasetId)

export function get(db: ReadDb, id: string): Annotation | null {
  const row = db.prepare<[string], Row>(`${SELECT} WHERE a.id = ? AND a.deleted_at IS NULL`).get(id)
  return row ? annotationOf(row) : null
}

/** Numbers of the rows of an annotation, ascending. */
export function rows(db: ReadDb, id: string, limit: number, offset: number): { rows: number[]; total: number } {
  const all = [...rowsOf(setOf(db, id))]
  return { rows: all.slice(offset, offset + limit), total: all.length }
}

function setOf(db: ReadDb, id: string): ReturnType<typeof loadedSet> {
  return loadedSet(
    db
      .prepare<[string], { block: number; rows: Buffer }>(
        'SELECT block, rows FROM annotation_rows WHERE annotation_id = ?',
      )
      .all(id),
  )
}
