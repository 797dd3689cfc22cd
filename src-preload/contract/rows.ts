import { z } from 'zod'
import { canonicalField, columnType, count, id, iocType, jobRef, paging, time, rowNumber } from './common.ts'
import { command, query, topic } from './define.ts'
import { CHOOSE_ONCE, choosesOnce, rowChoice, rowFilter, sort } from './rowFilter.ts'
import { rowMark } from './rowMark.ts'
import { timelineDataset, timelineEvent } from './rowTimeline.ts'
import { exportFormats, rowTags } from './values.ts'

export type { TimelineDataset, TimelineEvent } from './rowTimeline.ts'

/** As a cell stands in the dataset file. Time columns carry the raw text here; their instants are in `times`. */
export const cell = z.union([z.string(), z.number(), z.null()])
export type Cell = z.infer<typeof cell>

export const rowsPage = z.object({
  total: count.describe('Rows that match; at least so many where `counted` is false'),
  counted: z
    .boolean()
    .describe(
      'False where the page came before all rows were looked at, which only `soon` allows; it may then be short, and where it is sorted it holds the first of the rows found so far',
    ),
  offset: count.describe('Where the page begins, from 0'),
  rows: z.array(count).describe('Row numbers, from 1, in the order of the source'),
  times: z.array(time.nullable()).describe('Time of each row'),
  columns: z.array(
    z.object({
      name: z.string(),
      cells: z.array(cell).describe('One per row; text over 4,096 characters is cut and listed in `cut`'),
      cut: z.array(count).describe('Indexes of cells that were cut'),
    }),
  ),
})
export type RowsPage = z.infer<typeof rowsPage>

export const record = z.object({
  row: count.describe('Row number, from 1'),
  sourceRow: count.describe('Its number in the source: another one where only cited rows came in a case file'),
  line: count
    .nullable()
    .describe(
      'First line of the record in the source, from 1. Like offset and length null where a copy answers whose dataset is gone or was read otherwise since',
    ),
  offset: count.nullable().describe('First byte of the record in the source (after decompression)'),
  length: count.nullable().describe('Bytes of the record without its line end'),
  time: time.nullable(),
  cells: z.array(
    z.object({
      column: z.string(),
      header: z.string(),
      type: columnType,
      fields: z.array(canonicalField),
      raw: z.string().describe('The text of the source; empty for an empty cell'),
      value: cell.describe('The typed value where it differs from the text: a number, or the instant in ISO 8601'),
      iocs: z
        .array(z.object({ type: iocType, value: z.string(), start: count, end: count }))
        .describe('Places in `raw`, in UTF-16 units'),
    }),
  ),
})
export type RowRecord = z.infer<typeof record>

const buckets = z.number().int().min(10).max(200).default(60)
/** What a histogram says about its axis; null where no row has a time. */
const axis = {
  from: time.nullable(),
  to: time.nullable(),
  bucketSeconds: z.number().positive().nullable(),
}

export const valueCount = z.object({
  value: cell,
  count,
  firstTime: time.nullable().describe('Time of the first row that has it; null: none has a time'),
  lastTime: time.nullable(),
})

export const fieldStats = z.object({
  total: count.describe('Rows that match'),
  empty: count,
  distinct: count,
  most: z.array(valueCount).describe('Most frequent values first'),
  least: z.array(valueCount).describe('Least frequent values first'),
  numbers: z
    .object({
      count: count.describe('Cells that are numbers'),
      min: z.number().describe('Smallest'),
      max: z.number().describe('Largest'),
      average: z.number().describe('Mean of the cells that are numbers'),
    })
    .nullable()
    .describe('For columns of numbers'),
  times: z
    .object({ count: count.describe('Cells that are times'), first: time, last: time })
    .nullable()
    .describe('For time columns'),
})
export type FieldStats = z.infer<typeof fieldStats>

