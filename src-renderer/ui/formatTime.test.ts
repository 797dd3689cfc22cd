import { expect, test } from 'vitest'
import { formatDay, formatRange, formatSecond, formatSpan, formatTime, formatTimeBare } from './formatTime.ts'

test('a time is written with date, clock and zone, as precise as its source', () => {
  expect(formatTime('2021-12-19T14:51:04Z', 'utc')).toBe('2021-12-19 14:51:04 UTC')
  expect(formatTime('2019-01-15T05:15:11.767Z', 'utc')).toBe('2019-01-15 05:15:11.767 UTC')
  expect(formatTime('2020-04-30T00:06:39.824370Z', 'utc')).toBe('2020-04-30 00:06:39.824370 UTC')
  expect(formatTimeBare('2020-04-30T00:06:39.000001Z', 'utc')).toBe('2020-04-30 00:06:39.000001')
})

test('a whole second has no digits behind it', () => {
  expect(formatTime('2021-12-19T14:51:04.000Z', 'utc')).toBe('2021-12-19 14:51:04 UTC')
  expect(formatSecond('2021-12-19T14:51:04.999Z', 'utc')).toBe('2021-12-19 14:51:04 UTC')
})

test('the local zone says its offset at that moment', () => {
  expect(formatTime('2021-12-19T14:51:04Z', 'local')).toMatch(/^2021-12-\d\d \d\d:\d\d:04 UTC[+−]\d\d:\d\d$/)
})

test('what is no time is shown as it is', () => {
  expect(formatTime('yesterday', 'utc')).toBe('yesterday')
  expect(formatDay('', 'utc')).toBe('')
})

test('a range says no more than it needs', () => {
  expect(formatRange('2020-07-09T10:11:12Z', '2024-09-03T01:02:03Z', 'utc')).toBe('2020-07-09 – 2024-09-03')
  expect(formatRange('2019-01-15T04:15:00Z', '2019-01-15T05:25:30Z', 'utc')).toBe('2019-01-15 04:15 – 05:25')
  expect(formatRange('2019-01-15T05:15:02Z', '2019-01-15T05:15:19Z', 'utc')).toBe('2019-01-15 05:15:02 – 05:15:19')
  expect(formatRange('2019-01-15T05:15:02Z', '2019-01-15T05:15:02.5Z', 'utc')).toBe('2019-01-15 05:15:02')
})

test('first and last time of an alert say the zone once and a shared day once', () => {
  expect(formatSpan('2021-10-21T20:40:12.1Z', '2021-10-21T20:40:43Z', 'utc')).toBe('2021-10-21 20:40:12 – 20:40:43 UTC')
  expect(formatSpan('2021-10-21T20:40:12Z', '2021-11-02T01:00:00Z', 'utc')).toBe(
    '2021-10-21 20:40:12 – 2021-11-02 01:00:00 UTC',
  )
  expect(formatSpan('2021-10-21T20:40:12Z', '2021-10-21T20:40:12.9Z', 'utc')).toBe('2021-10-21 20:40:12 UTC')
})
