import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnTypeOf, decideColumn, storedCell } from './types.ts'

test.each<[string[], string]>([
  [['1', '2', ''], 'integer'],
  [['1', '2.5'], 'number'],
  [['0', '-5', '9007199254740991'], 'integer'],
  [['9007199254740992'], 'text'],
  [['007', '008'], 'text'],
  [['1.0', '2.50'], 'text'],
  [['1e5'], 'text'],
  [['0x10', '0x20'], 'text'],
  [['NaN', 'Infinity', '-Infinity'], 'text'],
  [[' 1', '1 ', '+1', '-0', '.5'], 'text'],
  [['', ''], 'text'],
  [[], 'text'],
  [[...Array<string>(95).fill('1'), ...Array<string>(5).fill('-')], 'integer'],
  [[...Array<string>(94).fill('1'), ...Array<string>(6).fill('-')], 'text'],
])('a column of %j is %s', (samples, type) => {
  expect(columnTypeOf(samples)).toBe(type)
})

test('times come before numbers, but only where name or profile says so', () => {
  expect(decideColumn(['1547529311'], 'timestamp').type).toBe('time')
  expect(decideColumn(['1547529311'], 'ProcessId')).toEqual({ type: 'integer', time: null })
  expect(decideColumn(['1547529311'], 'x', true).time?.format).toBe('epoch-s')
  expect(decideColumn(['2019-01-15 05:15:11'], 'x').type).toBe('time')
  expect(decideColumn(['abc'], 'Date', true)).toEqual({ type: 'text', time: null })
})

test('an empty cell is null, a number only where no character is lost, all else text', () => {
  expect(storedCell('', 'integer')).toBeNull()
  expect(storedCell('', 'text')).toBeNull()
  expect(storedCell('4688', 'integer')).toBe(4688)
  expect(storedCell('2.5', 'number')).toBe(2.5)
  expect(storedCell('4688', 'text')).toBe('4688')
  expect(storedCell('2019', 'time')).toBe('2019')
  expect(storedCell('0042', 'integer')).toBe('0042')
  expect(storedCell('-0', 'integer')).toBe('-0')
  expect(storedCell('18446744073709551615', 'integer')).toBe('18446744073709551615')
  expect(storedCell('-', 'integer')).toBe('-')
})

test('the text of every cell can be had back exactly, whatever its column is', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.double().map(String),
    fc.maxSafeInteger().map(String),
    fc.bigInt().map(String),
    fc.stringMatching(/^[-+ 0-9.eEx]{1,24}$/),
  )
  fc.assert(
    fc.property(
      texts,
      fc.constantFrom('text' as const, 'integer' as const, 'number' as const, 'time' as const),
      (text, type) => {
        const stored = storedCell(text, type)
        expect(stored === null ? '' : String(stored)).toBe(text)
        if (typeof stored === 'number' && Number.isInteger(stored)) expect(Number.isSafeInteger(stored)).toBe(true)
      },
    ),
    { numRuns: 2000 },
  )
})
