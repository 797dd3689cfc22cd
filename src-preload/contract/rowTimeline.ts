import { z } from 'zod'
import { count, id, severity, time } from './common.ts'

/** A row on the timeline of a hunt. */
export const timelineEvent = z.object({
  datasetId: id,
  row: count.describe('Row number in its dataset, from 1'),
  time,
  host: z.string().describe('Empty where no column gives it'),
  user: z.string(),
  event: z.string().describe('Event id and type'),
  parts: z
    .array(z.object({ column: z.string(), text: z.string() }))
    .describe('The telling cells that are not empty, each cut at 300 characters'),
  alerts: count.describe('Alerts that stand on the row and are no false positives'),
  severity: severity.nullable().describe('The worst of them'),
})
export type TimelineEvent = z.infer<typeof timelineEvent>

export const timelineDataset = z.object({
  id,
  name: z.string(),
  rows: count.describe('Rows of it on the timeline'),
  rowsWithoutTime: count.describe('Rows that match and have no time, so they are not on it'),
  leftOut: z.string().nullable().describe('Why none of its rows can match, for example a field that it lacks'),
})
export type TimelineDataset = z.infer<typeof timelineDataset>
