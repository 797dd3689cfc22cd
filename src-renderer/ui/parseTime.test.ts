import { expect, it } from 'vitest'
import { formatTimeBare } from './formatTime.ts'
import { parseTime } from './parseTime.ts'

it.each([
  ['2019-01-15', '2019-01-15T00:00:00.000Z'],
  ['2019-01-15 04:15', '2019-01-15T04:15:00.000Z'],
  [' 2019-1-5T4:15:09.123456 ', '2019-01-05T04:15:09.123456Z'],
  ['2019-01-15 04:15:00 +02:00', '2019-01-15T02:15:00.000Z'],
  ['2019-01-15 04:15 UTC', '2019-01-15T04:15:00.000Z'],
])('%s is read', (text, iso) => expect(parseTime(text, 'utc')).toBe(iso))

it.each(['', 'yesterday', '2019-02-30', '2019-13-01', '2019-01-15 25:00', '15.01.2019'])('%j is no time', (text) =>
  expect(parseTime(text, 'utc')).toBeNull(),
)

it('what is shown can be typed again, in both zones', () => {
  for (const iso of ['2019-01-15T05:15:11.767Z', '2024-07-01T22:30:00.000123Z'])
    for (const zone of ['utc', 'local'] as const) {
      expect(Date.parse(parseTime(formatTimeBare(iso, zone), zone) ?? '')).toBe(Date.parse(iso))
    }
})
