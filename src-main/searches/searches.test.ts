import { expect, it } from 'vitest'
import { failureOf } from '../testing/failureOf.ts'
import { ruleSteps } from '../testing/ruleSteps.ts'
import { testApp } from '../testing/testApp.ts'

const program = testApp('searches')
const { call } = program
const { importText, newHunt } = ruleSteps(program)

const LINES = ['TimeGenerated,Account', '2024-03-01T10:00:00Z,alice', '2024-03-01T11:00:00Z,alice', ',bob']
const VIEW = {
  q: 'Account:alice',
  from: '2024-03-01T10:30:00Z',
  columns: [{ name: 'Account', pinned: true }],
  sort: { column: 'TimeGenerated', descending: true },
  zone: 'local' as const,
}

it('a search keeps query, time, columns, order and zone, over a restart, and says what it finds now', async () => {
  const huntId = await newHunt('h')
  const datasetId = await importText(huntId, 'a.csv', LINES)
  await importText(huntId, 'b.csv', ['time,url', '2024-03-01T10:00:00Z,http://alice.example/'])
  const made = await call('searches.create', { huntId, name: 'Alice', datasetId, ...VIEW })
  expect(made).toMatchObject({ name: 'Alice', datasetName: 'a.csv', ...VIEW })
  await program.end()
  await program.open()
  expect(await call('searches.get', { id: made.id })).toEqual(made)
  expect(await call('searches.run', { id: made.id })).toMatchObject({
    total: 1,
    datasets: [{ id: datasetId, rows: 1 }],
  })
  const any = await call('searches.create', { huntId, name: 'a word', q: 'alice' })
  expect(await call('searches.run', { id: any.id })).toMatchObject({ total: 3, datasets: [{ rows: 2 }, { rows: 1 }] })
  const field = await call('searches.update', { id: any.id, q: 'url:alice' })
  expect(field).toMatchObject({ name: 'a word', q: 'url:alice', columns: null })
  expect((await call('searches.run', { id: any.id })).datasets.map(({ leftOut }) => leftOut)).toEqual([
    'It has no field url.',
    null,
  ])
  expect(await call('searches.list', { huntId })).toMatchObject({
    searches: [{ name: 'a word' }, { name: 'Alice' }],
    total: 2,
  })
  expect((await call('searches.list', { huntId, text: 'ALI' })).total).toBe(1)
  expect(await call('searches.update', { id: made.id, name: 'Alice again' })).toMatchObject({
    name: 'Alice again',
    datasetId,
    ...VIEW,
  })
})

it('a deleted search is made again from what its removal answers; a search outlives its dataset', async () => {
  const huntId = await newHunt('h')
  const datasetId = await importText(huntId, 'a.csv', LINES)
  const made = await call('searches.create', { huntId, name: 'Alice', datasetId, ...VIEW })
  const gone = await call('searches.delete', { id: made.id })
  expect(await failureOf(call('searches.get', { id: made.id }))).toMatchObject({ code: 'not-found' })
  const { id: _id, datasetName: _name, createdAt: _made, updatedAt: _changed, ...draft } = gone
  const again = await call('searches.create', draft)
  expect(again).toMatchObject(draft)
  await call('datasets.delete', { id: datasetId })
  expect(await call('searches.get', { id: again.id })).toMatchObject({ datasetId, datasetName: null })
  expect(await call('searches.run', { id: again.id })).toMatchObject({ total: 0, datasets: [] })
  await call('searches.update', { id: again.id, name: 'Still there' })
  expect(await failureOf(call('searches.create', { ...draft, name: 'x' }))).toMatchObject({ code: 'not-found' })
  expect(await failureOf(call('searches.create', { huntId: datasetId, name: 'x' }))).toMatchObject({
    code: 'not-found',
  })
})

it('a query that cannot be read says where, when the search is run', async () => {
  const huntId = await newHunt('h')
  await importText(huntId, 'a.csv', LINES)
  const { id } = await call('searches.create', { huntId, name: 'broken', q: 'a AND' })
  expect(await failureOf(call('searches.run', { id }))).toMatchObject({ code: 'invalid-input', detail: { at: 5 } })
})

it('recent queries: the last one first, each once, at most 200', async () => {
  for (let n = 0; n < 203; n++) await call('searches.remember', { q: `word${n}` })
  await call('searches.remember', { q: ' word100 ' })
  const { queries, total } = await call('searches.recent', { limit: 2 })
  expect(queries.map(({ q }) => q)).toEqual(['word100', 'word202'])
  expect(total).toBe(200)
  expect(await failureOf(call('searches.remember', { q: '  ' }))).toMatchObject({ code: 'invalid-input' })
})
