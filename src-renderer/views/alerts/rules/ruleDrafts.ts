import type { Rule, RuleCondition, RuleDraft } from '#contract/rules'
import type { RuleOperator } from '#contract/values'

export const operatorNames: Readonly<Record<RuleOperator, string>> = {
  eq: 'is',
  neq: 'is not',
  contains: 'contains',
  startswith: 'starts with',
  endswith: 'ends with',
  regex: 'matches',
  cidr: 'is in network',
  in: 'is one of',
  exists: 'is there',
  after_hours: 'outside hours',
  threshold_count: 'at least',
}

const shared = { name: '', description: '', enabled: true, huntId: null }

export const newConditionRule = (): RuleDraft => ({
  kind: 'condition',
  ...shared,
  severity: 'medium',
  conditions: [{ op: 'eq', field: '', value: '' }],
  actor: 'username',
  dedupeMinutes: 15,
  message: '',
  mitreTechnique: null,
  tags: [],
  falsePositives: null,
})

export const newAnalyzerRule = (analyzer: string): RuleDraft => ({
  kind: 'analyzer',
  ...shared,
  analyzer,
  config: {},
  severity: null,
})

/** What of a saved rule can be edited. */
export function draftOf(rule: Rule): RuleDraft {
  const {
    id: _id,
    template: _template,
    alerts: _alerts,
    lastRunAt: _ran,
    createdAt: _made,
    updatedAt: _at,
    ...draft
  } = rule
  return draft
}

/** A condition with another test: what fits is taken over. */
export function withOperator(condition: RuleCondition, op: RuleOperator): RuleCondition {
  const field = 'field' in condition ? (condition.field ?? '') : ''
  const value = 'value' in condition ? condition.value : 'values' in condition ? condition.values.join('\n') : ''
  switch (op) {
    case 'in':
      return { op, field, values: linesOf(value) }
    case 'exists':
      return { op, field }
    case 'after_hours':
      return { op, zone: 'UTC', from: '09:00', to: '17:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] }
    case 'threshold_count':
      return { op, count: 5, minutes: 15 }
    default:
      return { op, field, value: value.split('\n')[0] ?? '' }
  }
}

export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '')

/** A condition in words. */
export function conditionText(condition: RuleCondition): string {
  switch (condition.op) {
    case 'after_hours':
      return `outside ${condition.from} – ${condition.to}, ${condition.zone}`
    case 'threshold_count':
      return `at least ${condition.count} times in ${condition.minutes} min per ${condition.field ?? 'actor'}`
    case 'exists':
      return `${shortField(condition.field)} is there`
    case 'in':
      return `${shortField(condition.field)} is one of ${condition.values.join(', ')}`
    default:
      return `${shortField(condition.field)} ${operatorNames[condition.op]} ${condition.value}`
  }
}

/** The first of several names. */
export const shortField = (field: string): string => {
  const [first = '', ...others] = field.split('|').map((part) => part.trim())
  return others.length === 0 ? first : `${first} …`
}

/** What is still missing before a rule can be tried; null: nothing. */
export function unfinished(draft: RuleDraft): string | null {
  if (draft.kind === 'analyzer') return null
  if (draft.actor.trim() === '') return 'Name the field of the actor.'
  for (const [n, condition] of draft.conditions.entries()) {
    const which = `Condition ${n + 1}`
    if ('field' in condition && condition.op !== 'threshold_count' && condition.field.trim() === '')
      return `${which} needs a field.`
    if (condition.op === 'in' && condition.values.length === 0) return `${which} needs a value.`
    if ('value' in condition && condition.value === '' && !['eq', 'neq'].includes(condition.op))
      return `${which} needs a value.`
  }
  return draft.conditions.length === 0 ? 'A rule needs a condition.' : null
}
