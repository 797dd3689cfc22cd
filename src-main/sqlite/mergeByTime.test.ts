import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mergedPage } from './mergeByTime.ts'

it('any page of the merged lists is that stretch of all rows sorted by time, then list, then place', () => {
  const list = fc
    .array(fc.integer({ min: -5, max: 12 }), { maxLength: 15 })
    .map((times) => Float64Array.from(times.toSorted((a, b) => a - b)))
  fc.assert(
    fc.property(fc.array(list, { maxLength: 5 }), fc.nat(80), fc.nat(20), (lists, offset, limit) => {
      const all = lists
        .flatMap((times, n) => [...times].map((time, at) => ({ time, list: n, at })))
        .sort((a, b) => a.time - b.time || a.list - b.list || a.at - b.at)
        .map(({ list: n, at }) => ({ list: n, at }))
      expect(mergedPage(lists, offset, limit)).toEqual(all.slice(offset, offset + limit))
    }),
  )
})

it('times far apart are found as well', () => {
  const lists = [Float64Array.of(-6.2e16, 1.7e15, 2.5e17), Float64Array.of(1.7e15)]
  expect(mergedPage(lists, 1, 2)).toEqual([
    { list: 0, at: 1 },
    { list: 1, at: 0 },
  ])
  expect(mergedPage(lists, 3, 9)).toEqual([{ list: 0, at: 2 }])
})
