import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isoTime, zoneOf } from './isoTimes.ts'

it('knows the zone of a column of times, and that others have none', () => {
  expect(zoneOf('DateTime', 'UTC')).toBe('UTC')
  expect(zoneOf("DateTime('Europe/Berlin')", 'UTC')).toBe('Europe/Berlin')
  expect(zoneOf("Nullable(DateTime64(6, 'Asia/Kolkata'))", 'UTC')).toBe('Asia/Kolkata')
  expect(zoneOf('DateTime64(3)', 'America/New_York')).toBe('America/New_York')
  for (const type of ['Date', 'String', 'UInt32', 'Array(DateTime)']) expect(zoneOf(type, 'UTC')).toBeNull()
})

it('a wall-clock time is the instant it was written from, but for the hour that autumn has twice', () => {
  const zones = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'] as const
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 172_800, max: 4_102_444_800 }), (zone, seconds) => {
      const parts = (at: number) => new Date(at * 1000).toLocaleString('sv-SE', { timeZone: zone })
      const wall = parts(seconds)
      const iso = isoTime(wall, zone)
      const back = Date.parse(typeof iso === 'string' ? iso : '') / 1000
      // The same wall clock; where it was shown twice, either instant.
      expect(parts(back)).toBe(wall)
      if (parts(seconds - 3600) !== wall && parts(seconds + 3600) !== wall && zone !== 'Australia/Lord_Howe')
        expect(back).toBe(seconds)
    }),
    { numRuns: 300 },
  )
  expect(isoTime('no time', 'UTC')).toBe('no time')
  expect(isoTime(null, 'UTC')).toBeNull()
})
