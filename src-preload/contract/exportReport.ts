import { z } from 'zod'
import { count } from './common.ts'

/** The `result` of a job of rows.export. */
export const exportReport = z.object({
  name: z.string().describe('Name of the file'),
  rows: count.describe('Rows written'),
  leftOut: count.describe('Rows that the format cannot hold: without a time, in a Timesketch CSV'),
  bytes: count,
  path: z.string().nullable().describe('Where it lies, to show; null: to be fetched'),
  download: z
    .string()
    .nullable()
    .describe('Address, good for one download by the browser that is let in; headless shell only'),
})
export type ExportReport = z.infer<typeof exportReport>
