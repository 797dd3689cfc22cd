import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  countRows,
  difference,
  growingSet,
  hasRow,
  intersection,
  loadedSet,
  rowSetOf,
  rowsOf,
  storedBlocks,
  stretchOf,
  union,
} from './rowSet.ts'

/** Rows near the edges of blocks, scattered ones and long stretches. */
const rows = fc
  .array(
    fc.oneof(
      fc.integer({ min: 1, max: 200_000 }).map((row) => [row]),
      fc.constantFrom([65_535], [65_536], [65_537], [131_071], [131_072], [4_294_967_295]),
      fc
        .tuple(fc.integer({ min: 1, max: 140_000 }), fc.integer({ min: 1, max: 9_000 }))
        .map(([first, length]) => Array.from({ length }, (_, n) => first + n)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => new Set(parts.flat()))
const ascending = (set: Iterable<number>): number[] => [...set].sort((a, b) => a - b)

it('holds exactly the rows it was given, and so do unions, intersections and differences', () => {
  fc.assert(
    fc.property(rows, rows, (left, right) => {
      const [a, b] = [rowSetOf(left), rowSetOf(right)]
      expect([...rowsOf(a)]).toEqual(ascending(left))
      expect(countRows(a)).toBe(left.size)
      expect([...rowsOf(union(a, b))]).toEqual(ascending(new Set([...left, ...right])))
      expect([...rowsOf(intersection(a, b))]).toEqual(ascending([...left].filter((row) => right.has(row))))
      expect([...rowsOf(difference(a, b))]).toEqual(ascending([...left].filter((row) => !right.has(row))))
      for (const row of [1, 65_535, 65_536, ...right]) expect(hasRow(a, row)).toBe(left.has(row))
    }),
    { numRuns: 20 },
  )
})

it('grows by sets and tells what is missing from it', () => {
  fc.assert(
    fc.property(rows, rows, rows, (first, second, asked) => {
      const growing = growingSet()
      growing.add(rowSetOf(first))
      growing.add(rowSetOf(second))
      const all = new Set([...first, ...second])
      expect([...rowsOf(growing.set())]).toEqual(ascending(all))
      expect([...rowsOf(growing.missing(rowSetOf(asked)))]).toEqual(
        ascending([...asked].filter((row) => !all.has(row))),
      )
    }),
    { numRuns: 20 },
  )
})

it('is the same set after it was stored', () => {
  fc.assert(
    fc.property(rows, (given) => {
      expect([...rowsOf(loadedSet(storedBlocks(rowSetOf(given))))]).toEqual(ascending(given))
    }),
    { numRuns: 20 },
  )
})

it('a million rows take 128 kB, a stretch of them next to nothing', () => {
  const size = (set: ReturnType<typeof rowSetOf>): number =>
    [...storedBlocks(set)].reduce((sum, { rows: bytes }) => sum + bytes.length, 0)
  const everyOther = rowSetOf(Array.from({ length: 1_000_000 }, (_, n) => n * 2 + 1))
  expect(countRows(everyOther)).toBe(1_000_000)
  expect(size(everyOther)).toBeLessThan(260_000)
  expect(countRows(stretchOf(1, 1_000_000))).toBe(1_000_000)
  expect(size(stretchOf(1, 1_000_000))).toBeLessThan(200)
})
