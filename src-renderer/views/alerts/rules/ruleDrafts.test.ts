import { describe, expect, it } from 'vitest'
import type { RuleDraft } from '#contract/rules'
import { conditionText, linesOf, newConditionRule, unfinished, withOperator } from './ruleDrafts.ts'

const rule = (change: Partial<RuleDraft & { kind: 'condition' }>): RuleDraft => {
  const draft = newConditionRule()
  return draft.kind === 'condition' ? { ...draft, ...change } : draft
}

describe('another test of a condition', () => {
  it('keeps the field and the value where it takes one', () => {
    const before = { op: 'eq' as const, field: 'event_type', value: 'Add user' }
    expect(withOperator(before, 'in')).toEqual({ op: 'in', field: 'event_type', values: ['Add user'] })
    expect(withOperator({ op: 'in', field: 'a', values: ['x', 'y'] }, 'eq')).toEqual({
      op: 'eq',
      field: 'a',
      value: 'x',
    })
    expect(withOperator(before, 'exists')).toEqual({ op: 'exists', field: 'event_type' })
    expect(withOperator(before, 'after_hours')).toMatchObject({ zone: 'UTC', from: '09:00', to: '17:00' })
  })
})

it('says conditions in words, of several names the first', () => {
  expect(conditionText({ op: 'startswith', field: 'Operation | Activity', value: 'Add' })).toBe(
    'Operation … starts with Add',
  )
  expect(conditionText({ op: 'threshold_count', count: 3, minutes: 15 })).toBe('at least 3 times in 15 min per actor')
})

it('says what is missing before a rule can be tried', () => {
  expect(unfinished(newConditionRule())).toBe('Condition 1 needs a field.')
  expect(unfinished(rule({ conditions: [{ op: 'contains', field: 'a', value: '' }] }))).toBe(
    'Condition 1 needs a value.',
  )
  expect(unfinished(rule({ conditions: [{ op: 'eq', field: 'a', value: '' }] }))).toBeNull()
  expect(unfinished(rule({ conditions: [] }))).toBe('A rule needs a condition.')
})

it('takes one value a line', () => {
  expect(linesOf('a\n\n b, c\n')).toEqual(['a', ' b, c'])
})
