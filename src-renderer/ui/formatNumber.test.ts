import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNoun,
  formatNumber,
  formatPercent,
  formatExactBytes,
} from './formatNumber.ts'

test('numbers have thousands separators and a true minus', () => {
  expect(formatCount(1284300)).toBe('1,284,300')
  expect(formatCount(-5)).toBe('−5')
  expect(formatNumber(4.518)).toBe('4.52')
})

test('a noun fits its number', () => {
  expect([formatNoun(0, 'row'), formatNoun(1, 'row'), formatNoun(6366, 'row')]).toEqual([
    '0 rows',
    '1 row',
    '6,366 rows',
  ])
  expect(formatNoun(2, 'IPv4 address', 'IPv4 addresses')).toBe('2 IPv4 addresses')
})

test('sizes are in steps of 1,000', () => {
  expect([0, 999, 1000, 122_472, 412e6, 999_949, 999_999, 14.2e9].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1 kB',
    '122 kB',
    '412 MB',
    '1 MB',
    '1 MB',
    '14.2 GB',
  ])
})

test('durations name their two largest units', () => {
  expect([0.4, 9, 59, 60, 200, 4200, 90_000, 131_120_451].map(formatDuration)).toEqual([
    '0.4 s',
    '9 s',
    '59 s',
    '1 min',
    '3 min',
    '1 h 10 min',
    '1 d 1 h',
    '4 y 1 m',
  ])
})

test('a share is a whole percentage', () => {
  expect(formatPercent(0.714)).toBe('71 %')
})

test('a count can be read back from its text', () => {
  fc.assert(
    fc.property(fc.integer(), (value) => {
      expect(Number(formatCount(value).replaceAll(',', '').replace('−', '-'))).toBe(value)
    }),
  )
})

test('an exact size says its bytes once', () => {
  expect(formatExactBytes(1)).toBe('1 byte')
  expect(formatExactBytes(178)).toBe('178 bytes')
  expect(formatExactBytes(1_234_567)).toBe('1.2 MB, 1,234,567 bytes')
})
