import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input } from '#contract/contract'
import { exportReport } from '#contract/exportReport'
import { awkwardEvidence, csvOf } from '../../test/predicates/awkwardEvidence.ts'
import { clickhouseMissing, startClickhouse, USERS, type ClickhouseServer } from '../clickhouse/localServer.ts'
import { openClickhouse, type Clickhouse } from '../clickhouse/openClickhouse.ts'
import { datasetSteps } from '../testing/datasetSteps.ts'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'
import { tableOf } from './sendDatasets.ts'

const missing = clickhouseMissing()
describe.skipIf(missing !== null)(`a copy on a server${missing === null ? '' : ` (${missing})`}`, () => {
  const program = testApp('copies')
  const { call } = program
  const { imported } = datasetSteps(program)
  let server: ClickhouseServer
  let clickhouse: Clickhouse
  let [connection, datasetId, huntId, copy] = ['', '', '', '']
  const told = async (sql: string) => (await clickhouse.ask({ sql })).rows
  const send = async (input: Omit<Input<'copies.send'>, 'connection'>) =>
    program.client.finished((await call('copies.send', { connection, ...input })).jobId)

  beforeAll(async () => {
    server = await startClickhouse()
    const { name: user, password } = USERS.soc
    clickhouse = await openClickhouse({ url: server.url, user, password }, () => undefined)
    const draft = { name: 'cluster', url: server.url, user, password, allowWrite: true }
    ;({ id: connection } = await call('connections.create', { connection: draft }))
    ;({ id: datasetId, huntId } = await imported(csvOf(awkwardEvidence(1_500, 7))))
  })
  afterAll(async () => {
    await clickhouse.close()
    await server.stop()
  })

  it('has every row, typed, in parts by month, and is counted', async () => {
    const job = await send({ datasetId })
    expect(job).toMatchObject({ kind: 'copy', state: 'succeeded', failure: null, done: 1_500 })
    const { copies } = await call('copies.list', { datasetId })
    expect(copies).toMatchObject([
      { state: 'complete', rows: 1_500, database: 'huntbench', stale: false, connectionName: 'cluster' },
    ])
    copy = copies[0]?.id ?? ''
    const table = `huntbench.${copies[0]?.table}`
    expect(await told(`SELECT count(), uniqExact(_row) FROM ${table}`)).toEqual([[1_500, 1_500]])
    const [[key, comment]] = (await told(
      `SELECT partition_key, comment FROM system.tables WHERE database = 'huntbench' AND name = '${copies[0]?.table}'`,
    )) as [[string, string]]
    expect([key, comment]).toEqual([expect.stringMatching(/^to(YYYYMM|Year)\(_time\)$/), expect.stringContaining(copy)])
  })

  // Each question by another pair of columns, all of them in the end.
  const sorts = [
    ['src_ip', 'LastSeen'],
    ['Score', 'User'],
    ['Message', 'Pid'],
    ['Pid', 'Mixed'],
    ['_time', 'Score'],
  ] as const
  let turn = 0
  const range = { from: '2019-01-15T05:00:00Z', to: '2019-06-01T00:00:00.000001Z' }
  it.each([
    { q: '' },
    { q: 'müller' },
    { q: 'Score:>=10.5 AND NOT User:маша' },
    { q: 'src_ip:10.0.0.0/8', ...range },
    { q: 'Message:/(?s)a.b/ OR Message:"two*lines"' },
    { q: 'Pid:2568 OR ParentProcessId:>=0x100' },
    { q: 'TimeGenerated:>=2019-06-01 LastSeen:*' },
    { q: 'Nothing:"" cmd', from: range.from },
    { q: '"Odd %_\\"\'\\\\` name":*k*' },
  ])('answers as the dataset does: $q $from', async (narrowed) => {
    const filter = { datasetId, ...narrowed }
    const count = (await call('rows.count', filter)).count
    expect((await call('rows.count', { ...filter, copy })).count).toBe(count)
    const [down, up] = sorts.at(turn++ % sorts.length) ?? ['_row', '_row']
    for (const sort of [undefined, { column: down, descending: true }, { column: up, descending: false }]) {
      const asked = { ...filter, limit: 50, offset: Math.min(3, Math.floor(count / 2)), ...(sort ? { sort } : {}) }
      const [here, there] = await Promise.all([call('rows.page', asked), call('rows.page', { ...asked, copy })])
      const plain = ({ columns, ...page }: typeof here) => ({
        ...page,
        columns: columns.map(({ cut, ...column }) => ({ ...column, cut: cut.toSorted((a, b) => a - b) })),
      })
      expect(plain(there)).toEqual(plain({ ...here, counted: true }))
      const row = there.rows.at(-1)
      if (row === undefined) continue
      const at = { ...filter, row, ...(sort ? { sort } : {}) }
      expect(await call('rows.position', { ...at, copy })).toEqual(await call('rows.position', at))
    }
    for (const column of ['User', 'Nothing']) {
      const asked = { ...filter, column, limit: 500 }
      const [here, there] = await Promise.all([call('rows.facets', asked), call('rows.facets', { ...asked, copy })])
      expect({ ...there, values: new Set(there.values.map((one) => JSON.stringify(one))) }).toEqual({
        ...here,
        values: new Set(here.values.map((one) => JSON.stringify(one))),
      })
    }
    const [here, there] = await Promise.all([
      call('rows.histogram', { ...filter, by: 'Computer' }),
      call('rows.histogram', { ...filter, by: 'Computer', copy }),
    ])
    const bars = ({ buckets, from, to, bucketSeconds, rowsWithoutTime, distinct }: typeof here) => ({
      ...{ from, to, bucketSeconds, rowsWithoutTime, distinct },
      buckets: buckets.flatMap(({ start, rows }) => (rows > 0 ? [[start, rows]] : [])),
    })
    expect(bars(there)).toEqual(bars(here))
    expect(there.series?.map(({ rows }) => rows)).toEqual(here.series?.map(({ rows }) => rows))
    for (const column of [down, up, 'LastSeen'].filter((one) => one !== '_time')) {
      const asked = { ...filter, column, limit: 20 }
      const [ours, theirs] = await Promise.all([
        call('rows.fieldStats', asked),
        call('rows.fieldStats', { ...asked, copy }),
      ])
      // Doubles are added up in another order.
      const average = ours.numbers?.average ?? 0
      expect(Math.abs((theirs.numbers?.average ?? 0) - average)).toBeLessThanOrEqual(1e-12 * Math.abs(average))
      expect(theirs).toEqual({
        ...ours,
        numbers: ours.numbers && { ...ours.numbers, average: theirs.numbers?.average },
      })
    }
  })

  const written = async (input: Input<'rows.export'>): Promise<string> => {
    const job = await program.client.finished((await call('rows.export', { to: 'folder', ...input })).jobId)
    expect(job.failure).toBeNull()
    return readFileSync(String(exportReport.parse(job.result).path), 'utf8')
  }

  it('knows rows by their tags and notes, tells one row whole, and exports the very same file', async () => {
    const tagged = { datasetId, filter: { q: 'Score:>=10.5' }, tag: 'suspicious' as const }
    await call('rows.tag', tagged)
    await call('rows.tag', { datasetId, rows: [3, 7], tag: 'benign' })
    await call('annotations.create', { datasetId, rows: [5, 7, 9], text: 'seen before', tag: 'needs-review' })
    for (const q of ['tag:suspicious', 'NOT tag:susp*', 'tag:"" Pid:*', 'note:* OR tag:benign', 'NOT note:*']) {
      const asked = { datasetId, q }
      expect(await call('rows.count', { ...asked, copy })).toEqual(await call('rows.count', asked))
      const tags = { ...asked, column: '_tag' }
      expect(await call('rows.facets', { ...tags, copy })).toEqual(await call('rows.facets', tags))
    }
    for (const row of [1, 7, 1_500])
      expect(await call('rows.get', { datasetId, copy, row })).toEqual(await call('rows.get', { datasetId, row }))
    expect(await failureOf(call('rows.get', { datasetId, copy, row: 9_999 }))).toMatchObject({ code: 'not-found' })

    const sort = { column: 'Message', descending: true }
    const exports: Input<'rows.export'>[] = [
      { datasetId, filter: { q: 'tag:suspicious' }, sort, marks: true },
      { datasetId, rows: [9, 3, 7], format: 'jsonl' },
      { datasetId, filter: { from: range.from }, format: 'timesketch', columns: ['User', 'LastSeen'] },
      {
        datasetId,
        view: {
          q: 'Pid:*',
          sort,
          stretches: [
            [90, 120],
            [0, 3],
            [2, 10],
          ],
        },
      },
    ]
    for (const asked of exports) {
      const [here, there] = [await written(asked), await written({ ...asked, copy })]
      const lines = (text: string) => (asked.view ? text.split('\r\n').toSorted() : text)
      expect(lines(there)).toEqual(lines(here))
    }
    const { jobId } = await call('rows.export', { datasetId, copy, filter: {}, to: 'folder', name: 'stopped' })
    await call('jobs.cancel', { id: jobId })
    expect(await program.client.finished(jobId)).toMatchObject({ state: 'cancelled' })
    expect(readdirSync(join(program.folder, 'exports')).filter((name) => name.includes('stopped'))).toEqual([])
    const none = await call('rows.export', { datasetId, copy, filter: { q: 'User:nobody' }, to: 'folder' })
    expect(await program.client.finished(none.jobId)).toMatchObject({ failure: { code: 'conflict' } })
  })

  it('tells the timeline of a hunt as this computer does, and what it lacks', async () => {
    const second = { ticket: await program.offer('more.csv', csvOf(awkwardEvidence(200, 11))) }
    const third = { ticket: await program.offer('other.csv', 'time,host\n2019-02-01T10:00:00Z,h\n') }
    await program.client.finished((await call('datasets.import', { huntId, files: [second, third] })).jobId)
    const all = (await call('datasets.list', { huntId })).datasets
    const [more, other] = ['more.csv', 'other.csv'].map((name) => all.find((one) => one.name === name)?.id ?? '')
    expect(await send({ datasetId: more ?? '' })).toMatchObject({ state: 'succeeded' })
    const datasetIds = [datasetId, more ?? '']
    for (const asked of [
      { huntId, datasetIds },
      { huntId, datasetIds, q: 'tag:suspicious OR cmd', ...range },
    ]) {
      for (const offset of [0, 77]) {
        const paged = { ...asked, limit: 60, offset }
        expect(await call('rows.timeline', { ...paged, connection })).toEqual(await call('rows.timeline', paged))
      }
      expect(await call('rows.timelineHistogram', { ...asked, connection })).toEqual(
        await call('rows.timelineHistogram', asked),
      )
      const at = { ...asked, time: '2019-03-01T00:00:00Z' }
      expect(await call('rows.timelinePosition', { ...at, connection })).toEqual(
        await call('rows.timelinePosition', at),
      )
    }
    const { datasets } = await call('rows.timeline', { huntId, connection })
    expect(datasets.find(({ id }) => id === other)?.leftOut).toBe('It was not sent to cluster.')
    const lacking = await failureOf(call('rows.timeline', { huntId, connection, q: 'host:h' }))
    expect(lacking).toMatchObject({ code: 'invalid-input', detail: { column: 'host' } })
  })

  it('is never written over another table, goes only where it may, and is dropped only as ours', async () => {
    await clickhouse.run({ sql: 'CREATE TABLE huntbench.mine (a UInt8) ENGINE = Memory' })
    const refused = await send({ datasetId, table: 'mine' })
    expect(refused).toMatchObject({ state: 'failed', failure: { code: 'conflict' } })
    expect(await told('SELECT count() FROM huntbench.mine')).toEqual([[0]])
    for (const bad of ['x`y', 'a b', '1a', 'a; DROP TABLE b'])
      expect((await failureOf(send({ datasetId, table: bad })))?.code).toBe('invalid-input')
    await call('connections.update', { id: connection, connection: { allowWrite: false } })
    expect(await failureOf(send({ datasetId, table: 'other' }))).toMatchObject({ code: 'conflict' })
    await call('connections.update', { id: connection, connection: { allowWrite: true } })
    expect((await call('copies.list', { datasetId })).total).toBe(1)

    const second = await send({ datasetId, table: 'swapped' })
    const id = (await call('copies.list', {})).copies[0]?.id ?? ''
    expect(second.state).toBe('succeeded')
    await clickhouse.run({ sql: 'DROP TABLE huntbench.swapped SYNC' })
    await clickhouse.run({ sql: 'CREATE TABLE huntbench.swapped (a UInt8) ENGINE = Memory' })
    expect(await call('copies.delete', { id })).toEqual({ dropped: false })
    expect(await told('EXISTS TABLE huntbench.swapped')).toEqual([[1]])
  })

  it('a hunt goes table by table; cancelled, the table it was at is dropped', async () => {
    const { id } = await imported(`time,a.b,a.c,_part,number\n${'2024-05-01T10:00:00Z,x,y,z,1.50\n'.repeat(50)}`)
    const { huntId: other } = await call('datasets.get', { id })
    const second = { ticket: await program.offer('second.csv', 'time,a\n2024-05-01T10:00:00Z,x\n') }
    await program.client.finished((await call('datasets.import', { huntId: other, files: [second] })).jobId)
    const whole = await send({ huntId: other })
    expect(whole).toMatchObject({ state: 'succeeded', done: 51, result: { rows: 51 } })
    expect((await call('copies.list', { huntId: other, connection })).total).toBe(2)
    const [sent] = (await call('copies.list', { datasetId: id })).copies
    const page = await call('rows.page', { datasetId: id, copy: sent?.id, q: 'a.b:x number:1.5', limit: 1 })
    expect(page).toMatchObject({ total: 50 })
    expect(page.columns.map(({ name, cells }) => [name, cells[0]])).toContainEqual(['number', '1.50'])

    const many = await imported(
      `a,b\n${'some text that is long enough to take a while,"quoted ""text"""\n'.repeat(200_000)}`,
    )
    const { jobId } = await call('copies.send', { connection, datasetId: many.id, table: 'half' })
    await call('jobs.cancel', { id: jobId })
    expect(await program.client.finished(jobId)).toMatchObject({ state: 'cancelled' })
    expect((await call('copies.list', { datasetId: many.id })).total).toBe(0)
    expect(await told('EXISTS TABLE huntbench.half')).toEqual([[0]])
  })

  it('tells when the dataset was read otherwise, and goes with its table', async () => {
    const { jobId } = await call('datasets.update', { id: datasetId, timeColumn: 'LastSeen' })
    if (jobId) await program.client.finished(jobId)
    const [stale] = (await call('copies.list', { datasetId })).copies
    expect(stale).toMatchObject({ stale: true, gone: false })
    const barred = { code: 'conflict', message: expect.stringContaining('read otherwise since') }
    expect(await failureOf(call('rows.count', { datasetId, copy, q: 'tag:suspicious' }))).toMatchObject(barred)
    expect(await call('rows.get', { datasetId, copy, row: 1 })).toMatchObject({ line: null, offset: null })
    expect(await call('copies.delete', { id: copy })).toEqual({ dropped: true })
    expect(await failureOf(call('rows.count', { datasetId, copy }))).toMatchObject({ code: 'not-found' })
    expect((await call('copies.list', { datasetId })).total).toBe(0)
  })

  it('goes on when its dataset is deleted here', async () => {
    const { id, huntId: own } = await imported('time,user\n2024-05-01T10:00:00Z,anna\n2024-05-02T10:00:00Z,ben\n')
    await send({ datasetId: id })
    await call('datasets.delete', { id })
    const [left] = (await call('copies.list', { huntId: own })).copies
    expect(left).toMatchObject({ state: 'complete', stale: true, gone: true })
    const of = { datasetId: id, copy: left?.id }
    expect((await call('copies.get', { id: left?.id ?? '' })).columnList.map(({ name }) => name)).toEqual([
      'time',
      'user',
    ])
    expect((await call('rows.page', { ...of, q: 'user:ben' })).rows).toEqual([2])
    expect(await call('rows.get', { ...of, row: 2 })).toMatchObject({
      sourceRow: 2,
      line: null,
      time: expect.any(String),
    })
    expect(await written({ ...of, filter: {} })).toContain('2024-05-02T10:00:00Z,ben')
    expect((await call('rows.timeline', { huntId: own, connection })).total).toBe(2)
    const barred = { code: 'conflict', message: expect.stringContaining('deleted here') }
    expect(await failureOf(call('rows.count', { ...of, q: 'tag:suspicious' }))).toMatchObject(barred)
    expect(await call('copies.delete', { id: left?.id ?? '' })).toEqual({ dropped: true })
  })

  // The last one: the server is gone then.
  it('a server that goes while rows are sent fails the job, which says what is left there', async () => {
    const many = await imported(
      `a,b\n${'some text that is long enough to take a while,"quoted ""text"""\n'.repeat(200_000)}`,
    )
    const { jobId } = await call('copies.send', { connection, datasetId: many.id, table: 'lost' })
    while (
      ((await told("SELECT count() FROM system.processes WHERE query LIKE 'INSERT INTO%lost%'"))[0]?.[0] ?? 0) === 0
    )
      expect(await call('jobs.get', { id: jobId })).toMatchObject({ state: 'running' })
    await server.stop()
    const job = await program.client.finished(jobId)
    expect(job).toMatchObject({
      state: 'failed',
      failure: { code: 'unavailable', message: expect.stringContaining('huntbench.lost could not be dropped') },
    })
    const [left] = (await call('copies.list', { datasetId: many.id })).copies
    expect(left).toMatchObject({ state: 'incomplete', failure: { code: 'unavailable' } })
    const asked = { datasetId: many.id, copy: left?.id }
    expect((await failureOf(call('rows.count', asked)))?.code).toMatch(/^(unavailable|conflict|not-found)$/)
    expect(await failureOf(call('copies.delete', { id: left?.id ?? '' }))).toMatchObject({ code: 'unavailable' })
    expect(await call('copies.delete', { id: left?.id ?? '', keepTable: true })).toEqual({ dropped: false })
  })
})

it('tables are named by datasets, in words that need no quotes', () => {
  const id = '9b0a3b0c-7d0e-4a55-8a6e-0d8f5c7b0001'
  expect(tableOf({ id, name: 'EVTX 4624.csv' })).toBe('evtx_4624_9b0a3b0c')
  expect(tableOf({ id, name: '2024; DROP TABLE`.csv.gz' })).toBe('d_2024_drop_table_csv_9b0a3b0c')
  expect(tableOf({ id, name: 'журнал' })).toBe('d__9b0a3b0c')
})
