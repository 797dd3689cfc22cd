import { expect, test } from 'vitest'
import { sourceRowOf } from './sourceRowOf.ts'

test('rows of an excerpt are called as in the source, all others by their own number', () => {
  const runs = [
    { row: 1, sourceRow: 5, rows: 2 },
    { row: 3, sourceRow: 42, rows: 1 },
  ]
  expect([1, 2, 3, 4].map((row) => sourceRowOf(runs, row))).toEqual([5, 6, 42, 4])
  expect(sourceRowOf([], 7)).toBe(7)
})
