import fc from 'fast-check'
import { expect, it } from 'vitest'
import { alertGroups, type AlertGroup, type GroupRow } from './alertGroups.ts'

const row = (n: number, time: number | null, actor: string): GroupRow => ({
  source: 0,
  row: n,
  time,
  actor,
  host: '',
  user: actor,
})
const place = (n: number) => ({ source: 0, row: n })
const rowsOf = ({ rows }: AlertGroup): number[] => rows.map((one) => one.row)
function grouped(rows: readonly GroupRow[], window: number, openMax?: number): AlertGroup[] {
  const groups = alertGroups(window, openMax)
  return [...rows.flatMap((one) => [...groups.add({ time: one.time, rows: [one], before: [] })]), ...groups.rest()]
}

it('begins a new alert with the first row of an actor after the window, and loses no row', () => {
  const events = fc.array(fc.record({ actor: fc.constantFrom('a', 'A', 'b', ''), time: fc.nat(100) }), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(events, fc.nat(20), (unordered, window) => {
      const rows = unordered.toSorted((a, b) => a.time - b.time).map(({ actor, time }, n) => row(n + 1, time, actor))
      const groups = grouped(rows, window)
      expect(groups.flatMap(rowsOf).toSorted((a, b) => a - b)).toEqual(rows.map((one) => one.row))
      for (const { firstTime, lastTime, total, rows: own } of groups) {
        expect(total).toBe(own.length)
        expect((lastTime ?? 0) - (firstTime ?? 0)).toBeLessThanOrEqual(window)
        if (window === 0) expect(total).toBe(1)
      }
      for (const actor of ['a', 'b', '']) {
        const starts = groups.flatMap((group) => (group.actor.toLowerCase() === actor ? [group.firstTime ?? 0] : []))
        starts.sort((a, b) => a - b)
        if (window > 0) starts.slice(1).forEach((start, n) => expect(start - (starts[n] ?? 0)).toBeGreaterThan(window))
      }
    }),
  )
})

it('rows that come at once are one alert however far apart; one that begins amid a count takes the counted ones along', () => {
  const groups = alertGroups(10)
  const [a, b, c, d] = [row(1, 0, 'a'), row(2, 30, 'a'), row(3, 60, 'a'), row(4, 80, 'a')]
  const all = [
    ...groups.add({ time: 60, rows: [a, b, c], before: [] }),
    ...groups.add({ time: 80, rows: [d], before: [b, c] }),
    ...groups.rest(),
  ]
  expect(all).toMatchObject([
    { first: place(1), rows: [1, 2, 3].map(place), firstTime: 0, lastTime: 60 },
    { first: place(4), rows: [2, 3, 4].map(place), again: [2, 3].map(place), total: 3, firstTime: 30, lastTime: 80 },
  ])
})

it('rows without a time are one alert per actor and dataset; others are one wherever they stand, with what each dataset gives', () => {
  const other = (one: GroupRow): GroupRow => ({ ...one, source: 1 })
  const groups = grouped([row(1, 5, 'a'), other(row(1, 7, 'A')), row(2, null, 'a'), other(row(2, null, 'a'))], 10)
  expect(groups.map(({ total, parts }) => [total, [...parts]])).toEqual([
    [
      2,
      [
        [0, { rows: 1, firstTime: 5, lastTime: 5 }],
        [1, { rows: 1, firstTime: 7, lastTime: 7 }],
      ],
    ],
    [1, [[0, { rows: 1, firstTime: null, lastTime: null }]]],
    [1, [[1, { rows: 1, firstTime: null, lastTime: null }]]],
  ])
  expect(grouped([row(1, 5, 'a'), row(2, null, 'a'), row(3, null, 'a')], 10).map(rowsOf)).toEqual([[1], [2, 3]])
})

it('names host and user only where all rows agree, in any case', () => {
  const [group] = grouped([row(1, 1, 'a'), { ...row(2, 2, 'A'), host: 'ws1' }], 10)
  expect(group).toMatchObject({ user: 'a', host: null })
})

it('ends the oldest alerts early where too many actors are active', () => {
  const rows = Array.from({ length: 50 }, (_, n) => row(n + 1, n, `actor ${n}`))
  expect(grouped(rows, 1_000, 10)).toHaveLength(50)
})
