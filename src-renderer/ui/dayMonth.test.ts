import { expect, test } from 'vitest'
import { dayMonthOf } from './dayMonth.ts'

test('only columns with numeric dates have an order of day and month, one without an order where dates contradict', () => {
  expect(dayMonthOf({ timeFormat: 'iso' })).toBeNull()
  expect(dayMonthOf({ timeFormat: null })).toBeNull()
  expect(dayMonthOf({ timeFormat: 'dmy' })).toEqual({ dayFirst: true, note: '' })
  expect(dayMonthOf({ timeFormat: 'mdy', dayMonthSource: 'assumed' })).toMatchObject({ dayFirst: false })
  expect(dayMonthOf({ timeFormat: null, dayMonthSource: 'contradictory' })).toMatchObject({ dayFirst: null })
})
