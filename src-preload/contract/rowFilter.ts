import { z } from 'zod'
import { count, id, rowNumber, time } from './common.ts'

/** Rows that may be named one by one; more are a filter. */
export const ROWS_NAMED_MAX = 100_000
/** Stretches of a selection; a person makes a few. */
const STRETCHES_MAX = 10_000

export const sort = z.object({ column: z.string(), descending: z.boolean().default(false) })

/** What narrows the rows of a dataset, in every call that is about rows. */
export const rowFilter = {
  q: z
    .string()
    .max(4000)
    .optional()
    .describe(
      'Query: words in any cell, field:value, field:"exact value", wildcards, field:[1 TO 5], field:>=5, field:10.0.0.0/8, field:/regex/, field:* or _exists_:field, tag:suspicious, note:* or note:ID of an annotation, AND OR NOT ( ); terms side by side must all hold. Any case',
    ),
  from: time.optional().describe('Only rows from this time on; rows without a time are left out'),
  to: time.optional().describe('Only rows before this time; rows without a time are left out'),
}

const stretch = z.tuple([count, count]).refine(([first, last]) => first <= last, 'A stretch ends after it begins')

/** Rows of one dataset that something is done with: named, or all that match, or stretches of a view. */
export const rowChoice = z.object({
  datasetId: id,
  rows: z.array(rowNumber).min(1).max(ROWS_NAMED_MAX).optional(),
  filter: z.object(rowFilter).optional().describe('Every row that matches; {} is every row'),
  view: z
    .object({
      ...rowFilter,
      sort: sort.optional(),
      stretches: z.array(stretch).min(1).max(STRETCHES_MAX).describe('Positions, from 0, first and last of each'),
    })
    .optional()
    .describe('What was selected in a sorted and filtered view'),
})
export type RowChoice = z.infer<typeof rowChoice>

/** For `refine`: exactly one way to choose. */
export const choosesOnce = ({ rows, filter, view }: Pick<RowChoice, 'rows' | 'filter' | 'view'>): boolean =>
  [rows, filter, view].filter((way) => way !== undefined).length === 1
export const CHOOSE_ONCE = 'Give rows, filter or view: one of them'
