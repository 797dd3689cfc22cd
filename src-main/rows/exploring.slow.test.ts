import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { failureOf } from '../testing/failureOf.ts'
import { ruleSteps } from '../testing/ruleSteps.ts'
import { testApp } from '../testing/testApp.ts'

const program = testApp('exploring')
const { call } = program
const { importText, newHunt } = ruleSteps(program)

const LOGONS = [
  'TimeGenerated,Computer,Account,EventID,Tries',
  '2024-03-01T10:00:00Z,WS1,alice,4624,1',
  '2024-03-01T10:00:02Z,WS2,bob,4625,1.50',
  '2024-03-01T10:05:00Z,WS1,alice,4624,3',
  ',WS3,eve,4624,many',
  '2024-03-01T09:00:00Z,WS1,,4688,',
]
const REQUESTS = [
  'time,src_ip,url',
  '2024-03-01T10:00:01Z,10.0.0.5,http://a.example/x',
  '2024-03-01T10:00:02Z,10.0.0.6,http://a.example/alice',
]

async function hunt(): Promise<{ huntId: string; logons: string; requests: string }> {
  const huntId = await newHunt('h')
  const logons = await importText(huntId, 'logons.csv', LOGONS)
  const requests = await importText(huntId, 'requests.csv', REQUESTS)
  return { huntId, logons, requests }
}

it('the timeline of a hunt has the rows of every dataset by time, and says how many have none', async () => {
  const { huntId, logons, requests } = await hunt()
  const { events, total, rowsWithoutTime, datasets } = await call('rows.timeline', { huntId })
  expect(events.map(({ datasetId, row }) => [datasetId === logons ? 'logons' : 'requests', row])).toEqual([
    ['logons', 5],
    ['logons', 1],
    ['requests', 1],
    ['logons', 2],
    ['requests', 2],
    ['logons', 3],
  ])
  expect([total, rowsWithoutTime]).toEqual([6, 1])
  expect(events[1]).toMatchObject({ time: '2024-03-01T10:00:00.000Z', host: 'WS1', user: 'alice', alerts: 0 })
  expect(events[1]?.event).toContain('4624')
  expect(events[2]?.parts).toContainEqual({ column: 'url', text: 'http://a.example/x' })
  expect(datasets.map(({ id, rows }) => [id, rows])).toEqual([
    [logons, 4],
    [requests, 2],
  ])
  const page = await call('rows.timeline', { huntId, offset: 2, limit: 2 })
  expect(page.events).toEqual(events.slice(2, 4))
  expect((await call('rows.timelinePosition', { huntId, time: '2024-03-01T10:00:02Z' })).position).toBe(3)
})

it('a word is looked for in every dataset, and a field that one of them lacks is no match there', async () => {
  const { huntId, logons, requests } = await hunt()
  const words = await call('rows.timeline', { huntId, q: 'alice' })
  expect(words.events.map(({ datasetId }) => datasetId)).toEqual([logons, requests, logons])
  const field = await call('rows.timeline', { huntId, q: 'Account:alice OR 10.0.0.5' })
  expect(field.total).toBe(2)
  expect(field.datasets.map(({ leftOut }) => leftOut)).toEqual([null, 'It has no field Account.'])
  expect(await failureOf(call('rows.timeline', { huntId, q: 'nowhere:x' }))).toMatchObject({ code: 'invalid-input' })
  expect(await failureOf(call('rows.timeline', { huntId, q: 'a AND' }))).toMatchObject({ detail: { at: 5 } })
  expect(await failureOf(call('rows.timeline', { huntId: logons }))).toMatchObject({ code: 'not-found' })
})

it('a stretch of time cuts the timeline and is the axis of its bars', async () => {
  const { huntId, logons, requests } = await hunt()
  const range = { from: '2024-03-01T10:00:00Z', to: '2024-03-01T10:00:02Z' }
  expect(await call('rows.timeline', { huntId, ...range })).toMatchObject({ total: 2 })
  expect(await call('rows.timelineHistogram', { huntId, ...range })).toMatchObject({
    from: '2024-03-01T10:00:00.000Z',
    buckets: [
      { start: '2024-03-01T10:00:00.000Z', rows: 1, parts: [1, 0] },
      { start: '2024-03-01T10:00:01.000Z', rows: 1, parts: [0, 1] },
    ],
    series: [
      { id: logons, name: 'logons.csv', rows: 1 },
      { id: requests, name: 'requests.csv', rows: 1 },
    ],
  })
  const whole = await call('rows.timelineHistogram', { huntId })
  const none = await call('rows.timelineHistogram', { huntId, q: 'nobody' })
  expect([none.from, none.to, none.buckets]).toEqual([whole.from, whole.to, []])
})

