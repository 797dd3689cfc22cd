import { z } from 'zod'
import { count, id, name, ok, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { connectionOutcomes } from './values.ts'

/** A name of a database: written into statements, so nothing else is taken. */
const database = z
  .string()
  .trim()
  .max(100)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'A database name has letters, digits and underscores, and begins with no digit')
const url = z
  .string()
  .trim()
  .max(1_000)
  .regex(
    /^https?:\/\/(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?\/?$/,
    'Write the address as https://host:8443, without user, path or query',
  )

const limits = {
  maxSeconds: z.number().int().min(1).max(3_600).describe('A query that takes longer is stopped'),
  maxRowsRead: z.number().int().min(1_000).max(1e12).describe('Rows that one query may read on the server'),
  maxBytesRead: z.number().int().min(1e6).max(1e15).describe('Bytes that one query may read on the server'),
  askAboveRows: z.number().int().min(0).max(1e12).describe('A panel that is estimated to read more rows asks first'),
}
const fields = {
  name,
  url: url.describe('Address of its HTTP interface'),
  user: z.string().trim().min(1).max(200),
  processingDatabase: database.describe('Where detections, scores, views and dictionaries are'),
  logsDatabase: database.describe('Where http_logs is'),
  verifyTls: z.boolean().describe('Whether the certificate of the server must be valid; off is for trials only'),
  ca: z
    .string()
    .max(200_000)
    .nullable()
    .describe('Certificates (PEM) of the authority that signed; null: those of the system'),
  allowWrite: z.boolean().describe('Whether Huntbench may write there: verdicts, signatures, datasets'),
  ...limits,
}
const password = z.string().max(4_000).describe('Never told again; empty: none')

export const connectionDraft = z.object({
  ...fields,
  processingDatabase: database.default('ja4_processing'),
  logsDatabase: database.default('ja4_logs'),
  verifyTls: fields.verifyTls.default(true),
  ca: fields.ca.default(null),
  allowWrite: fields.allowWrite.default(false),
  maxSeconds: limits.maxSeconds.default(30),
  maxRowsRead: limits.maxRowsRead.default(2_000_000_000),
  maxBytesRead: limits.maxBytesRead.default(200_000_000_000),
  askAboveRows: limits.askAboveRows.default(50_000_000),
  password: password.optional(),
})
export type ConnectionDraft = z.infer<typeof connectionDraft>

export const connection = z.object({
  id,
  ...fields,
  password: z
    .enum(['kept', 'this-run', 'missing', 'none'])
    .describe('kept: in the key ring; this-run: forgotten when the program ends, since there is no key ring'),
  createdAt: time,
  updatedAt: time,
})
export type Connection = z.infer<typeof connection>

export const connectionTest = z.object({
  outcome: z.enum(connectionOutcomes),
  message: z.string(),
  version: z.string().nullable(),
  readonly: z.number().int().nullable().describe('0: may write; 1: may only read and set nothing; 2: may only read'),
  clockSkewMs: z.number().int().nullable().describe('Milliseconds by which the clock of the server is ahead'),
  ms: z.number().nonnegative().describe('Milliseconds until it was known'),
  databases: z.array(z.object({ name: z.string(), found: z.boolean() })),
  missing: z.array(
    z.object({
      object: z
        .string()
        .describe(
          'A table, view or dictionary that is not there, or that the user may not read; or a column, with the tables of which one should have it',
        ),
      panels: z.array(z.string()).describe('Titles of the panels that lack it'),
    }),
  ),
})
export type ConnectionTest = z.infer<typeof connectionTest>

const example = { id: '9b2f6c11-0d53-4a77-8f0e-3f2a5d1c0001' }

export const connections = {
  'connections.list': query(
    'Lists the connections to ClickHouse servers by name. Passwords are never told.',
    z.object({}),
    z.object({
      connections: z.array(connection),
      total: count,
      keyRing: z.boolean().describe('Whether passwords outlive the program'),
    }),
    {},
  ),
  'connections.get': query('One connection.', z.object({ id }), connection, example),
  'connections.create': command(
    'Makes a connection. Nothing is sent to the server.',
    z.object({ connection: connectionDraft }),
    connection,
    { connection: { name: 'soc-prod', url: 'https://clickhouse.example:8443', user: 'analyst', password: 'secret' } },
  ),
  'connections.update': command(
    'Changes a connection. Its password stays unless another one is given; with another address or user it must be given again.',
    z.object({ id, connection: z.object({ ...fields, password }).partial() }),
    connection,
    { ...example, connection: { maxSeconds: 60 } },
  ),
  'connections.delete': command('Deletes a connection and its password.', z.object({ id }), ok, example),
  'connections.test': command(
    'Tries a connection: address, certificate, password, databases, and what each panel lacks. Nothing is changed on the server.',
    z
      .object({
        id: id.optional().describe('A saved connection'),
        connection: connectionDraft
          .optional()
          .describe('Or one that is not saved; with id, without password: the one kept'),
      })
      .refine((input) => input.id !== undefined || input.connection !== undefined, 'Give id or connection'),
    connectionTest,
    example,
  ),
  'connections.latency': query(
    'How long a question that reads nothing takes to the server of a connection and back.',
    z.object({ id }),
    z.object({ ms: z.number().int().nonnegative().describe('Milliseconds'), version: z.string() }),
    example,
  ),
  'connections.changed': topic('Connections changed.', z.object({ id: id.nullable() })),
}
