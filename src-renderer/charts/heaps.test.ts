import { expect, it } from 'vitest'
import { heaps } from './heaps.ts'

const nodes = (...counts: number[]) =>
  counts.flatMap((count, n) => Array.from({ length: count }, () => ({ group: String(n) })))

it('every thing lies in the disc of its group, and no two discs or things lie on each other', () => {
  const all = nodes(120, 12, 6, 1, 1, 40)
  const { places, groups } = heaps(all)
  for (const [n, { group }] of all.entries()) {
    const heap = groups.find((one) => one.group === group)
    const place = places[n]
    expect(Math.hypot((place?.x ?? 1e9) - (heap?.x ?? 0), (place?.y ?? 1e9) - (heap?.y ?? 0))).toBeLessThanOrEqual(
      heap?.radius ?? 0,
    )
  }
  for (const [n, a] of groups.entries())
    for (const b of groups.slice(n + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.radius + b.radius)
  expect(new Set(places.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`)).size).toBe(all.length)
  expect(heaps(all)).toEqual({ places, groups })
  expect(heaps([])).toEqual({ places: [], groups: [] })
})
