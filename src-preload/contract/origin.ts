import { z } from 'zod'
import { count, id, time } from './common.ts'

/** The question to a ClickHouse server whose answer was frozen: with it the dataset can be told from any other, offline. */
export const datasetOrigin = z.object({
  connection: z.object({ id, name: z.string(), url: z.string() }).describe('As it was called at that time'),
  version: z.string().describe('Of the server'),
  panel: z.string(),
  part: z.string(),
  title: z.string().describe('Of panel and part, for people'),
  sql: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).describe('Values bound in the SQL'),
  queryId: z.string().describe('Finds the query in the log of the server'),
  at: time.describe('When it was answered, by the clock of this computer'),
  rows: count,
  cut: z.boolean().describe('There were more rows than are frozen at most'),
  sha256: z.string().describe('Of the frozen bytes, as they were written'),
})
export type DatasetOrigin = z.infer<typeof datasetOrigin>
