import { expect, it } from 'vitest'
import { shiftTime } from './isoTime.ts'

it.each([
  ['2019-01-15T05:15:11.767Z', 1, '2019-01-15T05:15:11.767001Z'],
  ['2019-01-15T05:15:11.767999Z', 1, '2019-01-15T05:15:11.768Z'],
  ['2019-01-15T05:15:11Z', -1, '2019-01-15T05:15:10.999999Z'],
  ['1969-12-31T23:59:59.999500Z', 600, '1970-01-01T00:00:00.000100Z'],
  ['2019-01-15T05:15:11.767Z', -300_000_000, '2019-01-15T05:10:11.767Z'],
])('%s shifted by %i microseconds', (iso, micros, shifted) => expect(shiftTime(iso, micros)).toBe(shifted))
