import { expect, test } from 'vitest'
import { offsetText, readOtherwise, zoneNames, zoneOffset } from './zones.ts'

const SUMMER = Date.UTC(2024, 6, 1)
const WINTER = Date.UTC(2024, 0, 1)

test('a zone has the offset of the moment', () => {
  expect([SUMMER, WINTER].map((at) => zoneOffset('Europe/Berlin', at))).toEqual([120, 60])
  expect(['UTC', '+05:30', '-0800', 'Asia/Kolkata'].map((zone) => zoneOffset(zone, SUMMER))).toEqual([
    0, 330, -480, 330,
  ])
  expect(zoneOffset('Mars/Phobos', SUMMER)).toBeNull()
  expect([120, -210].map(offsetText)).toEqual(['UTC+02:00', 'UTC−03:30'])
  expect(zoneNames()[0]).toBe('UTC')
})

test('a time read in another zone or with another clock is told before it is read', () => {
  const utc = { zone: 'UTC', skewSeconds: 0 }
  const berlin = { zone: 'Europe/Berlin', skewSeconds: 30 }
  expect(readOtherwise('2024-07-01T10:00:00.123456Z', utc, berlin)).toBe('2024-07-01T08:00:30.123456Z')
  expect(readOtherwise('2024-07-01T08:00:30.000Z', berlin, utc)).toBe('2024-07-01T10:00:00.000Z')
  expect(readOtherwise('2024-01-01T10:00:00.000Z', utc, { zone: '-05:00', skewSeconds: 0 })).toBe(
    '2024-01-01T15:00:00.000Z',
  )
  expect(readOtherwise('2024-01-01T10:00:00.000Z', utc, { zone: 'Mars/Phobos', skewSeconds: 0 })).toBeNull()
})

test('the hour that clocks showed twice is the first of the two', () => {
  const utc = { zone: 'UTC', skewSeconds: 0 }
  const berlin = { zone: 'Europe/Berlin', skewSeconds: 0 }
  expect(readOtherwise('2024-10-27T02:30:00.000Z', utc, berlin)).toBe('2024-10-27T00:30:00.000Z')
  expect(readOtherwise('2024-10-27T03:30:00.000Z', utc, berlin)).toBe('2024-10-27T02:30:00.000Z')
  expect(readOtherwise('2024-03-31T03:30:00.000Z', utc, berlin)).toBe('2024-03-31T01:30:00.000Z')
})
