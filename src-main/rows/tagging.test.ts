import { expect, it } from 'vitest'
import type { Input } from '#contract/contract'
import { datasetSteps } from '../testing/datasetSteps.ts'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'

const program = testApp('tagging')
const { call } = program
const { imported, update, ended } = datasetSteps(program)

/** Ten rows, every other one by bob. */
const TEN = `When,User,Text\n${Array.from({ length: 10 }, (_, n) => `2024-05-01 10:00:0${n},${n % 2 ? 'bob' : 'ann'},row ${n + 1}`).join('\n')}\n`

const tag = (input: Input<'rows.tag'>) => call('rows.tag', input)
const ALL = Array.from({ length: 10 }, (_, n) => n + 1)
async function tagsOf(datasetId: string): Promise<(string | null)[]> {
  const { marks } = await call('rows.marks', { datasetId, rows: ALL })
  return ALL.map((row) => marks.find((mark) => mark.row === row)?.tag ?? null)
}
const rowsOf = async (datasetId: string, q: string) => (await call('rows.page', { datasetId, q })).rows

it('tags named rows, all that match, and stretches of a sorted view, and says exactly how many', async () => {
  const { id } = await imported(TEN)
  expect(await tag({ datasetId: id, rows: [3, 3, 7], tag: 'suspicious' })).toMatchObject({ rows: 2, changed: 2 })
  expect(await tag({ datasetId: id, filter: { q: 'User:bob' }, tag: 'benign' })).toMatchObject({ rows: 5, changed: 5 })
  const view = { q: 'User:ann', sort: { column: '_row', descending: true }, stretches: [[0, 1] as [number, number]] }
  expect(await tag({ datasetId: id, view, tag: 'needs-review' })).toMatchObject({ rows: 2, changed: 2 })
  expect(await tagsOf(id)).toEqual([
    null,
    'benign',
    'suspicious',
    'benign',
    null,
    'benign',
    'needs-review',
    'benign',
    'needs-review',
    'benign',
  ])
  expect(await tag({ datasetId: id, filter: {}, tag: null })).toMatchObject({ rows: 10, changed: 8, byAnnotation: 0 })
  expect(await tagsOf(id)).toEqual(ALL.map(() => null))
})

it('a change is taken back exactly, except where rows were tagged again since', async () => {
  const { id } = await imported(TEN)
  await tag({ datasetId: id, rows: [1, 2], tag: 'benign' })
  const { changeId } = await tag({ datasetId: id, rows: [1, 2, 3, 4], tag: 'suspicious' })
  await tag({ datasetId: id, rows: [2], tag: 'needs-review' })
  expect(await call('rows.undoTag', { id: changeId ?? '' })).toEqual({ rows: 3 })
  expect((await tagsOf(id)).slice(0, 4)).toEqual(['benign', 'needs-review', null, null])
  expect(await failureOf(call('rows.undoTag', { id: changeId ?? '' }))).toMatchObject({ code: 'not-found' })
  const taken = await tag({ datasetId: id, filter: {}, tag: null })
  expect(await call('rows.undoTag', { id: taken.changeId ?? '' })).toEqual({ rows: 2 })
  expect((await tagsOf(id)).slice(0, 4)).toEqual(['benign', 'needs-review', null, null])
})

it('one row that is not there, and nothing is tagged', async () => {
  const { id } = await imported(TEN)
  expect(await failureOf(tag({ datasetId: id, rows: [1, 11], tag: 'benign' }))).toMatchObject({ code: 'not-found' })
  const view = { stretches: [[0, 10] as [number, number]] }
  expect(await failureOf(tag({ datasetId: id, view, tag: 'benign' }))).toMatchObject({ code: 'not-found' })
  expect(await failureOf(tag({ datasetId: id, filter: { q: 'nobody' }, tag: 'benign' }))).toMatchObject({
    code: 'conflict',
  })
  expect(await failureOf(tag({ datasetId: id, filter: { q: '"' }, tag: 'benign' }))).toMatchObject({
    code: 'invalid-input',
  })
  expect(await failureOf(tag({ datasetId: id, filter: {}, rows: [1], tag: 'benign' }))).toMatchObject({
    code: 'invalid-input',
  })
  expect(await tagsOf(id)).toEqual(ALL.map(() => null))
})

