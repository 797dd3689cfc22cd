import { z } from 'zod'
import { count, id, paging, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { failure } from './failure.ts'
import { jobStates } from './values.ts'

export const job = z.object({
  id,
  kind: z
    .string()
    .describe(
      'What sort of work: import, analyze, rules, keywords, read, repair, export, freeze, copy, intel, intel-import',
    ),
  title: z.string(),
  huntId: id.nullable(),
  datasetId: id.nullable().describe('The dataset it changes or exports, where it is about one'),
  state: z.enum(jobStates),
  done: z.number().nonnegative().describe('Work done, in `unit`'),
  total: z.number().nonnegative().nullable().describe('Work to do, in `unit`; null while unknown'),
  unit: z.enum(['bytes', 'rows', 'steps']),
  rows: count.nullable().describe('Rows handled so far, where the work is about rows'),
  rate: z.number().nonnegative().nullable().describe('Rows a second since the start; null before the first second'),
  note: z.string().nullable().describe('What it is doing now, for people'),
  startedAt: time,
  finishedAt: time.nullable(),
  failure: failure.nullable(),
  result: z.json().describe('What the job answered; null until it has succeeded'),
})
export type Job = z.infer<typeof job>

export const jobs = {
  'jobs.list': query(
    'Lists the jobs of this run of the program, newest first.',
    z.object({ state: z.enum(jobStates).optional(), huntId: id.optional(), ...paging }),
    z.object({ jobs: z.array(job), total: count }),
    {},
  ),
  'jobs.get': query('One job with its progress or result.', z.object({ id }), job, {
    id: '0d5f6a3e-5a64-4f36-9c0c-54e3c8f0a001',
  }),
  'jobs.cancel': command(
    'Asks a job to stop; it stops within two seconds and leaves nothing behind. A finished job is left as it is.',
    z.object({ id }),
    job,
    { id: '0d5f6a3e-5a64-4f36-9c0c-54e3c8f0a001' },
  ),
  'jobs.changed': topic('A job started, went on (at most ten times a second) or ended.', job),
}
