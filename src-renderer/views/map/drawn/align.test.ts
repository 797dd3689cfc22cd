import { expect, it } from 'vitest'
import { aligned } from './align.ts'

const points = new Map([
  ['a', { x: 0, y: 5 }],
  ['b', { x: 100, y: 9 }],
  ['c', { x: 20, y: 1 }],
])

it('aligning moves one axis only; spacing out keeps the two outermost', () => {
  expect([...aligned(points, 'left').values()]).toEqual([
    { x: 0, y: 5 },
    { x: 0, y: 9 },
    { x: 0, y: 1 },
  ])
  expect([...aligned(points, 'middle').values()].map(({ y }) => y)).toEqual([5, 5, 5])
  const across = aligned(points, 'across')
  expect([across.get('a')?.x, across.get('c')?.x, across.get('b')?.x]).toEqual([0, 50, 100])
  expect(aligned(new Map(), 'top').size).toBe(0)
})
