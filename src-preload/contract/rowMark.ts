import { z } from 'zod'
import { count, id } from './common.ts'
import { annotationColours, rowTags } from './values.ts'

/** What analysts said about a row. */
export const rowMark = z.object({
  row: count.describe('Row number, from 1'),
  tag: z.enum(rowTags).nullable().describe('Its own, else that of its newest annotation that has one'),
  ownTag: z.enum(rowTags).nullable().describe('Its own'),
  colour: z.enum(annotationColours).nullable().describe('Of its newest annotation that has one'),
  annotations: z.array(id).describe('The newest 20, newest first'),
  annotationTotal: count.describe('Annotations about the row'),
})
export type RowMark = z.infer<typeof rowMark>