it('tags are a part of the query language, and answers follow them', async () => {
  const { id } = await imported(TEN)
  await tag({ datasetId: id, rows: [2, 3], tag: 'suspicious' })
  await tag({ datasetId: id, rows: [4], tag: 'needs-review' })
  expect(await rowsOf(id, 'tag:suspicious')).toEqual([2, 3])
  expect(await rowsOf(id, 'tag:SUSP* User:bob')).toEqual([2])
  expect(await rowsOf(id, 'tag:* -tag:"needs-review"')).toEqual([2, 3])
  expect(await rowsOf(id, 'tag:"" AND User:bob')).toEqual([6, 8, 10])
  expect(await rowsOf(id, '_tag:(suspicious OR review)')).toEqual([2, 3, 4])
  await tag({ datasetId: id, rows: [9], tag: 'suspicious' })
  expect(await rowsOf(id, 'tag:suspicious')).toEqual([2, 3, 9])
  expect(
    (await call('rows.page', { datasetId: id, q: 'tag:suspicious', sort: { column: '_row', descending: true } })).rows,
  ).toEqual([9, 3, 2])
  expect(await failureOf(call('rows.count', { datasetId: id, q: 'tag:/s.*/' }))).toMatchObject({
    code: 'invalid-input',
    detail: { at: 0 },
  })
  const facets = async (q?: string) => await call('rows.facets', { datasetId: id, column: '_tag', ...(q ? { q } : {}) })
  expect(await facets()).toEqual({
    values: [
      { value: 'suspicious', count: 3 },
      { value: 'needs-review', count: 1 },
    ],
    distinct: 2,
    empty: 6,
    total: 10,
  })
  expect(await facets('User:bob')).toMatchObject({
    values: [
      { value: 'suspicious', count: 1 },
      { value: 'needs-review', count: 1 },
    ],
    total: 5,
  })
})

it('values, pairs, bars and counts of tagged rows are those rows, and follow a change of tags', async () => {
  const { id } = await imported(TEN)
  await tag({ datasetId: id, rows: [2, 3, 4], tag: 'suspicious' })
  const asked = { datasetId: id, q: 'tag:suspicious -row_10' }
  const answers = async () => ({
    count: (await call('rows.count', asked)).count,
    values: (await call('rows.facets', { ...asked, column: 'User' })).values,
    pairs: (await call('rows.facets', { ...asked, column: 'User', by: 'Text' })).total,
    bars: (await call('rows.histogram', asked)).buckets.reduce((sum, { rows }) => sum + rows, 0),
    place: (await call('rows.position', { ...asked, row: 4 })).position,
  })
  const user = (value: string, count: number) => ({ value, count })
  expect(await answers()).toEqual({ count: 3, values: [user('bob', 2), user('ann', 1)], pairs: 3, bars: 3, place: 2 })
  await tag({ datasetId: id, rows: [2], tag: null })
  expect(await answers()).toEqual({ count: 2, values: [user('ann', 1), user('bob', 1)], pairs: 2, bars: 2, place: 1 })
  expect(await rowsOf(id, '-tag:suspicious (User:ann OR note:*)')).toEqual([1, 5, 7, 9])
})

it('a column named tag stays what it is; _tag still means ours', async () => {
  const { id } = await imported('tag,a\nsuspicious,1\nx,2\n')
  await tag({ datasetId: id, rows: [2], tag: 'suspicious' })
  expect(await rowsOf(id, 'tag:suspicious')).toEqual([1])
  expect(await rowsOf(id, '_tag:suspicious')).toEqual([2])
})

it('tags and annotations stay with their rows when the dataset is read anew, and go with it', async () => {
  const { id } = await imported(`${TEN}broken\n`)
  await tag({ datasetId: id, rows: [2, 10], tag: 'suspicious' })
  const note = await call('annotations.create', { datasetId: id, rows: [5], text: 'here' })
  expect(await update({ id, skewSeconds: 60 })).toMatchObject({ state: 'succeeded' })
  const [bad] = (await call('datasets.quarantine', { id })).quarantine
  await ended(call('datasets.repair', { id, records: [{ id: bad?.id ?? 0, text: '2024-05-01 11:00:00,eve,row 11' }] }))
  expect(await rowsOf(id, 'tag:suspicious')).toEqual([2, 10])
  expect(await rowsOf(id, 'note:*')).toEqual([5])
  expect(await tag({ datasetId: id, rows: [11], tag: 'benign' })).toMatchObject({ changed: 1 })
  await call('datasets.delete', { id })
  expect(await failureOf(call('annotations.get', { id: note.id }))).toMatchObject({ code: 'not-found' })
  expect(await failureOf(tag({ datasetId: id, rows: [1], tag: 'benign' }))).toMatchObject({ code: 'not-found' })
})