const huntFilter = {
  huntId: id,
  connection: id
    .optional()
    .describe(
      'The newest copies on the server of this connection answer instead of the datasets here; a dataset without one is left out and says so',
    ),
  ...rowFilter,
  datasetIds: z.array(id).max(500).optional().describe('Only these datasets; default: every ready one'),
}

/** Rows of a dataset, or of its copy on a server. */
const copy = id.optional().describe('Of copies.list: the copy on a server answers instead of the file')
const ofRows = {
  datasetId: id,
  copy,
  ...rowFilter,
}

const example = { datasetId: '9b0a3b0c-7d0e-4a55-8a6e-0d8f5c7b0001' }

export const rows = {
  'rows.page': query(
    'A page of rows of a dataset, in columns, sorted by any column or in the order of the source.',
    z.object({
      ...ofRows,
      sort: sort.optional(),
      columns: z.array(z.string()).max(500).optional().describe('Names of the columns wanted; default: the first 60'),
      soon: z
        .boolean()
        .optional()
        .describe(
          'Answer when the page is full, or after a moment with the rows found so far, before all matching rows are counted: ask again, or rows.count has the number',
        ),
      ...paging,
    }),
    rowsPage,
    { ...example, sort: { column: 'TimeGenerated' }, limit: 200 },
  ),
  'rows.get': query(
    'One row with all its cells, raw text, typed values and indicators.',
    z.object({ datasetId: id, copy, row: rowNumber }),
    record,
    { ...example, row: 121 },
  ),
  'rows.count': query('How many rows of a dataset match.', z.object({ ...ofRows }), z.object({ count }), {
    ...example,
    q: 'certutil',
  }),
  'rows.position': query(
    'Where a row stands in a sorted and filtered view; null when the filter leaves it out.',
    z.object({ ...ofRows, sort: sort.optional(), row: rowNumber }),
    z.object({ position: count.nullable().describe('From 0') }),
    { ...example, row: 121 },
  ),
  'rows.facets': query(
    'The most or least frequent values of a column with exact counts, or pairs of values of two columns; the column _tag counts the tags of rows.',
    z.object({
      ...ofRows,
      column: z.string(),
      order: z.enum(['most', 'least']).default('most'),
      by: z
        .string()
        .optional()
        .describe('A second column: pairs are counted, rows with an empty cell in one of them are empty'),
      limit: z.number().int().min(1).max(500).default(20),
    }),
    z.object({
      values: z.array(z.object({ value: cell, by: cell.optional(), count })),
      distinct: count,
      empty: count,
      total: count,
    }),
    { ...example, column: 'Computer' },
  ),
  'rows.histogram': query(
    'How many rows fall into each of at most 200 equal stretches of time, by the values of a column where one is named.',
    z.object({
      ...ofRows,
      buckets,
      by: z.string().optional().describe('Column whose most frequent values are counted apart'),
    }),
    z.object({
      ...axis,
      buckets: z
        .array(
          z.object({
            start: time,
            rows: count,
            parts: z.array(count.describe('Rows of each series, in their order')).optional(),
          }),
        )
        .describe('Empty ones are left out'),
      series: z
        .array(z.object({ value: cell.describe('null: empty cells'), rows: count }))
        .optional()
        .describe(
          'With `by`: all values where there are at most five, else the four most frequent; the rest is "other"',
        ),
      distinct: count.optional(),
      rowsWithoutTime: count,
    }),
    example,
  ),
  'rows.fieldStats': query(
    'What a column holds: rows, distinct and empty values, the most and least frequent ones, and the span of numbers and times.',
    z.object({ ...ofRows, column: z.string(), limit: z.number().int().min(1).max(500).default(20) }),
    fieldStats,
    { ...example, column: 'Account' },
  ),
  'rows.timeline': query(
    'A page of the rows of all datasets of a hunt in the order of their time.',
    z.object({ ...huntFilter, ...paging }),
    z.object({
      events: z.array(timelineEvent),
      total: count.describe('Rows that match and have a time'),
      rowsWithoutTime: count,
      datasets: z.array(timelineDataset),
    }),
    { huntId: example.datasetId, q: 'certutil', limit: 200 },
  ),
  'rows.timelinePosition': query(
    'How many rows of the timeline of a hunt come before a time.',
    z.object({ ...huntFilter, time }),
    z.object({ position: count.describe('From 0') }),
    { huntId: example.datasetId, time: '2019-01-15T05:15:11.767Z' },
  ),
  'rows.timelineHistogram': query(
    'How many rows of all datasets of a hunt fall into each of at most 200 equal stretches of time, by dataset.',
    z.object({ ...huntFilter, buckets }),
    z.object({
      ...axis,
      buckets: z
        .array(z.object({ start: time, rows: count, parts: z.array(count.describe('Rows of each series, in order')) }))
        .describe('Empty ones are left out'),
      series: z
        .array(z.object({ id, name: z.string(), rows: count }))
        .describe('All datasets where there are at most five, else the four with most rows; the rest is "other"'),
    }),
    { huntId: example.datasetId },
  ),
  'rows.marks': query(
    'Tags and annotations of rows; rows without any are left out.',
    z.object({ datasetId: id, rows: z.array(rowNumber).min(1).max(500) }),
    z.object({ marks: z.array(rowMark), total: count }),
    { ...example, rows: [120, 121] },
  ),
  'rows.tag': command(
    'Tags rows, or takes their tag away: all of them or, when one cannot be, none. A row has one tag; another one takes its place.',
    rowChoice
      .extend({ tag: z.enum(rowTags).nullable().describe('null: no tag of its own') })
      .refine(choosesOnce, CHOOSE_ONCE),
    z.object({
      rows: count.describe('Rows that were chosen'),
      changed: count.describe('Of them, those whose own tag is another one now'),
      byAnnotation: count.describe('Where tags were taken away: rows that still have that of an annotation'),
      changeId: id.nullable().describe('For rows.undoTag; null: nothing was changed'),
    }),
    { ...example, filter: { q: 'certutil' }, tag: 'suspicious' },
  ),
  'rows.undoTag': command(
    'Takes back a change of tags. Rows that were tagged again since then stay as they are.',
    z.object({ id }),
    z.object({ rows: count.describe('Rows that have their former tag again') }),
    { id: '5b1d8f1a-6c63-4e0f-9d6d-0f2a7e5c0001' },
  ),
  'rows.export': command(
    'Writes rows to a file: raw text exactly, in the order of the view. The result of the job says where it is.',
    rowChoice
      .extend({
        copy,
        format: z.enum(exportFormats).default('csv'),
        columns: z
          .array(z.string())
          .min(1)
          .max(100_000)
          .optional()
          .describe('Names; default: those of the source, in its order'),
        sort: sort.optional().describe('Order of the rows; for a view its own'),
        guard: z
          .boolean()
          .default(false)
          .describe(
            'For spreadsheets: what would be a formula is made text with an apostrophe, and a byte order mark says UTF-8',
          ),
        marks: z
          .boolean()
          .default(false)
          .describe('Adds the columns _tag and _note: the tag of each row, and the texts of its annotations'),
        name: z.string().trim().min(1).max(200).optional().describe('Name of the file; default: that of the dataset'),
        to: z
          .string()
          .max(200)
          .optional()
          .describe(
            'A ticket for a path (in a terminal: "@out.csv"), or folder: the folder exports of the workspace. Default: the window asks, a browser downloads, a terminal takes the folder',
          ),
      })
      .refine(choosesOnce, CHOOSE_ONCE),
    jobRef,
    { ...example, filter: { q: 'tag:suspicious' }, format: 'csv', guard: true },
  ),
  'rows.changed': topic('Tags or annotations of rows of a dataset changed.', z.object({ datasetId: id, huntId: id })),
}
