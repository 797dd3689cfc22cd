import { z } from 'zod'
import { count, id, time } from './common.ts'
import { query } from './define.ts'
import { failure } from './failure.ts'
import { cellKinds, socScreens } from './values.ts'

const scalar = z.union([z.string(), z.number()])
/** 64-bit integers beyond what a number holds come as text; NaN and infinity as null; times in ISO 8601, UTC. */
const cell = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(scalar)])
export type Cell = z.infer<typeof cell>

const panelId = z.string().regex(/^[A-Za-z][A-Za-z0-9]{1,60}$/, 'A panel is named as soc.panels names it')
const partName = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,60}$/)

export const panelColumn = z.object({
  name: z.string(),
  title: z.string(),
  kind: z.enum(cellKinds).describe('How it is drawn and where it leads'),
})
export type PanelColumn = z.infer<typeof panelColumn>

export const panelShape = z.object({
  id: panelId,
  title: z.string(),
  question: z.string().describe('What it answers, in words of an analyst'),
  screen: z.enum(socScreens),
  windowSeconds: z
    .number()
    .int()
    .nullable()
    .describe('How far back it looks without a time range; null: as far as its view does'),
  filters: z.array(z.string()).describe('Params that narrow it'),
  sorts: z.array(z.string()).describe('Columns that it can be sorted by'),
  parts: z.array(
    z.object({
      name: partName,
      title: z.string(),
      columns: z.array(panelColumn),
      paged: z.boolean().describe('Takes limit and offset, and answers total'),
      requires: z.array(z.string()).describe('Tables, views and dictionaries, as processing.<name> or logs.<name>'),
    }),
  ),
})
export type PanelShape = z.infer<typeof panelShape>

export const partAnswer = z.object({
  name: partName,
  columns: z.array(panelColumn),
  rows: z.array(z.record(z.string(), cell)),
  total: count.nullable().describe('How many there are in all; null where the part does not count'),
  cut: z.boolean().describe('There are more rows than the limit'),
  cutTexts: count.describe('Texts that were too long and end in an ellipsis'),
  sql: z.string(),
  params: z.record(z.string(), scalar),
  rowsRead: count.nullable().describe('By the server; null where it does not say'),
  bytesRead: count.nullable().describe('By the server; null where it does not say'),
  milliseconds: z.number().nonnegative().describe('Until the answer was here'),
  queryId: z.string(),
  at: time,
  failure: failure.nullable().describe('Why this part has no rows; the others are complete'),
})
export type PartAnswer = z.infer<typeof partAnswer>

export const estimate = z.object({
  rows: count.describe('Rows that the server expects to read'),
  askAboveRows: count.describe('The limit of the connection: a panel over it asks first'),
  parts: z.array(z.object({ name: partName, rows: count.nullable().describe('null: not known') })),
})
export type Estimate = z.infer<typeof estimate>

const asked = {
  connection: id,
  panel: panelId,
  params: z
    .record(z.string(), z.union([scalar, z.boolean(), z.null()]))
    .default({})
    .describe('Filters, sort, order, limit, offset; see soc.panels'),
  only: z.array(partName).max(50).optional().describe('Only these parts'),
  from: time.optional(),
  to: time.optional().describe('Not included'),
  last: z
    .number()
    .int()
    .min(60)
    .max(400 * 86_400)
    .optional()
    .describe('Instead of from: so many seconds back, by the clock of the server'),
}
const example = { connection: '9b2f6c11-0d53-4a77-8f0e-3f2a5d1c0001', panel: 'overview' }

export const soc = {
  'soc.panels': query(
    'Lists the panels of the SOC console: what each answers, its parts, filters, sorts, and what they need on the server.',
    z.object({}),
    z.object({ panels: z.array(panelShape), total: count }),
    {},
  ),
  'soc.panel': query(
    'Runs a panel on a ClickHouse server. Parts run at once and fail alone; cancelling stops the queries on the server.',
    z.object({
      ...asked,
      totals: z.boolean().default(true).describe('Whether to count; further pages need not'),
      consent: z.boolean().default(false).describe('Run it although it reads more rows than the connection asks for'),
    }),
    z.object({
      parts: z.array(partAnswer),
      needsConsent: estimate.nullable().describe('Nothing was run: it reads so many rows that it is asked first'),
      server: z.object({
        version: z.string(),
        readonly: z.number().int().describe('0: may write; 1: may only read and set nothing; 2: may only read'),
        clockSkewMs: z.number().int().describe('Milliseconds by which the clock of the server is ahead'),
      }),
    }),
    example,
  ),
  'soc.estimate': query(
    'How many rows a panel would read, by EXPLAIN ESTIMATE. Nothing is run.',
    z.object(asked),
    estimate,
    example,
  ),
}
