import { expect, it } from 'vitest'
import { histogramScale, partsOf } from './histogramScale.ts'

const data = {
  from: '2024-03-01T10:00:00.000Z',
  to: '2024-03-01T10:10:00.000Z',
  bucketSeconds: 60,
  buckets: [
    { start: '2024-03-01T10:00:00.000Z', rows: 3, parts: [1, 1] },
    { start: '2024-03-01T10:09:00.000Z', rows: 1, parts: [0, 1] },
  ],
  series: [],
}

it('bars stand where their time is, and a place in the box is a time again', () => {
  const scale = histogramScale(data, 1052)
  expect([scale.slots, scale.slotWidth, scale.top]).toEqual([10, 100, 1])
  expect(scale.bars.map(({ slot }) => slot)).toEqual([0, 9])
  expect([0, 39, 139, 141, 1051, 5_000].map(scale.slotAt)).toEqual([0, 0, 0, 1, 9, 9])
  expect(new Date(scale.timeOf(10)).toISOString()).toBe(data.to)
})

it('what is in no series is left over', () => {
  expect(data.buckets.map((bucket) => partsOf(bucket, 2))).toEqual([
    [1, 1, 1],
    [0, 1, 0],
  ])
  expect(partsOf({ start: '', rows: 3, parts: [] }, 0)).toEqual([3])
})

it('nothing to draw is drawn as nothing', () => {
  const scale = histogramScale({ from: null, to: null, bucketSeconds: null, buckets: [], series: [] }, 0)
  expect([scale.bars, scale.slots, scale.slotAt(50)]).toEqual([[], 1, 0])
})
