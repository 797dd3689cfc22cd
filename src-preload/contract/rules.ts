import { z } from 'zod'
import { analyzerName } from './analyzers.ts'
import { count, id, jobRef, name, paging, severity, tag, technique, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { explainOutcomes, ruleKinds, textOperators, weekdays } from './values.ts'

/** Conditions of one rule; more are a list of values, which `in` takes. */
const CONDITIONS_MAX = 50
/** Values of one `in`. */
const VALUES_MAX = 500

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const field = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .describe(
    'A canonical field, a column, or a dotted path into a cell of JSON such as AuditData.ModifiedProperties[].NewValue; several names separated by | mean the first one that a dataset has. tag and note are what analysts said about the row by the time the rule runs',
  )
const value = z.string().max(1_000)
const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'A time of day looks like 09:00')

export const ruleCondition = z.discriminatedUnion('op', [
  z.object({ op: z.enum(textOperators), field, value }),
  z.object({ op: z.literal('in'), field, values: z.array(value).min(1).max(VALUES_MAX) }),
  z.object({ op: z.literal('exists'), field }),
  z.object({
    op: z.literal('after_hours'),
    zone: z.string().max(64).refine(isZone, 'A zone looks like Europe/Berlin or UTC').default('UTC'),
    from: clock.default('09:00').describe('Begin of the working hours'),
    to: clock.default('17:00').describe('End of the working hours; before the begin: on the next day'),
    days: z
      .array(z.enum(weekdays))
      .max(7)
      .default(['mon', 'tue', 'wed', 'thu', 'fri'])
      .describe('Working days; every other day is outside'),
  }),
  z.object({
    op: z.literal('threshold_count'),
    field: field.optional().describe('What is counted by; default: the actor of the rule'),
    count: z.number().int().min(2).max(1_000).describe('Rows that match all other conditions, at least so many'),
    minutes: z
      .number()
      .min(0.1)
      .max(44_640)
      .describe(
        'Minutes of event time within which they lie, wherever the window begins and in whichever datasets of the hunt',
      ),
  }),
])
export type RuleCondition = z.infer<typeof ruleCondition>

const shared = {
  name,
  description: z.string().max(2_000),
  enabled: z.boolean().describe('Runs on import, and in runs that name no rule'),
  huntId: id.nullable().describe('The one hunt it is for; null: all hunts'),
}
const ofAnalyzer = {
  ...shared,
  analyzer: analyzerName,
  config: z.record(z.string(), z.json()),
  severity: severity.nullable().describe('Of its alerts; null: what the analyzer says'),
}
const ofConditions = {
  ...shared,
  severity,
  conditions: z.array(ruleCondition).min(1).max(CONDITIONS_MAX).describe('All of them must hold'),
  actor: field.describe('Whose rows make one alert: a field as in a condition'),
  dedupeMinutes: z
    .number()
    .min(0)
    .max(44_640)
    .describe(
      'Rows of one actor in a hunt within so many minutes of event time after the first are one alert, also over several datasets, counted from where it was reached for a count; 0: an alert per row',
    ),
  message: z
    .string()
    .max(2_000)
    .describe('Text of its alerts; {username} is the value of the field, {actor}, {count} and {rule} are known too'),
  mitreTechnique: technique.nullable(),
  tags: z.array(tag).max(50),
  falsePositives: z.string().max(2_000).nullable(),
}
const sharedDefaults = {
  description: shared.description.default(''),
  enabled: shared.enabled.default(true),
  huntId: shared.huntId.default(null),
}

export const analyzerRule = z.object({
  kind: z.literal('analyzer'),
  ...ofAnalyzer,
  ...sharedDefaults,
  config: ofAnalyzer.config.default({}),
  severity: ofAnalyzer.severity.default(null),
})

export const conditionRule = z.object({
  kind: z.literal('condition'),
  ...ofConditions,
  ...sharedDefaults,
  severity: severity.default('medium'),
  actor: ofConditions.actor.default('username'),
  dedupeMinutes: ofConditions.dedupeMinutes.default(15),
  message: ofConditions.message.default(''),
  mitreTechnique: ofConditions.mitreTechnique.default(null),
  tags: ofConditions.tags.default([]),
  falsePositives: ofConditions.falsePositives.default(null),
})

/** What an update says. It is made from fields without defaults: zod fills those in even where a schema is partial. */
const ruleChange = z.discriminatedUnion('kind', [
  z
    .object(ofAnalyzer)
    .partial()
    .extend({ kind: z.literal('analyzer') }),
  z
    .object(ofConditions)
    .partial()
    .extend({ kind: z.literal('condition') }),
])

export const ruleDraft = z.discriminatedUnion('kind', [analyzerRule, conditionRule])
export type AnalyzerRule = z.infer<typeof analyzerRule>
export type ConditionRule = z.infer<typeof conditionRule>
export type RuleDraft = z.infer<typeof ruleDraft>

const known = {
  id,
  template: z.string().nullable().describe('The template it was made from'),
  alerts: count.describe('Alerts that name it: of the hunt asked for, or of all'),
  lastRunAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
}
export const rule = z.discriminatedUnion('kind', [analyzerRule.extend(known), conditionRule.extend(known)])
export type Rule = z.infer<typeof rule>

const skipped = z.array(z.object({ ruleId: id.nullable(), datasetId: id, reason: z.string() }))

