import { z } from 'zod'
import { count, id, jobRef, paging, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { failure } from './failure.ts'
import { column } from './reading.ts'
import { copyStates } from './values.ts'

/** Written into statements, so nothing else is taken. */
const word = z
  .string()
  .trim()
  .max(100)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'A name has letters, digits and underscores, and begins with no digit')

export const copy = z.object({
  id,
  datasetId: id,
  huntId: id,
  datasetName: z.string(),
  connection: id,
  connectionName: z.string().describe('As it was called when it was sent'),
  database: word,
  table: word,
  state: z.enum(copyStates),
  rows: count.describe('Of the dataset when it was sent'),
  stale: z.boolean().describe('The dataset was read otherwise since, or is gone'),
  gone: z.boolean().describe('The dataset was deleted here; the copy answers on its own'),
  failure: failure.nullable(),
  sentAt: time,
})
export type Copy = z.infer<typeof copy>

/** The `result` of a job of copies.send. */
export const copyReport = z.object({
  copies: z.array(z.object({ id, datasetId: id, table: z.string(), rows: count })),
  rows: count,
})
export type CopyReport = z.infer<typeof copyReport>

const example = { id: '2c0a3b0c-7d0e-4a55-8a6e-0d8f5c7b0001' }

export const copies = {
  'copies.list': query(
    'Lists the copies of datasets on ClickHouse servers, newest first: what was sent where.',
    z.object({ datasetId: id.optional(), huntId: id.optional(), connection: id.optional(), ...paging }),
    z.object({ copies: z.array(copy), total: count }),
    {},
  ),
  'copies.get': query(
    'One copy with the columns that it has: as its dataset had them when it was sent.',
    z.object({ id }),
    copy.extend({ columnList: z.array(column), timeColumn: z.string().nullable() }),
    example,
  ),
  'copies.send': command(
    'Writes a dataset, or all of a hunt, to new tables of a ClickHouse server that may be written to, and counts them there. Cancelled or failed, the table it was at is dropped.',
    z
      .object({
        connection: id,
        datasetId: id.optional(),
        huntId: id.optional(),
        database: word.default('huntbench').describe('Made when it is not there and the user may'),
        table: word.optional().describe('For one dataset; default: its name and id. It must not be there'),
      })
      .refine(
        ({ datasetId, huntId }) => (datasetId === undefined) !== (huntId === undefined),
        'Give datasetId or huntId: one of them',
      ),
    jobRef,
    { connection: '9b2f6c11-0d53-4a77-8f0e-3f2a5d1c0001', datasetId: '9b0a3b0c-7d0e-4a55-8a6e-0d8f5c7b0001' },
  ),
  'copies.delete': command(
    'Drops the table of a copy on its server, if it is still ours, and forgets the copy. The dataset stays.',
    z.object({ id, keepTable: z.boolean().default(false).describe('Forget it only; for a server that is gone') }),
    z.object({
      dropped: z.boolean().describe('false: there was no such table of ours any more, or it was to be kept'),
    }),
    example,
  ),
  'copies.changed': topic('A dataset was sent to a server, or a copy went.', z.object({ id, datasetId: id })),
}
