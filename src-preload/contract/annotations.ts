import { z } from 'zod'
import { count, id, ok, paging, rowNumber, severity, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { CHOOSE_ONCE, choosesOnce, rowChoice, rowFilter } from './rowFilter.ts'
import { annotationColours, rowTags } from './values.ts'

const what = {
  text: z.string().trim().max(10_000),
  severity: severity.nullable(),
  tag: z.enum(rowTags).nullable().describe('Its rows have it, unless they have one of their own'),
  colour: z.enum(annotationColours).nullable().describe('Of its rows; null: that of the tag'),
}

export const annotation = z.object({
  id,
  huntId: id,
  datasetId: id,
  dataset: z.string().describe('Name of the dataset'),
  ...what,
  author: z.string().describe('Name of the analyst; empty when the settings name none'),
  rows: count.describe('Rows it is about'),
  firstRow: rowNumber,
  lastRow: rowNumber,
  filter: z
    .object(rowFilter)
    .nullable()
    .describe('The question that chose its rows at the time; the rows stay the same whatever it finds today'),
  createdAt: time,
  updatedAt: time,
})
export type Annotation = z.infer<typeof annotation>

const example = { id: '8c8f3d4e-3a0b-4b6e-9a8f-6a5b1d2c0001' }

export const annotations = {
  'annotations.create': command(
    'Notes something about rows: a text, a severity, a tag, a colour. The rows are kept by number.',
    rowChoice
      .extend({
        text: what.text.default(''),
        severity: what.severity.default(null),
        tag: what.tag.default(null),
        colour: what.colour.default(null),
        author: z.string().trim().max(100).optional().describe('Default: the setting analystName'),
      })
      .refine(choosesOnce, CHOOSE_ONCE)
      .refine(
        ({ text, severity, tag, colour }) => text !== '' || [severity, tag, colour].some((value) => value !== null),
        'Say something: a text, a severity, a tag or a colour',
      ),
    annotation,
    {
      datasetId: '9b0a3b0c-7d0e-4a55-8a6e-0d8f5c7b0001',
      rows: [121],
      text: 'Decodes delme.b64 into implant.exe',
      tag: 'suspicious',
    },
  ),
  'annotations.list': query(
    'Lists annotations, newest first.',
    z
      .object({
        huntId: id.optional(),
        datasetId: id.optional(),
        row: rowNumber.optional().describe('Those about this row; needs datasetId'),
        tag: z.enum(rowTags).optional(),
        severity: severity.optional(),
        author: z.string().optional(),
        text: z.string().max(500).optional().describe('In the text or the author, any case'),
        ...paging,
      })
      .refine(({ row, datasetId }) => row === undefined || datasetId !== undefined, 'Say of which dataset the row is'),
    z.object({ annotations: z.array(annotation), total: count }),
    {},
  ),
  'annotations.get': query('One annotation.', z.object({ id }), annotation, example),
  'annotations.rows': query(
    'Numbers of the rows an annotation is about, ascending.',
    z.object({ id, ...paging }),
    z.object({ rows: z.array(rowNumber), total: count }),
    example,
  ),
  'annotations.update': command(
    'Changes what an annotation says; its rows stay.',
    z.object({
      id,
      text: what.text.optional(),
      severity: what.severity.optional(),
      tag: what.tag.optional(),
      colour: what.colour.optional(),
    }),
    annotation,
    { ...example, severity: 'high' },
  ),
  'annotations.delete': command(
    'Deletes an annotation. annotations.restore brings it back, for a day.',
    z.object({ id }),
    ok,
    example,
  ),
  'annotations.restore': command('Brings back an annotation that was deleted.', z.object({ id }), annotation, example),
  'annotations.changed': topic('An annotation came, changed or went.', z.object({ huntId: id, datasetId: id })),
}