/** The `result` of a job of rules.run. */
export const ruleReport = z.object({
  rules: count.describe('Rules that ran'),
  datasets: count.describe('Datasets they ran over'),
  alertsCreated: count,
  alertsKept: count.describe('Found again'),
  alertsRemoved: count.describe('No longer found and never touched by anybody'),
  alertsLeft: count.describe('No longer found, but somebody decided about them'),
  skipped: skipped.describe('Where a rule could not run, with the reason'),
})
export type RuleReport = z.infer<typeof ruleReport>

export const ruleAlert = z.object({
  title: z.string(),
  severity,
  datasetId: id,
  alertId: id.nullable().describe('null: there is no such alert yet'),
  rows: count,
  firstRow: count.describe('Number of its first row, from 1'),
  firstTime: time.nullable(),
})
export type RuleAlert = z.infer<typeof ruleAlert>

export const ruleTest = z.object({
  rows: count.describe('Rows of the datasets it was tried on'),
  datasets: count.describe('Datasets it was tried on'),
  added: count.describe('Alerts that it would add'),
  kept: count.describe('Alerts of the rule that stay'),
  removed: count.describe('Alerts of the rule that would go: no longer found and never touched by anybody'),
  left: count.describe('Alerts of the rule that are no longer found but stay, since somebody decided about them'),
  first: z.object({
    added: z.array(ruleAlert),
    kept: z.array(ruleAlert),
    removed: z.array(ruleAlert),
  }),
  skipped,
})
export type RuleTest = z.infer<typeof ruleTest>

export const ruleStep = z.object({
  condition: count.describe('Place of the condition in the rule, from 0'),
  left: count.describe('Rows for which this condition and all before it hold'),
  alone: count.nullable().describe('Rows for which it holds by itself; asked where none is left'),
  note: z.string().nullable().describe('For people'),
})

export const ruleExplanation = z.object({
  datasetId: id,
  dataset: z.string(),
  rows: count,
  outcome: z.enum(explainOutcomes),
  reason: z.string().describe('For people'),
  missing: z.array(z.string()).describe('Fields of the rule that no column of the dataset feeds'),
  steps: z.array(ruleStep),
})
export type RuleExplanation = z.infer<typeof ruleExplanation>

const where = {
  huntId: id.optional().describe('Default: where the rule applies'),
  datasetId: id.optional(),
}
const example = { id: '2d1a6f0e-54cb-4a1e-8a3b-77d2b6c00001' }
const exampleRule = {
  kind: 'condition' as const,
  name: 'Role assignment after hours',
  conditions: [
    { op: 'startswith' as const, field: 'event_type', value: 'Add member to role' },
    { op: 'after_hours' as const, zone: 'Europe/Berlin' },
  ],
}

export const rules = {
  'rules.list': query(
    'Lists rules by name, with how many alerts name each and when it ran last.',
    z.object({
      huntId: id.optional().describe('Rules for this hunt and for all hunts'),
      kind: z.enum(ruleKinds).optional(),
      text: z.string().max(200).optional(),
      ...paging,
    }),
    z.object({ rules: z.array(rule), total: count, enabled: count.describe('Of all that match, those that are on') }),
    {},
  ),
  'rules.get': query('One rule.', z.object({ id }), rule, example),
  'rules.create': command(
    'Saves a new rule: one that runs an analyzer with settings of its own, or one of conditions that must all hold.',
    z.object({ rule: ruleDraft, template: z.string().max(100).optional() }),
    rule,
    { rule: exampleRule },
  ),
  'rules.update': command(
    'Switches a rule on or off, or changes what it says; what is left out stays. Its alerts stay until it runs again.',
    z
      .object({ id, enabled: z.boolean().optional(), rule: ruleChange.optional() })
      .refine((input) => input.enabled !== undefined || input.rule !== undefined, 'Say what to change'),
    rule,
    { ...example, enabled: false },
  ),
  'rules.delete': command(
    'Deletes a rule. Its alerts stay and keep its name; a deleted template does not come back by itself.',
    z.object({ id }),
    z.object({ ok: z.literal(true), alerts: count.describe('Alerts that stay') }),
    example,
  ),
  'rules.run': command(
    'Runs rules over a dataset, a hunt or wherever they apply, with datasets of the hunt whose rows may belong to the same alerts. Running twice doubles nothing.',
    z.object({
      ids: z.array(id).min(1).max(500).optional().describe('Default: all rules that are on'),
      huntId: id.optional(),
      datasetId: id.optional(),
    }),
    jobRef,
    { ids: [example.id] },
  ),
  'rules.test': query(
    'What a rule would do before it is saved: how many alerts it would add, keep and remove, and the first of each.',
    z.object({
      rule: ruleDraft,
      id: id.optional().describe('The saved rule that it would replace'),
      ...where,
      limit: z.number().int().min(1).max(500).default(50),
    }),
    ruleTest,
    { rule: exampleRule },
  ),
  'rules.explain': query(
    'Why a rule did not fire, for each dataset: which field is missing, or how many rows are left after each condition.',
    z
      .object({
        id: id.optional().describe('A saved rule'),
        rule: ruleDraft.optional().describe('Or one that is not saved'),
        ...where,
        ...paging,
      })
      .refine((input) => (input.id === undefined) !== (input.rule === undefined), 'Give either id or rule'),
    z.object({ datasets: z.array(ruleExplanation), total: count }),
    example,
  ),
  'rules.templates': query(
    'The rules that ship with the program, and the rule that was made from each when the workspace was first opened.',
    z.object({}),
    z.object({
      templates: z.array(z.object({ id: z.string(), rule: conditionRule, ruleId: id.nullable() })),
      total: count,
    }),
    {},
  ),
  'rules.changed': topic(
    'Rules came, changed, ran or went.',
    z.object({ id: id.nullable().describe('null: several') }),
  ),
}
