import fc from 'fast-check'
import { expect, test } from 'vitest'
import { realLists, rowLists } from './numberLists.ts'
import { newRoom } from './room.ts'

const change = fc.oneof(
  fc.record({ list: fc.nat(4), value: fc.nat(9), mark: fc.nat(255) }),
  fc.record({ list: fc.nat(4), free: fc.constant(true) }),
)

test('lists side by side keep their numbers and marks in order, also when the entries of others are used again', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
      const lists = realLists(newRoom(10_000_000), 1_000)
      const ends = [0, 0, 0, 0, 0]
      const expected: { value: number; mark: number }[][] = [[], [], [], [], []]
      for (const each of changes) {
        const end = ends[each.list] ?? 0
        if ('free' in each) {
          lists.free(end)
          ends[each.list] = 0
          expected[each.list] = []
        } else {
          ends[each.list] = lists.add(end, each.value + 0.5, each.mark)
          expected[each.list]?.push({ value: each.value + 0.5, mark: each.mark })
        }
      }
      expect(ends.map((end) => lists.of(end))).toEqual(expected)
      expect(lists.used()).toBe(expected.flat().length)
      for (const [list, end] of ends.entries())
        expect(lists.has(end, 3.5)).toBe(expected[list]?.some(({ value }) => value === 3.5))
    }),
  )
})

test('there is no entry beyond the most there may be, nor where the room has ended', () => {
  const few = rowLists(newRoom(10_000_000), 2)
  expect([few.add(0, 1, 0), few.add(0, 2, 0), few.add(0, 3, 0)].map((end) => end > 0)).toEqual([true, true, false])
  const lists = rowLists(newRoom(1), 1_000_000)
  let added = 0
  while (lists.add(0, added, 0) !== 0) added += 1
  expect(added).toBeGreaterThan(1_000)
  expect(added).toBeLessThan(100_000)
})
