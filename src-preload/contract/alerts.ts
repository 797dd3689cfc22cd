import { z } from 'zod'
import { analyzerName } from './analyzers.ts'
import { alertStatus, count, id, ok, paging, severity, tag, technique, time, rowNumber } from './common.ts'
import { command, query, topic } from './define.ts'
import { alertChangeFields, alertGroupings } from './values.ts'

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
  mitreTechnique: technique.nullable().optional().describe('null: alerts that name none'),
  rule: id.nullable().optional().describe('null: alerts that no rule made'),
  huntId: id.optional(),
  datasetId: id.optional(),
  assignee: z.string().nullable().optional().describe('null: alerts of nobody'),
  host: z.string().max(500).nullable().optional().describe('null: alerts that name none'),
  user: z.string().max(500).nullable().optional().describe('null: alerts that name none'),
  caseId: z.string().max(100).nullable().optional().describe('null: alerts in no case'),
  tag: tag.optional(),
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
  tags: z.array(tag).max(50).optional().describe('Instead of those it has'),
  addTags: z.array(tag).max(50).optional(),
  removeTags: z.array(tag).max(50).optional(),
}

const changed = {
  undo: z.boolean().default(false).describe('It takes back another change; the history says so'),
}

/** What alerts can be grouped by. */
export const groupedBy = z.enum(alertGroupings)

export const alertGroup = z.object({
  key: z.string().describe('Names the group among those of one grouping; empty: alerts that name none'),
  title: z.string(),
  filter: alertFilter.describe('Add it to the filter to have the alerts of the group'),
  alerts: count,
  open: count.describe('New, acknowledged or in progress'),
  worst: severity,
  severityCounts: z.record(severity, count),
  score: z.number().describe('The highest'),
  rows: count.describe('Evidence rows of all its alerts'),
  firstTime: time.nullable(),
  lastTime: time.nullable(),
})
export type AlertGroup = z.infer<typeof alertGroup>

export const alertEvent = z.object({
  id,
  at: time,
  by: z.string().describe('Name of the analyst from the settings; empty when not given'),
  field: z.enum(alertChangeFields),
  from: z.string().nullable().describe('Tags are separated by commas'),
  to: z.string().nullable(),
  alerts: count.describe('Alerts that were changed in the same act'),
  undo: z.boolean(),
})
export type AlertEvent = z.infer<typeof alertEvent>

export const provenance = z.object({
  detectedBy: z.object({
    kind: z.enum(['rule', 'analyzer']),
    name: z.string(),
    ruleId: id.nullable().describe('null: an analyzer, or a rule that was deleted since'),
    query: z
      .string()
      .nullable()
      .describe('The conditions of the rule, or the settings of its analyzer, as they are now'),
    version: z
      .string()
      .nullable()
      .describe('Of a rule the SHA-256 of what it says now, of an analyzer the version of the program'),
    changedAt: time.nullable().describe('When the rule was last changed'),
    changedSince: z.boolean().nullable().describe('The rule was changed after this alert was made'),
  }),
  evidence: evidence.nullable(),
  source: z
    .object({
      datasetId: id,
      dataset: z.string(),
      file: z.string(),
      sha256: z.string().nullable(),
      size: count.describe('Bytes of the source file'),
      importedAt: time.nullable(),
      readAnew: z.boolean().describe('How it is read was changed after the import; cells and bytes are the same'),
      row: count
        .nullable()
        .describe('Number of the evidence row in the source: another one where only cited rows came'),
    })
    .nullable(),
  bytes: z
    .object({
      offset: count.describe('First byte of the record in the source (after decompression)'),
      length: count.describe('Bytes'),
      proof: z.enum(['matches', 'differs', 'source-missing', 'not-recorded']),
      text: z.string().describe('Decoded, cut at 64 kB'),
    })
    .nullable(),
})
export type Provenance = z.infer<typeof provenance>

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
  'alerts.groups': query(
    'Alerts that match, grouped by the rule or analyzer that found them, by host, user or technique; worst and largest groups first.',
    z.object({ ...alertFilter.shape, by: groupedBy, ...paging }),
    z.object({ groups: z.array(alertGroup), total: count, alerts: count.describe('In all groups') }),
    { by: 'host', status: 'new' },
  ),
  'alerts.history': query(
    'Who changed what of an alert and when, newest first; changes of many at once and what was undone are in it.',
    z.object({ id, ...paging }),
    z.object({ changes: z.array(alertEvent), total: count }),
    example,
  ),
  'alerts.get': query('One alert with its first 100 evidence rows.', z.object({ id }), alert, example),
  'alerts.evidence': query(
    'The rows an alert stands on.',
    z.object({ id, ...paging }),
    z.object({ evidence: z.array(evidence), total: count }),
    example,
  ),
  'alerts.provenance': query(
    'Where an alert comes from: rule with version and query, row, byte range in the source with its proof, file with its hash.',
    z.object({
      id,
      datasetId: id.optional().describe('With row: of its evidence; default: the first row'),
      row: rowNumber.optional(),
    }),
    provenance,
    example,
  ),
  'alerts.update': command(
    'Changes status, severity, assignee, case or tags of an alert. acknowledgedAt and resolvedAt are set once, by the first such status.',
    z.object({ id, ...alertChange, ...changed }),
    alert,
    { ...example, status: 'acknowledged' },
  ),
  'alerts.bulkUpdate': command(
    'Changes many alerts at once, named by ids or by a filter: all of them or, when one id is unknown, none.',
    z
      .object({
        ids: z.array(id).min(1).max(50_000).optional(),
        filter: alertFilter.optional(),
        ...alertChange,
        ...changed,
      })
      .refine((input) => (input.ids === undefined) !== (input.filter === undefined), 'Give either ids or filter')
      .refine(
        (input) =>
          [
            ...[input.status, input.severity, input.assignee, input.caseId],
            ...[input.tags, input.addTags, input.removeTags],
          ].some((value) => value !== undefined),
        'Say what to change',
      ),
    z.object({ updated: count }),
    { ids: ['1f0a9c7e-63d1-4a57-a6a4-3c0d8e5b0001'], status: 'resolved' },
  ),
  'alerts.delete': command('Deletes an alert.', z.object({ id }), ok, example),
  'alerts.changed': topic('Alerts of a hunt came, changed or went.', z.object({ huntId: id })),
}
