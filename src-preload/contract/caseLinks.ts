import { z } from 'zod'
import { id, iocType, severity, technique, time, verdict } from './common.ts'
import { caseLinkKinds, referenceKinds } from './values.ts'

/** Rows that are added to a case at once; a case cites what matters, and a hunt has the rest. */
export const CASE_ROWS_MAX = 500

const note = z.string().trim().max(2_000).optional()
/** DATASET/ROW */
const rowTarget = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[1-9]\d{0,11}$/i, 'A row looks like DATASET-ID/7')
const iocTarget = z.string().trim().min(1).max(2_000)

/** What a link names: a kind and its target. */
export const linkRef = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['hunt', 'hypothesis', 'map', 'alert']), target: id }),
  z.object({ kind: z.literal('technique'), target: technique }),
  z.object({ kind: z.literal('row'), target: rowTarget }),
  z.object({ kind: z.literal('ioc'), target: iocTarget }),
])
export type LinkRef = z.infer<typeof linkRef>

export const linkInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['hunt', 'hypothesis', 'map', 'alert']), target: id, note }),
  z.object({ kind: z.literal('technique'), target: technique, note }),
  z.object({ kind: z.literal('row'), target: rowTarget.describe('DATASET-ID/ROW'), note }),
  z.object({
    kind: z.literal('ioc'),
    target: iocTarget.describe('The indicator; de-fanged forms are understood'),
    type: iocType.optional().describe('Default: what it looks like'),
    verdict: verdict.nullable().optional().describe('What this case says of it'),
    note,
  }),
])
export type LinkInput = z.infer<typeof linkInput>

const place = {
  label: z.string().describe('Its name, title or value as it is now'),
  state: z.string().nullable().describe('Its status, where it has one'),
  severity: severity.nullable(),
  found: z.boolean().describe('False: it was deleted or is not in this workspace'),
  huntId: id.nullable(),
  row: z
    .number()
    .int()
    .nullable()
    .describe(
      'Of a row: its number here. Notes and labels have that of the source, which is another where only cited rows came',
    ),
}

export const caseLink = z.object({
  kind: z.enum(caseLinkKinds),
  target: z.string(),
  reference: z.string().describe('How a note refers to it: [[kind:target]], rows by their number in the source'),
  ...place,
  iocType: iocType.nullable(),
  verdict: verdict.nullable().describe('Of an indicator: what this case says, else what the lists say'),
  verdictFrom: z.enum(['case', 'lists']).nullable(),
  field: z.string().describe('Of a row: the column that tells most of it'),
  value: z.string().describe('Of a row: its text, cut at 300 characters'),
  note: z.string(),
  addedBy: z.string(),
  addedAt: time,
  updatedAt: time,
})
export type CaseLink = z.infer<typeof caseLink>

export const reference = z.object({ kind: z.enum(referenceKinds), target: z.string().min(1).max(2_000) })
export type Reference = z.infer<typeof reference>
export const resolved = reference.extend(place)
export type Resolved = z.infer<typeof resolved>
