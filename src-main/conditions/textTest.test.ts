import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { RuleCondition } from '#contract/rules'
import { conditionOnTexts, isCellCondition } from './conditionTest.ts'

const holds = (condition: RuleCondition, ...texts: string[]): boolean =>
  isCellCondition(condition) && conditionOnTexts(condition)(texts)
const text = (op: 'eq' | 'neq' | 'contains' | 'startswith' | 'endswith' | 'regex' | 'cidr', value: string) => ({
  ...{ op, field: 'x', value },
})

it('compares in any case, with stars and dots as letters', () => {
  expect(holds(text('eq', 'Straße.*'), 'STRAßE.*')).toBe(true)
  expect(holds(text('eq', 'a*'), 'ab')).toBe(false)
  expect(holds(text('startswith', 'a?'), 'A?b')).toBe(true)
  expect(holds(text('startswith', 'a?'), 'axb')).toBe(false)
  expect(holds(text('endswith', '.EXE'), 'x.exe', 'y')).toBe(true)
  expect(holds(text('endswith', '.exe'), 'x.exe\n')).toBe(false)
  expect(holds(text('cidr', '10.0.0.0/8'), '10.1.2.3')).toBe(true)
  expect(holds(text('regex', '^net1? user'), 'NET user')).toBe(true)
})

it('neq holds where no text is it, also where there is none', () => {
  expect(holds(text('neq', 'a'), 'b', 'A')).toBe(false)
  expect(holds(text('neq', 'a'))).toBe(true)
  expect(holds({ op: 'exists', field: 'x' }, '')).toBe(false)
  expect(holds({ op: 'in', field: 'x', values: ['p', 'q'] }, 'Q')).toBe(true)
})

it('the empty text is what is not there, as an empty cell is', () => {
  expect(holds(text('eq', ''))).toBe(true)
  expect(holds(text('eq', ''), 'a')).toBe(false)
  expect(holds(text('neq', ''))).toBe(false)
  expect(holds(text('regex', '^$'))).toBe(false)
})

it('finds any text by itself and by its ends', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30, unit: 'grapheme' }), fc.string({ maxLength: 10 }), (value, more) => {
      expect(holds(text('eq', value), value)).toBe(true)
      expect(holds(text('contains', value), more + value + more)).toBe(true)
      expect(holds(text('startswith', value), value + more)).toBe(true)
      expect(holds(text('endswith', value), more + value)).toBe(true)
    }),
  )
})

it('a pattern that other engines take for ever over is quick', () => {
  expect(holds(text('regex', '^(a+)+$'), `${'a'.repeat(100_000)}!`)).toBe(false)
  expect(holds(text('regex', '^(a+)+$'), `${'a'.repeat(1_000)}!`)).toBe(false)
})
