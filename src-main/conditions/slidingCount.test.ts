import fc from 'fast-check'
import { expect, it } from 'vitest'
import { slidingCount } from './slidingCount.ts'

it('answers the rows that fill a window wherever it begins, as counting them all over again would', () => {
  const rows = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), time: fc.nat(60) }), { maxLength: 60 })
  fc.assert(
    fc.property(rows, fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 20 }), (unordered, count, window) => {
      const ordered = unordered.toSorted((a, b) => a.time - b.time)
      const counts = slidingCount<number>(count, window)
      ordered.forEach(({ key, time }, n) => {
        const near = ordered.flatMap((row, at) => (at <= n && row.key === key && row.time >= time - window ? [at] : []))
        const found = counts.push(key, time, n)
        expect(found?.map(({ entry }) => entry) ?? null).toEqual(near.length >= count ? near.slice(-count) : null)
      })
      expect(counts.limited()).toBe(false)
    }),
  )
})

it('forgets who was quiet longest where too many are active, and says so', () => {
  const counts = slidingCount<number>(2, 1_000, { keys: 100, entries: 1_000 })
  for (let n = 0; n < 500; n++) expect(counts.push(`actor ${n}`, n, n)).toBeNull()
  expect(counts.limited()).toBe(true)
  expect(counts.push('actor 0', 500, 500)).toBeNull()
  expect(counts.push('actor 499', 500, 501)).toHaveLength(2)
})

it('lets go of windows that are over without calling that a limit', () => {
  const counts = slidingCount<number>(3, 10, { keys: 5, entries: 20 })
  for (let n = 0; n < 1_000; n++) counts.push(`actor ${n}`, n * 100, n)
  expect(counts.limited()).toBe(false)
  expect(counts.highest()).toBe(1)
})
