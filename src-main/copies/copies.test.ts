import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input } from '#contract/contract'
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
    expect((await call('copies.list', {})).total).toBe(1)

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
    expect((await call('copies.list', { huntId: other })).total).toBe(2)
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
    expect((await call('copies.list', { datasetId })).copies.map(({ stale }) => stale)).toEqual([true])
    expect(await call('copies.delete', { id: copy })).toEqual({ dropped: true })
    expect(await failureOf(call('rows.count', { datasetId, copy }))).toMatchObject({ code: 'not-found' })
    expect((await call('copies.list', { huntId })).total).toBe(0)
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
