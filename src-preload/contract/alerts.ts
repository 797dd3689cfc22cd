import { z } from 'zod'
import { analyzerName } from './analyzers.ts'
import { alertStatus, count, id, ok, paging, severity, tag, technique, time, rowNumber } from './common.ts'
import { command, query, topic } from './define.ts'

export const evidence = z.object({
  datasetId: id,
  row: rowNumber,
  field: z.string().describe('Name of the column that was looked at'),
  value: z.string().describe('Its text, cut at 2,000 characters'),
})
export type Evidence = z.infer<typeof evidence>

export const alert = z.object({
  id,
  title: z.string(),
  description: z.string(),
  severity,
  status: alertStatus,
  analyzer: analyzerName.describe(
    'The analyzer that found it; condition_rule for rules of conditions, intel_list for indicators of lists',
  ),
  rule: z
    .object({ id, name: z.string() })
    .nullable()
    .describe('The rule that found it; it may have been deleted since'),
  score: z.number().min(0).max(100).describe('0 to 100; orders alerts'),
  evidence: z.array(evidence).describe('The first of them: 5 in lists, 100 in alerts.get; alerts.evidence has all'),
  evidenceTotal: count,
  mitreTechnique: technique.nullable(),
  tags: z.array(z.string()),
  falsePositives: z.string().nullable().describe('When this may be harmless'),
  huntId: id,
  datasetId: id.nullable(),
  caseId: z.string().nullable(),
  assignee: z.string().nullable(),
  host: z.string().nullable(),
  user: z.string().nullable(),
  firstTime: time.nullable(),
  lastTime: time.nullable(),
  acknowledgedAt: time.nullable(),
  resolvedAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
})
export type Alert = z.infer<typeof alert>

const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema).min(1).max(100)])

export const alertFilter = z.object({
  status: oneOrMore(alertStatus).optional(),
  severity: oneOrMore(severity).optional(),
  analyzer: oneOrMore(analyzerName).optional(),
  mitreTechnique: technique.optional(),
  rule: id.optional(),
  huntId: id.optional(),
  datasetId: id.optional(),
  assignee: z.string().optional(),
  from: time.optional().describe('First seen at this time or later; alerts without a time are left out'),
  to: time.optional().describe('First seen before this time'),
  text: z.string().max(500).optional().describe('In title, description, host, user, tags or evidence, any case'),
})
export type AlertFilter = z.infer<typeof alertFilter>

export const alertChange = {
  status: alertStatus.optional(),
  severity: severity.optional(),
  assignee: z.string().trim().min(1).max(100).nullable().optional(),
  caseId: z.string().trim().min(1).max(100).nullable().optional(),
  tags: z.array(tag).max(50).optional(),
}

const example = { id: '1f0a9c7e-63d1-4a57-a6a4-3c0d8e5b0001' }

export const alerts = {
  'alerts.list': query(
    'Lists alerts that match, by score and then newest, or in another order.',
    z.object({
      ...alertFilter.shape,
      sort: z.enum(['score', 'severity', 'newest', 'time', 'title', 'status', 'rows']).default('score'),
      descending: z.boolean().optional().describe('Default: the natural direction of the order'),
      ...paging,
    }),
    z.object({ alerts: z.array(alert), total: count }),
    { status: 'new', severity: ['critical', 'high'] },
  ),
  'alerts.stats': query(
    'Counts of alerts by severity, status and analyzer, and the ten most frequent techniques.',
    z.object({ huntId: id.optional() }),
    z.object({
      total: count,
      severityCounts: z.record(severity, count),
      statusCounts: z.record(alertStatus, count),
      analyzerCounts: z.record(z.string(), count),
      topMitre: z.array(z.object({ technique: z.string(), count })),
    }),
    {},
  ),
  'alerts.get': query('One alert with its first 100 evidence rows.', z.object({ id }), alert, example),
  'alerts.evidence': query(
    'The rows an alert stands on.',
    z.object({ id, ...paging }),
    z.object({ evidence: z.array(evidence), total: count }),
    example,
  ),
  'alerts.update': command(
    'Changes status, severity, assignee, case or tags of an alert. acknowledgedAt and resolvedAt are set once, by the first such status.',
    z.object({ id, ...alertChange }),
    alert,
    { ...example, status: 'acknowledged' },
  ),
  'alerts.bulkUpdate': command(
    'Changes many alerts at once, named by ids or by a filter: all of them or, when one id is unknown, none.',
    z
      .object({ ids: z.array(id).min(1).max(50_000).optional(), filter: alertFilter.optional(), ...alertChange })
      .refine((input) => (input.ids === undefined) !== (input.filter === undefined), 'Give either ids or filter')
      .refine(
        (input) =>
          [input.status, input.severity, input.assignee, input.caseId, input.tags].some((value) => value !== undefined),
        'Say what to change',
      ),
    z.object({ updated: count }),
    { ids: ['1f0a9c7e-63d1-4a57-a6a4-3c0d8e5b0001'], status: 'resolved' },
  ),
  'alerts.delete': command('Deletes an alert.', z.object({ id }), ok, example),
  'alerts.changed': topic('Alerts of a hunt came, changed or went.', z.object({ huntId: id })),
}
