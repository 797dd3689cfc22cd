import { z } from 'zod'
import { canonicalField, columnType, count, id, iocType, name, time } from './common.ts'

/** Columns that can be shown before all others. */
const FIRST_MAX = 200

/** How the cells of a packed column are taken apart, for example Hashes of Sysmon: MD5=...,SHA256=... */
export const split = z
  .object({
    how: z.enum(['key=value', 'key: value', 'json']),
    between: z.string().max(8).default('').describe('What stands between two pairs; of JSON nothing'),
  })
  .refine(({ how, between }) => how === 'json' || between !== '', {
    path: ['between'],
    message: 'What stands between two pairs must be said.',
  })
export type Split = z.infer<typeof split>

/** One column of a dataset. `name` is unique and is the column's name in the dataset file; `header` is the cell in the source. */
export const column = z.object({
  position: count.describe('Place in the header of the source, from 0; derived columns stand behind those'),
  name: z.string(),
  header: z.string(),
  derivedFrom: z
    .string()
    .nullable()
    .describe('Name of the packed column whose cells this one is a part of; null: a column of the source'),
  type: columnType,
  fields: z.array(canonicalField).describe('Canonical fields this column feeds'),
  ioc: iocType.nullable().describe('The indicator type most cells hold, where the column as a whole is one'),
  iocsInText: z.array(iocType).describe('Indicator types found inside the text of cells'),
  timeFormat: z
    .string()
    .nullable()
    .describe('For time columns: iso, epoch-s, epoch-ms, epoch-us, epoch-ns, filetime, mdy, dmy, excel and so on'),
  timeZone: z.string().nullable().describe('For time columns: the zone in which times without an offset were read'),
  timeZoneSource: z.enum(['text', 'profile', 'assumed', 'user']).nullable(),
  timeZoneNamed: z
    .enum(['cell', 'header', 'column'])
    .optional()
    .describe('Where the source of the zone is a text: which one. Absent: not known of datasets of before'),
  timeZoneColumn: z.string().optional().describe('The column beside it that names the zone of each row'),
  timePrecision: z
    .string()
    .optional()
    .describe(
      'For time columns: how fine the texts are: days, minutes, seconds, milliseconds, microseconds, 100 ns and so on',
    ),
  dayMonthSource: z
    .enum(['data', 'profile', 'assumed', 'contradictory', 'user'])
    .optional()
    .describe(
      'For dates such as 01/02/2024: how it was decided whether the day comes first. profile: the tool always writes it so. contradictory: some dates only have a meaning with the day first, others only with the month first',
    ),
  first: count.optional().describe('Place among the columns that are shown first, from 0; absent: not one of them'),
  packed: split.optional().describe('For a packed column that is taken apart: how'),
  filled: count.describe('Cells that are not empty'),
})
export type Column = z.infer<typeof column>

/** What the analyst may overrule before an import. Everything left out is detected. */
export const dialect = z.object({
  encoding: z
    .string()
    .max(40)
    .optional()
    .describe('A WHATWG encoding label, for example utf-8, utf-16le, windows-1252, shift_jis'),
  delimiter: z.string().min(1).max(1).optional(),
  quote: z.string().max(1).optional().describe('Empty: no quoting'),
  header: z
    .boolean()
    .optional()
    .describe('false: the first record is data; columns are named column_1, column_2 and so on'),
  profile: z.string().max(100).optional(),
  timeColumn: z
    .string()
    .max(500)
    .nullable()
    .optional()
    .describe('Name of the column that holds the time of the row; null: rows have no time'),
  timeZone: z.string().max(64).optional().describe('IANA zone or offset for times without one'),
  skewSeconds: z
    .number()
    .min(-1e10)
    .max(1e10)
    .optional()
    .describe(
      'Added to every time of the file: by so many seconds the clock of its source was behind; never remembered',
    ),
  fields: z
    .record(z.string(), z.array(canonicalField))
    .optional()
    .describe('Column name to fields, for the columns to be mapped otherwise'),
  dayFirst: z
    .record(z.string(), z.boolean())
    .optional()
    .describe(
      'Column name to whether the day stands before the month, for columns with times such as 01/02/2024. Times that cannot be read in this order are none',
    ),
  splits: z
    .record(z.string().max(500), split.nullable())
    .optional()
    .describe(
      'Name of a packed column to how its cells are taken apart into columns called column.key; null: they are not, whatever the profile says',
    ),
  first: z
    .array(z.string().max(500))
    .max(FIRST_MAX)
    .optional()
    .describe('Names of the columns to show first, in this order, instead of those of the profile; empty: none'),
  remembered: z
    .boolean()
    .optional()
    .describe('false: what was said before about files like this one does not hold for it'),
  mapping: id.optional().describe('The mapping that holds for this file; default: the one that is recognised'),
  rememberAs: name
    .optional()
    .describe('What the mapping is called that remembers what is said here; default: as the file, or as it is called'),
})
export type Dialect = z.infer<typeof dialect>

/** How a dataset is read, as far as the analyst may say it after the import. */
export const reading = dialect.pick({
  fields: true,
  profile: true,
  timeColumn: true,
  timeZone: true,
  skewSeconds: true,
  dayFirst: true,
  splits: true,
  first: true,
})
export type Reading = z.infer<typeof reading>

/** A change of how a dataset is read, or records repaired. */
export const datasetChange = z.object({
  id,
  kind: z.enum(['reading', 'rescan', 'repair', 'undo']),
  before: reading,
  after: reading,
  rows: count.describe('Rows added by a repair, or that left when one was taken back; 0 otherwise'),
  reason: z.string(),
  by: z.string().describe('Name of the analyst from the settings; empty when not given'),
  at: time,
  undone: z.boolean(),
})
export type DatasetChange = z.infer<typeof datasetChange>

/** The `result` of a job of datasets.update, undo, rescan or repair. */
export const readingReport = z.object({
  rows: count,
  repaired: count.describe('Records that became rows'),
  returned: count.describe('Records that went back to quarantine because their repair was taken back'),
  remaining: z.array(z.object({ id: count, reason: z.string() })).describe('Records that still do not fit'),
})
export type ReadingReport = z.infer<typeof readingReport>
