import { expect, it } from 'vitest'
import { datasetSteps } from '../testing/datasetSteps.ts'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'

const program = testApp('annotations')
const { call } = program
const { imported } = datasetSteps(program)

const THREE = 'a,b\n1,x\n2,y\n3,x\n'
const hostile = `<img src=x onerror=alert(1)> '); DROP TABLE annotations; -- ${'\u0000'}\u202e`

it('keeps what was said about rows, with the question of the time and the rows by number', async () => {
  await call('settings.update', { analystName: 'M. Keller' })
  const { id, huntId } = await imported(THREE)
  const made = await call('annotations.create', {
    datasetId: id,
    filter: { q: 'b:x' },
    text: hostile,
    severity: 'high',
    tag: 'suspicious',
  })
  expect(made).toMatchObject({
    huntId,
    datasetId: id,
    dataset: 'file1.csv',
    text: hostile.trim(),
    severity: 'high',
    tag: 'suspicious',
    colour: null,
  })
  expect(made).toMatchObject({ author: 'M. Keller', rows: 2, firstRow: 1, lastRow: 3, filter: { q: 'b:x' } })
  expect(await call('annotations.rows', { id: made.id })).toEqual({ rows: [1, 3], total: 2 })
  expect(await call('annotations.get', { id: made.id })).toEqual(made)
  expect(await call('annotations.list', { huntId, text: 'drop table' })).toMatchObject({
    annotations: [{ id: made.id }],
    total: 1,
  })
  expect((await call('rows.page', { datasetId: id, q: `note:${made.id}` })).rows).toEqual([1, 3])
  expect((await call('annotations.list', { datasetId: id, row: 2 })).total).toBe(0)
  expect((await call('annotations.list', { datasetId: id, row: 3 })).total).toBe(1)
})

it('an annotation gives its rows its tag and colour where they have none of their own, the newest first', async () => {
  const { id } = await imported(THREE)
  const older = await call('annotations.create', { datasetId: id, rows: [1, 2], tag: 'suspicious', colour: 'violet' })
  const newer = await call('annotations.create', { datasetId: id, rows: [2], tag: 'benign' })
  await call('rows.tag', { datasetId: id, rows: [1], tag: 'needs-review' })
  const { marks } = await call('rows.marks', { datasetId: id, rows: [1, 2, 3] })
  expect(marks).toEqual([
    {
      row: 1,
      tag: 'needs-review',
      ownTag: 'needs-review',
      colour: 'violet',
      annotations: [older.id],
      annotationTotal: 1,
    },
    { row: 2, tag: 'benign', ownTag: null, colour: 'violet', annotations: [newer.id, older.id], annotationTotal: 2 },
  ])
  expect(await call('rows.tag', { datasetId: id, filter: {}, tag: null })).toMatchObject({
    changed: 1,
    byAnnotation: 2,
  })
})

it('is changed, deleted and brought back', async () => {
  const { id } = await imported(THREE)
  const made = await call('annotations.create', { datasetId: id, rows: [2], text: 'first', tag: 'suspicious' })
  const changed = await call('annotations.update', { id: made.id, text: 'second', tag: null, severity: 'low' })
  expect(changed).toMatchObject({ text: 'second', tag: null, severity: 'low', rows: 1 })
  expect(changed.createdAt).toBe(made.createdAt)
  await call('annotations.delete', { id: made.id })
  expect((await call('annotations.list', { datasetId: id })).total).toBe(0)
  expect((await call('rows.marks', { datasetId: id, rows: [2] })).total).toBe(0)
  expect(await failureOf(call('annotations.get', { id: made.id }))).toMatchObject({ code: 'not-found' })
  expect(await failureOf(call('annotations.delete', { id: made.id }))).toMatchObject({ code: 'not-found' })
  expect(await failureOf(call('annotations.update', { id: made.id, text: 'x' }))).toMatchObject({ code: 'not-found' })
  expect(await call('annotations.restore', { id: made.id })).toMatchObject({ text: 'second' })
  expect((await call('rows.marks', { datasetId: id, rows: [2] })).total).toBe(1)
})

it('says nothing and is refused, as is one about rows that are not there', async () => {
  const { id } = await imported(THREE)
  expect(await failureOf(call('annotations.create', { datasetId: id, rows: [1] }))).toMatchObject({
    code: 'invalid-input',
  })
  expect(await failureOf(call('annotations.create', { datasetId: id, rows: [4], text: 'x' }))).toMatchObject({
    code: 'not-found',
  })
  expect(await failureOf(call('annotations.create', { datasetId: id, text: 'x' }))).toMatchObject({
    code: 'invalid-input',
  })
  expect(await failureOf(call('annotations.list', { row: 1 }))).toMatchObject({ code: 'invalid-input' })
})
