import { z } from 'zod'
import { count, id, jobRef, name, ok, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { failure } from './failure.ts'
import { browserFamilies, cellKinds, classifications, socScreens } from './values.ts'

const scalar = z.union([z.string(), z.number()])
/** 64-bit integers beyond what a number holds come as text; NaN and infinity as null; times in ISO 8601, UTC. */
const cell = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(scalar)])
export type Cell = z.infer<typeof cell>

const panelId = z.string().regex(/^[A-Za-z][A-Za-z0-9]{1,60}$/, 'A panel is named as soc.panels names it')
const partName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,60}$/)

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
/** IPv4 or IPv6; `::ffff:10.0.0.1` means 10.0.0.1. */
const address = z.union([z.ipv4(), z.ipv6()], 'Write an IPv4 or IPv6 address')
const classified = {
  address,
  classification: z.enum(classifications),
  createdAt: time.describe('By the clock of the server, in whole seconds'),
}
const fingerprint = z
  .string()
  .trim()
  .min(1, 'A fingerprint is needed')
  .max(2_000)
  .describe('HTTP/2: settings|window update|priority|order of pseudo headers')
export const browserSignature = z.object({
  fingerprint,
  family: z.enum(browserFamilies),
  confidence: z.number().min(0).max(1).default(1).describe('A share: 1 is certain'),
  notes: z.string().max(2_000).default(''),
})
export type BrowserSignature = z.infer<typeof browserSignature>
const reloaded = z
  .boolean()
  .describe('Whether the dictionary has it already; otherwise it will when the server reads the table again')

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
  'soc.classify': command(
    'Says what an analyst thinks of an address, for the next training of the models. Only connections that may write.',
    z.object({
      connection: id,
      address,
      classification: z.enum(classifications),
      comment: z.string().trim().max(2_000).default(''),
    }),
    z.object({ ...classified, comment: z.string() }),
    { connection: example.connection, address: '198.51.100.7', classification: 'true_positive' },
  ),
  'soc.withdrawClassification': command(
    'Takes back what soc.classify wrote; what was said of the address otherwise stays.',
    z.object({ connection: id, ...classified }),
    ok,
    {
      connection: example.connection,
      ...{ address: '198.51.100.7', classification: 'true_positive', createdAt: '2026-11-29T12:00:00Z' },
    },
  ),
  'soc.addBrowserSignature': command(
    'Adds an HTTP/2 fingerprint with the browser family that it tells of, and has the dictionary read the table again.',
    z.object({ connection: id, signature: browserSignature }),
    z.object({ signature: browserSignature, reloaded }),
    {
      connection: example.connection,
      signature: { fingerprint: '1:65536;2:0;4:6291456;6:262144|15663105|0|m,a,s,p', family: 'Chrome' },
    },
  ),
  'soc.deleteBrowserSignature': command(
    'Deletes an HTTP/2 fingerprint, and has the dictionary read the table again.',
    z.object({ connection: id, fingerprint }),
    z.object({ deleted: z.array(browserSignature).describe('What it was, to add it again'), reloaded }),
    { connection: example.connection, fingerprint: '1:65536;2:0;4:6291456;6:262144|15663105|0|m,a,s,p' },
  ),
  'soc.changed': topic(
    'Huntbench wrote into a server.',
    z.object({ connection: id, what: z.enum(['classifications', 'browserSignatures']) }),
  ),
  'soc.freeze': command(
    'Keeps an answer: all rows of a part of a panel become a dataset of a hunt, with the question. The result of the job is that of an import.',
    z.object({
      ...asked,
      only: z.never().optional(),
      part: partName,
      huntId: id,
      name: name.optional().describe('Of the dataset; default: panel, part and time'),
      analyze: z.boolean().optional().describe('Run analyzers and rules afterwards; default: what the hunt says'),
    }),
    jobRef,
    { ...example, part: 'top', huntId: '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001' },
  ),
}
