import { expect, it } from 'vitest'
import { barAt, escaped } from './TimeBars.tsx'

const start = '2026-03-01T10:00:00Z'
const bars = [
  { start, series: 'CRITICAL', value: 2 },
  { start, series: 'HIGH', value: 3 },
]
const series = ['CRITICAL', 'HIGH', 'LOW'].map((id) => ({ id, name: id, colour: '' }))
const at = (minutes: number, height: number) =>
  barAt(bars, series, 3600, Date.parse(start) + minutes * 60_000, height)?.series ?? null

it('a click meets the bar of its time and height, and none beside or above', () => {
  expect([at(5, 1), at(59, 2.5), at(30, 5), at(30, 5.1), at(60, 1), at(-1, 1), at(5, -1)]).toEqual([
    'CRITICAL',
    'HIGH',
    'HIGH',
    null,
    null,
    null,
    null,
  ])
})

it('a name of the server stays text in a tooltip', () => {
  expect(escaped('<img src=x onerror="a">&')).toBe('&#60;img src=x onerror=&#34;a&#34;&#62;&#38;')
})
