import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstRows, hasRow, NO_ROWS, rangeOf, rowCount, toggleRow, withRows, type RowRanges } from './rowRanges.ts'

const row = fc.integer({ min: 0, max: 40 })
const step = fc.oneof(fc.record({ toggle: row }), fc.record({ from: row, to: row }))

describe('selected rows', () => {
  it('are those of a plain set, whatever is toggled and extended', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const set = new Set<number>()
        let ranges: RowRanges = NO_ROWS
        for (const one of steps) {
          if ('toggle' in one) {
            if (!set.delete(one.toggle)) set.add(one.toggle)
            ranges = toggleRow(ranges, one.toggle)
          } else {
            for (let n = Math.min(one.from, one.to); n <= Math.max(one.from, one.to); n += 1) set.add(n)
            ranges = withRows(ranges, rangeOf(one.from, one.to))
          }
        }
        const rows = [...set].sort((a, b) => a - b)
        expect(firstRows(ranges, 1_000)).toEqual(rows)
        expect(rowCount(ranges)).toBe(rows.length)
        for (let n = 0; n <= 40; n += 1) expect(hasRow(ranges, n)).toBe(set.has(n))
        for (let n = 1; n < ranges.length; n += 1) expect(ranges[n]![0]).toBeGreaterThan(ranges[n - 1]![1] + 1)
      }),
    )
  })

  it('cost nothing when there are ten million', () => {
    const all = rangeOf(0, 9_999_999)
    expect(rowCount(toggleRow(all, 5_000_000))).toBe(9_999_999)
    expect(firstRows(all, 3)).toEqual([0, 1, 2])
  })
})
