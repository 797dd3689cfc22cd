import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatSkew, parseSkew } from './clockSkew.ts'

test('a skew is typed in seconds or as a clock, with a sign', () => {
  expect(['30', '-90', '+0:01:30', '1:00:00', '2:30', '−0.25 s', '36:00:00', ''].map(parseSkew)).toEqual([
    30, -90, 90, 3_600, 150, -0.25, 129_600, 0,
  ])
})

test('what is no skew is refused', () => {
  for (const text of ['soon', '1:75:00', '1:00:75', '--3', '1h', '99999999999']) expect(parseSkew(text)).toBeNull()
})

test('what is shown can be typed again', () => {
  expect([30, -3_600, 90.5, 0, -0.000_001].map(formatSkew)).toEqual([
    '+30 s',
    '−1:00:00',
    '+0:01:30.5',
    '0 s',
    '−0.000001 s',
  ])
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (micros) => {
      expect(parseSkew(formatSkew(micros / 1e6))).toBeCloseTo(micros / 1e6, 6)
    }),
  )
})