it('rows that alerts stand on are marked on the timeline', async () => {
  const huntId = await newHunt('h')
  await importText(
    huntId,
    'commands.csv',
    [
      'TimeGenerated,Computer,CommandLine',
      '2024-03-01T10:00:00Z,WS1,dir',
      '2024-03-01T10:00:01Z,WS1,vssadmin delete shadows /all /quiet',
    ],
    true,
  )
  const { events } = await call('rows.timeline', { huntId })
  expect(events.map(({ alerts }) => alerts > 0)).toEqual([false, true])
  expect(events[1]?.severity).toMatch(/critical|high/)
})

it('a dataset whose file is gone is left out and says so; the others are there', async () => {
  const { huntId, logons, requests } = await hunt()
  await program.end()
  writeFileSync(join(program.folder, 'datasets', `${logons}.db`), 'no database')
  await program.open()
  const { events, datasets } = await call('rows.timeline', { huntId })
  expect(events.map(({ datasetId }) => datasetId)).toEqual([requests, requests])
  expect(datasets[0]?.leftOut).toMatch(/cannot be read/)
})

it('bars by a column count its most frequent values apart, in all five or four and the rest', async () => {
  const { logons } = await hunt()
  const found = await call('rows.histogram', { datasetId: logons, by: 'EventID' })
  expect(found.series).toEqual([
    { value: 4624, rows: 2 },
    { value: 4625, rows: 1 },
    { value: 4688, rows: 1 },
  ])
  expect(found.rowsWithoutTime).toBe(1)
  const plain = await call('rows.histogram', { datasetId: logons })
  expect(found.buckets.map(({ start, rows }) => ({ start, rows }))).toEqual(plain.buckets)
  for (const { rows, parts } of found.buckets) expect(parts?.reduce((sum, one) => sum + one, 0)).toBe(rows)

  const many = ['time,kind', ...'aaaaabbbbcccddef'.split('').map((kind, n) => `2024-03-01T10:00:${10 + n}Z,${kind}`)]
  const datasetId = await importText(await newHunt('many'), 'many.csv', many)
  const six = await call('rows.histogram', { datasetId, by: 'kind' })
  expect(six.series?.map(({ value }) => value)).toEqual(['a', 'b', 'c', 'd'])
  expect(six.distinct).toBe(6)
  expect(await call('rows.histogram', { datasetId, by: 'kind', q: 'f OR e' })).toMatchObject({
    series: [
      { value: 'e', rows: 1 },
      { value: 'f', rows: 1 },
    ],
  })
  expect(await failureOf(call('rows.histogram', { datasetId, by: 'other' }))).toMatchObject({ code: 'not-found' })
})

it('field statistics are exact: frequent and rare values, empty cells, spans of numbers and times', async () => {
  const { logons } = await hunt()
  const account = await call('rows.fieldStats', { datasetId: logons, column: 'Account' })
  expect(account).toMatchObject({ total: 5, empty: 1, distinct: 3, numbers: null, times: null })
  expect(account.most[0]).toEqual({
    value: 'alice',
    count: 2,
    firstTime: '2024-03-01T10:00:00.000Z',
    lastTime: '2024-03-01T10:05:00.000Z',
  })
  expect(account.least.map(({ value }) => value)).toEqual(['bob', 'eve', 'alice'])
  expect(account.least[1]).toMatchObject({ firstTime: null })
  const event = await call('rows.fieldStats', { datasetId: logons, column: 'EventID', q: 'WS1' })
  expect(event).toMatchObject({ total: 3, numbers: { count: 3, min: 4624, max: 4688 } })
  const time = await call('rows.fieldStats', { datasetId: logons, column: 'TimeGenerated' })
  expect(time.times).toEqual({ count: 4, first: '2024-03-01T09:00:00.000Z', last: '2024-03-01T10:05:00.000Z' })
  expect(await call('rows.fieldStats', { datasetId: logons, column: 'Account', q: 'nobody' })).toMatchObject({
    total: 0,
    most: [],
  })
})

it('facets tell the least frequent values as well', async () => {
  const { logons } = await hunt()
  const rare = await call('rows.facets', { datasetId: logons, column: 'EventID', order: 'least', limit: 2 })
  expect(rare).toMatchObject({
    values: [
      { value: 4625, count: 1 },
      { value: 4688, count: 1 },
    ],
    distinct: 3,
    total: 5,
  })
})
