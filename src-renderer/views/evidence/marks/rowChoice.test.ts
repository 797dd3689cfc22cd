import { expect, test } from 'vitest'
import { asksMarks, choiceOf } from './rowChoice.ts'

const all = { from: null, to: null }
const query = { datasetId: 'd', q: 'certutil', range: all, sort: { column: 'a', descending: true } }

test('all rows of a view are its question; some are stretches of it, in its order', () => {
  expect(choiceOf(query, [[0, 9]], 10)).toEqual({ datasetId: 'd', filter: { q: 'certutil' } })
  const range = { from: '2024-01-01T00:00:00Z', to: null }
  expect(choiceOf({ ...query, range }, [[0, 9]], 10).filter).toEqual({ q: 'certutil', from: range.from })
  expect(choiceOf({ ...query, q: '' }, [[0, 9]], 10)).toEqual({ datasetId: 'd', filter: {} })
  expect(
    choiceOf(
      query,
      [
        [0, 2],
        [5, 5],
      ],
      10,
    ),
  ).toEqual({
    datasetId: 'd',
    view: {
      q: 'certutil',
      sort: query.sort,
      stretches: [
        [0, 2],
        [5, 5],
      ],
    },
  })
})

test('a query that asks for tags is known by its field', () => {
  for (const q of ['tag:suspicious', 'a -tag:*', '(tag:x OR b)', '_note:*']) expect(asksMarks(q)).toBe(true)
  for (const q of ['', 'tag', 'htmltag:x', 'a "tag b"']) expect(asksMarks(q)).toBe(false)
})
