import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offsetShowing, rowsInView, SCROLL_HEIGHT_MAX, scrollMap } from './scrollMap.ts'

const table = fc.record({
  total: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 600_000, max: 10_000_000 })),
  rowHeight: fc.constantFrom(24, 28, 34),
  viewport: fc.integer({ min: 120, max: 2_000 }),
})

describe('scroll position and rows', () => {
  it('keeps the element below what browsers can lay out', () => {
    fc.assert(
      fc.property(table, ({ total, rowHeight, viewport }) => {
        const map = scrollMap(total, rowHeight, viewport)
        expect(map.height).toBeLessThanOrEqual(SCROLL_HEIGHT_MAX)
        expect(map.scaled).toBe(total * rowHeight > SCROLL_HEIGHT_MAX)
      }),
    )
  })

  it('brings the first and the last row to the ends of the thumb', () => {
    fc.assert(
      fc.property(table, ({ total, rowHeight, viewport }) => {
        const map = scrollMap(total, rowHeight, viewport)
        expect(rowsInView(map.toOffset(0), rowHeight, viewport, total).first).toBe(0)
        const end = Math.max(0, map.height - viewport)
        expect(rowsInView(map.toOffset(end), rowHeight, viewport, total).last).toBe(total - 1)
        expect(map.toOffset(end)).toBeCloseTo(map.offsetMax, 3)
      }),
    )
  })

  it('never moves backwards when the thumb moves on', () => {
    fc.assert(
      fc.property(
        table,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ total, rowHeight, viewport }, a, b) => {
          const map = scrollMap(total, rowHeight, viewport)
          const [low, high] = a < b ? [a, b] : [b, a]
          expect(map.toOffset(low * map.height)).toBeLessThanOrEqual(map.toOffset(high * map.height))
        },
      ),
    )
  })

  it('reaches every row by the thumb, even where the browser rounds the position to whole pixels', () => {
    fc.assert(
      fc.property(table, fc.double({ min: 0, max: 1, noNaN: true }), ({ total, rowHeight, viewport }, at) => {
        const map = scrollMap(total, rowHeight, viewport)
        const row = Math.min(total - 1, Math.floor(at * total))
        const top = Math.round(map.toScrollTop(row * rowHeight))
        const { first, last } = rowsInView(map.toOffset(top), rowHeight, viewport, total)
        expect(first).toBeLessThanOrEqual(row)
        expect(last).toBeGreaterThanOrEqual(row)
      }),
    )
  })

  it('puts the thumb where the offset is', () => {
    fc.assert(
      fc.property(table, fc.double({ min: 0, max: 1, noNaN: true }), ({ total, rowHeight, viewport }, at) => {
        const map = scrollMap(total, rowHeight, viewport)
        const offset = at * map.offsetMax
        expect(Math.abs(map.toOffset(map.toScrollTop(offset)) - offset)).toBeLessThan(0.01)
      }),
    )
  })

  it('shows exactly the rows that touch the viewport', () => {
    fc.assert(
      fc.property(table, fc.double({ min: 0, max: 1, noNaN: true }), ({ total, rowHeight, viewport }, at) => {
        const offset = at * scrollMap(total, rowHeight, viewport).offsetMax
        const { first, last } = rowsInView(offset, rowHeight, viewport, total)
        expect(first * rowHeight).toBeLessThanOrEqual(offset)
        if (first > 0) expect((first + 1) * rowHeight).toBeGreaterThan(offset)
        if (last < total - 1) expect((last + 1) * rowHeight).toBeGreaterThanOrEqual(offset + viewport)
        expect(last * rowHeight).toBeLessThan(offset + viewport)
      }),
    )
  })

  it('moves no further than needed to show a row whole', () => {
    fc.assert(
      fc.property(
        table,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ total, rowHeight, viewport }, at, to) => {
          const map = scrollMap(total, rowHeight, viewport)
          const offset = at * map.offsetMax
          const row = Math.min(total - 1, Math.floor(to * total))
          for (const align of ['nearest', 'middle'] as const) {
            const next = Math.min(offsetShowing(row, offset, rowHeight, viewport, align), map.offsetMax)
            expect(row * rowHeight).toBeGreaterThanOrEqual(next - 0.001)
            expect((row + 1) * rowHeight).toBeLessThanOrEqual(next + Math.max(viewport, rowHeight) + 0.001)
            if (row * rowHeight >= offset && (row + 1) * rowHeight <= offset + viewport) expect(next).toBe(offset)
          }
        },
      ),
    )
  })

  it('shows nothing of an empty table', () => {
    expect(rowsInView(0, 24, 500, 0)).toEqual({ first: 0, last: -1 })
    expect(scrollMap(0, 24, 500).offsetMax).toBe(0)
  })
})
