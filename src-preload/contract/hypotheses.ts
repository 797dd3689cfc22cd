import { z } from 'zod'
import { count, id, name, ok, paging, rowNumber, technique, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { rowChoice } from './rowFilter.ts'
import { hypothesisStatuses } from './values.ts'

/** Rows that one hypothesis stands on. More are no evidence but a question, which an annotation or a rule keeps. */
export const EVIDENCE_MAX = 10_000

const status = z.enum(hypothesisStatuses)
const note = z.string().trim().max(2_000)

export const hypothesisEvidence = z.object({
  datasetId: id,
  dataset: z.string().describe('Name of the dataset'),
  row: rowNumber,
  note,
  field: z.string().describe('The column that tells most of the row'),
  value: z.string().describe('Its text, cut at 300 characters'),
  addedAt: time,
})
export type HypothesisEvidence = z.infer<typeof hypothesisEvidence>

export const hypothesis = z.object({
  id,
  huntId: id,
  title: z.string(),
  text: z.string().describe('What is supposed and how it is looked into'),
  status,
  reason: z.string().describe('Why it was confirmed or rejected; may be empty'),
  mitreTechnique: technique.nullable(),
  author: z.string(),
  evidence: z
    .array(hypothesisEvidence)
    .describe('The first 100 in hypotheses.get, none in lists; hypotheses.evidence has all'),
  evidenceTotal: count,
  createdAt: time,
  updatedAt: time,
  decidedAt: time.nullable().describe('When it was last confirmed or rejected; null while it is neither'),
})
export type Hypothesis = z.infer<typeof hypothesis>

const row = z.object({ datasetId: id, row: rowNumber })
const what = {
  text: z.string().max(20_000),
  reason: z.string().trim().max(2_000),
  mitreTechnique: technique.nullable(),
}
const example = { id: '4e6a2b8c-0f1d-4c3e-8b5a-7d9e1f2a0001' }
const exampleRow = { datasetId: '9b0a3b0c-7d0e-4a55-8a6e-0d8f5c7b0001', row: 121 }

export const hypotheses = {
  'hypotheses.create': command(
    'Writes down what is supposed to have happened, to be looked into.',
    z.object({
      huntId: id,
      title: name,
      text: what.text.default(''),
      status: status.default('draft'),
      reason: what.reason.default(''),
      mitreTechnique: what.mitreTechnique.default(null),
      evidence: z
        .array(row.extend({ note: note.default('') }))
        .max(500)
        .default([]),
    }),
    hypothesis,
    {
      huntId: '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001',
      title: 'The implant was decoded on the host',
      mitreTechnique: 'T1140',
    },
  ),
  'hypotheses.list': query(
    'Lists hypotheses, last changed first, with counts by status.',
    z.object({
      huntId: id.optional(),
      status: status.optional(),
      mitreTechnique: technique.optional(),
      text: z.string().max(500).optional().describe('In title, text or reason, any case'),
      ...paging,
    }),
    z.object({
      hypotheses: z.array(hypothesis),
      total: count,
      statusCounts: z.record(status, count).describe('Of all that match, whatever their status'),
    }),
    {},
  ),
  'hypotheses.get': query('One hypothesis with its first 100 evidence rows.', z.object({ id }), hypothesis, example),
  'hypotheses.evidence': query(
    'The rows a hypothesis stands on, in the order they were added.',
    z.object({ id, ...paging }),
    z.object({ evidence: z.array(hypothesisEvidence), total: count }),
    example,
  ),
  'hypotheses.update': command(
    'Changes what a hypothesis says, or decides it. Confirming and rejecting set decidedAt; going back to draft or active clears it.',
    z.object({
      id,
      title: name.optional(),
      text: what.text.optional(),
      status: status.optional(),
      reason: what.reason.optional(),
      mitreTechnique: what.mitreTechnique.optional(),
    }),
    hypothesis,
    { ...example, status: 'confirmed', reason: 'Row 121 and its child processes' },
  ),
  'hypotheses.addEvidence': command(
    'Adds rows to a hypothesis: chosen ones, or those of an alert. Rows that it has already stay as they are.',
    z
      .object({
        id,
        rows: rowChoice.optional(),
        alertId: id.optional(),
        note: note.default(''),
      })
      .refine(({ rows, alertId }) => (rows === undefined) !== (alertId === undefined), 'Give either rows or alertId')
      .refine(
        ({ rows }) => !rows || [rows.rows, rows.filter, rows.view].filter((way) => way !== undefined).length === 1,
        'rows: give rows, filter or view',
      ),
    z.object({
      added: z.array(row).max(EVIDENCE_MAX),
      known: count.describe('Rows that it had already'),
      evidenceTotal: count,
    }),
    { ...example, rows: { datasetId: exampleRow.datasetId, rows: [121] }, note: 'Decodes the implant' },
  ),
  'hypotheses.noteEvidence': command('Writes why a row is evidence.', row.extend({ id, note }), ok, {
    ...example,
    ...exampleRow,
    note: 'Decodes the implant',
  }),
  'hypotheses.removeEvidence': command(
    'Takes rows away from a hypothesis.',
    z.object({ id, rows: z.array(row).min(1).max(EVIDENCE_MAX) }),
    z.object({ removed: count.describe('Rows that were there'), evidenceTotal: count }),
    { ...example, rows: [exampleRow] },
  ),
  'hypotheses.delete': command(
    'Deletes a hypothesis. hypotheses.restore brings it back, for a day.',
    z.object({ id }),
    ok,
    example,
  ),
  'hypotheses.restore': command('Brings back a hypothesis that was deleted.', z.object({ id }), hypothesis, example),
  'hypotheses.changed': topic('A hypothesis or its evidence came, changed or went.', z.object({ huntId: id })),
}
