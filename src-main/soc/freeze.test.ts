import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Input } from '#contract/contract'
import type { ImportReport } from '#contract/datasets'
import { clickhouseMissing, USERS } from '../clickhouse/localServer.ts'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'
import { frozenDialect, frozenLines } from './frozenCsv.ts'
import { sharedSocServer, type SharedSocServer } from './testing/sharedSocServer.ts'

const missing = clickhouseMissing()
describe.skipIf(missing !== null)(`a frozen answer${missing === null ? '' : ` (${missing})`}`, () => {
  const program = testApp('freezing')
  const { call } = program
  let shared: SharedSocServer
  let [connection, huntId] = ['', '']
  beforeAll(async () => {
    shared = await sharedSocServer()
    const { name: user, password } = USERS.reader
    ;({ id: connection } = await call('connections.create', {
      connection: { name: 'soc', url: shared.url, user, password },
    }))
    ;({ id: huntId } = await call('hunts.create', { name: 'frozen' }))
  })

  async function freeze(input: Partial<Input<'soc.freeze'>>) {
    const asked = { connection, huntId, panel: 'detections', part: 'rows', ...input }
    return program.client.finished((await call('soc.freeze', asked)).jobId)
  }
  // The result of this kind of job, by contract.
  const datasetOf = (job: { result: unknown }): string => (job.result as ImportReport).datasets[0]?.id ?? ''

  it('is a dataset of the hunt with all rows that the filters leave, and the question it answers', async () => {
    const { answers, rows } = shared.demo
    const params = { threat_level: 'CRITICAL', sort: 'anomaly_score', limit: 5, offset: 40 }
    const job = await freeze({ params })
    expect(job).toMatchObject({ kind: 'freeze', state: 'succeeded', failure: null })
    const dataset = await call('datasets.get', { id: datasetOf(job) })
    const wanted = rows.ml_detected_anomalies.filter(
      ({ detected_at, threat_level }) => detected_at >= answers.now - 30 * 86_400 && threat_level === 'CRITICAL',
    )
    expect(dataset).toMatchObject({ rows: wanted.length, quarantined: 0, timeColumn: 'detected_at' })
    expect(dataset.origin).toMatchObject({
      connection: { id: connection, name: 'soc', url: shared.url },
      ...{ panel: 'detections', part: 'rows', title: 'Detections', rows: wanted.length, cut: false },
      params: { threat_level: 'CRITICAL', offset: 0 },
      sql: expect.stringContaining('{threat_level:String}'),
      version: expect.stringMatching(/^\d+\.\d+/),
      queryId: expect.stringMatching(/^huntbench-/),
      sha256: dataset.sha256,
    })
    const source = readFileSync(join(program.folder, 'sources', dataset.id))
    expect(createHash('sha256').update(source).digest('hex')).toBe(dataset.sha256)
    const fields = Object.fromEntries(dataset.columnList.map(({ name, fields: fed }) => [name, fed]))
    expect(fields).toMatchObject({ src_ip: ['src_ip'], ja4: ['ja4'], host: ['domain'] })
    const { values } = await call('rows.facets', { datasetId: dataset.id, column: 'host', limit: 500 })
    const hosts = new Map<string, number>()
    for (const { host } of wanted) hosts.set(host, (hosts.get(host) ?? 0) + 1)
    expect(new Map(values.map(({ value, count }) => [value, count]))).toEqual(hosts)
    const [one] = wanted
    const found = await call('correlation.findIoc', { value: one?.src_ip.replace('::ffff:', '') ?? '' })
    expect(JSON.stringify(found)).toContain(dataset.id)
  })

  it('of a whole part, whatever its page; the same bytes twice are one dataset', async () => {
    const job = await freeze({ panel: 'overview', part: 'levels' })
    const dataset = await call('datasets.get', { id: datasetOf(job) })
    expect(dataset.name).toMatch(/^Overview, Threat levels/)
    const again = await freeze({ panel: 'overview', part: 'levels' })
    expect(datasetOf(again)).toBe(dataset.id)
    expect(await call('datasets.list', { huntId })).toMatchObject({ total: 2 })
  })

  it('is refused where there is nothing to keep or nowhere to keep it, and leaves nothing', async () => {
    const before = readdirSync(program.folder, { recursive: true }).length
    expect(await freeze({ params: { ja4: 'none' } })).toMatchObject({ state: 'failed', failure: { code: 'conflict' } })
    for (const bad of [{ part: 'nope' }, { panel: 'nope' }, { params: { limit: 501 } }, { huntId: connection }])
      expect(['not-found', 'invalid-input']).toContain((await failureOf(freeze(bad)))?.code)
    const { jobId } = await call('soc.freeze', { connection, huntId, panel: 'detections', part: 'rows' })
    await call('jobs.cancel', { id: jobId })
    expect((await program.client.finished(jobId)).state).toBe('cancelled')
    expect(readdirSync(program.folder, { recursive: true }).length).toBe(before)
  })
})

it('every character of a frozen text comes back, and columns mean what the panel says', () => {
  const columns = {
    time: 'time',
    first: 'time',
    user_agent: 'text',
    hosts: 'list',
    src: 'address',
    n: 'number',
  } as const
  const rows = [
    { time: null, user_agent: '<b>"a", b\r\n', hosts: ['x', 'y,z'], src: '10.0.0.1', n: '18446744073709551615' },
  ]
  expect([...frozenLines(columns, rows)].join('')).toBe(
    'time,first,user_agent,hosts,src,n\r\n,,"<b>""a"", b\r\n","[""x"",""y,z""]",10.0.0.1,18446744073709551615\r\n',
  )
  expect(frozenDialect(columns)).toMatchObject({
    timeColumn: 'time',
    fields: { user_agent: ['user_agent'], src: ['src_ip'] },
  })
})
