import { AppError } from '#contract/appError'
import type { RowFilter } from '../rowView.ts'
import type { AnnotationColour, RowTag, Severity } from '#contract/values'
import type { ChosenRows } from '../chosenRows.ts'
import type { WriteDb } from '../db.ts'
import { storedBlocks } from '../rowSet.ts'
import { marksChanged } from './rowTags.write.ts'

/** A deleted annotation can be brought back for so long, in milliseconds. */
const KEPT_MS = 24 * 60 * 60 * 1_000

export type AnnotationText = {
  text: string
  severity: Severity | null
  tag: RowTag | null
  colour: AnnotationColour | null
}
export type NewAnnotation = AnnotationText & {
  id: string
  datasetId: string
  author: string
  filter: RowFilter | null
  chosen: ChosenRows
}

/** Keeps an annotation with the numbers of its rows. AppError 'not-found' when the dataset was deleted. */
export function create(db: WriteDb, annotation: NewAnnotation, now: number): void {
  const { id, datasetId, text, severity, tag, colour, author, filter, chosen } = annotation
  db.transaction(() => {
    const { changes } = db
      .prepare(
        `INSERT INTO annotations (id, hunt_id, dataset_id, text, severity, tag, colour, author, row_count, first_row, last_row,
           filter, created_at, updated_at)
         SELECT ?, hunt_id, id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM datasets WHERE id = ?`,
      )
      .run(
        ...[id, text, severity, tag, colour, author, chosen.count, chosen.first, chosen.last],
        ...[filter === null ? null : JSON.stringify(filter), now, now, datasetId],
      )
    if (changes === 0)
      throw new AppError('not-found', 'There is no such dataset. It may have been deleted.', { id: datasetId })
    const insert = db.prepare('INSERT INTO annotation_rows (annotation_id, block, n, rows) VALUES (?, ?, ?, ?)')
    for (const { block, n, rows } of storedBlocks(chosen.rows)) insert.run(id, block, n, rows)
    marksChanged(db, datasetId)
  })()
}

export type AnnotationChange = { [K in keyof AnnotationText]?: AnnotationText[K] | undefined }
/** Where an annotation belongs; null when there is none of that id. */
export type AnnotationPlace = { huntId: string; datasetId: string } | null

/** Changes what an annotation says. */
export function update(db: WriteDb, id: string, change: AnnotationChange, now: number): AnnotationPlace {
  return changed(
    db,
    `UPDATE annotations SET text = coalesce(:text, text),
       severity = CASE WHEN :setSeverity THEN :severity ELSE severity END,
       tag = CASE WHEN :setTag THEN :tag ELSE tag END,
       colour = CASE WHEN :setColour THEN :colour ELSE colour END,
       updated_at = :now
     WHERE id = :id AND deleted_at IS NULL`,
    {
      id,
      now,
      text: change.text ?? null,
      setSeverity: change.severity === undefined ? 0 : 1,
      severity: change.severity ?? null,
      setTag: change.tag === undefined ? 0 : 1,
      tag: change.tag ?? null,
      setColour: change.colour === undefined ? 0 : 1,
      colour: change.colour ?? null,
    },
  )
}

/** Deletes an annotation; `restore` brings it back for a day. */
export function remove(db: WriteDb, id: string, now: number): AnnotationPlace {
  db.prepare('DELETE FROM annotations WHERE deleted_at < ?').run(now - KEPT_MS)
  return changed(db, 'UPDATE annotations SET deleted_at = :now WHERE id = :id AND deleted_at IS NULL', { id, now })
}

export function restore(db: WriteDb, id: string): AnnotationPlace {
  return changed(db, 'UPDATE annotations SET deleted_at = NULL WHERE id = :id AND deleted_at IS NOT NULL', { id })
}

function changed(db: WriteDb, sql: string, values: Record<string, unknown>): AnnotationPlace {
  return db.transaction(() => {
    const place = db
      .prepare<[Record<string, unknown>], { huntId: string; datasetId: string }>(
        `${sql} RETURNING hunt_id AS huntId, dataset_id AS datasetId`,
      )
      .get(values)
    if (place) marksChanged(db, place.datasetId)
    return place ?? null
  })()
}
