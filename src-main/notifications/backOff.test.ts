import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pace, pauseMs } from './backOff.ts'

it('a pause grows with every failure up to its most, by chance between half and all of it', () => {
  const pauses = [1, 2, 3, 8, 50].map((n) => pauseMs(n, null, 0, pace, 1))
  expect(pauses).toEqual([5_000, 10_000, 20_000, 600_000, 600_000])
  expect(pauseMs(1, null, 0, pace, 0)).toBe(2_500)
})

it('what the receiver asks for is kept to, in seconds or as a date, within reason', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  expect(pauseMs(1, '120', now, pace, 1)).toBe(120_000)
  expect(pauseMs(1, 'Thu, 01 Jan 2026 00:05:00 GMT', now, pace, 1)).toBe(300_000)
  expect(pauseMs(1, '999999999', now, pace, 1)).toBe(pace.askedMostMs)
  for (const nonsense of ['soon', '-5', '', 'NaN', '1e9']) expect(pauseMs(1, nonsense, now, pace, 1)).toBe(5_000)
})

it('whatever a receiver answers, the pause is a number of milliseconds within bounds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.string(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, asked, chance) => {
        const ms = pauseMs(n, asked, 0, pace, chance)
        expect(ms).toBeGreaterThanOrEqual(pace.firstMs / 2)
        expect(ms).toBeLessThanOrEqual(Math.max(pace.mostMs, pace.askedMostMs))
      },
    ),
  )
})
