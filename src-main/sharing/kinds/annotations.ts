import { z } from 'zod'
import { rowFilter } from '#contract/rowFilter'
import { annotationColours, rowTags, severities } from '#contract/values'
import {
  count,
  created,
  id,
  jsonOf,
  oneOf,
  OF_HUNTS,
  rowNumber,
  text,
  updated,
  uuid,
  word,
  type Kind,
} from '../kind.ts'

export const annotations: Kind = {
  noun: 'annotations',
  table: 'annotations',
  scope: `${OF_HUNTS} AND t.deleted_at IS NULL`,
  title: 'text',
  columns: {
    id,
    hunt_id: { check: uuid, refers: 'hunts', needed: true },
    dataset_id: { check: uuid, refers: 'datasets', needed: true },
    text: { check: text, rule: 'both' },
    severity: { check: oneOf(severities).nullable(), rule: 'newer' },
    tag: { check: oneOf(rowTags).nullable(), rule: 'newer' },
    colour: { check: oneOf(annotationColours).nullable(), rule: 'newer' },
    author: { check: word },
    row_count: { check: count },
    first_row: { check: rowNumber, row: true },
    last_row: { check: rowNumber, row: true },
    filter: { check: jsonOf(z.object(rowFilter)).nullable() },
    created_at: created,
    updated_at: updated,
  },
  rowSet: { table: 'annotation_rows', parent: 'annotation_id' },
  deletedAt: 'deleted_at',
}
