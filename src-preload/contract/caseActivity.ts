import { z } from 'zod'
import { count, id, time } from './common.ts'
import { caseActs } from './values.ts'

export const caseActivity = z.object({
  id,
  at: time,
  by: z.string().describe('Name of the analyst from the settings; empty when not given'),
  act: z.enum(caseActs),
  about: z.string().describe('What it is about as kind:target, for example task:ID; empty: the case itself'),
  text: z.string().describe('The title of that, as it was then'),
  changes: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  chain: id.describe('The workspace in which it was done; each has a chain of its own'),
  n: count.describe('Place in its chain, from 1'),
  hash: z.string().describe('SHA-256 over the entry and the hash of the one before it'),
})
export type CaseActivity = z.infer<typeof caseActivity>

export const caseVerification = z.object({
  intact: z.boolean(),
  entries: count.describe('That were checked'),
  chains: z.array(
    z.object({ chain: id, entries: count.describe('In this chain'), hash: z.string().describe('Of its last entry') }),
  ),
  broken: z
    .object({
      chain: id,
      n: count.describe('Place of the first entry that does not hold'),
      id: id.nullable().describe('null: it is missing'),
      at: time.nullable(),
      reason: z.string(),
    })
    .nullable(),
})
export type CaseVerification = z.infer<typeof caseVerification>
