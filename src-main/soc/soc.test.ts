import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Output } from '#contract/contract'
import { clickhouseMissing, startClickhouse, USERS } from '../clickhouse/localServer.ts'
import { openClickhouseWriter } from '../clickhouse/writeClickhouse.ts'
import { testApp } from '../testing/testApp.ts'
import { panels } from './index.ts'
import { startSocServer, type SocServer } from './testing/socServer.ts'

const program = testApp('soc')
const { call } = program

it('tells what each panel answers and what it needs', async () => {
  const { panels: shapes } = await call('soc.panels', {})
  expect(shapes.length).toBe(panels.length)
  expect(new Set(shapes.map(({ id }) => id)).size).toBe(shapes.length)
  for (const { id, question, parts } of shapes) {
    expect([id, question.length > 10]).toEqual([id, true])
    // The server's own list of dictionaries needs none of ours.
    for (const { name, requires, columns } of parts)
      expect([id, name, requires.length > 0, columns.length > 0]).toEqual([id, name, id !== 'dictionaries', true])
  }
})

it.each(panels.map((one) => [one.shape.id, one] as const))('no value stands in the SQL of %s', (_id, panel) => {
  const marker = "zz'; DROP TABLE x --"
  const databases = { processing: 'p', logs: 'l' }
  for (const filter of panel.shape.filters) {
    let statements
    try {
      statements = panel.statements({ [filter]: marker }, databases, { from: 1, to: 2 })
    } catch {
      // Numbers, and words of a list, refuse it.
      continue
    }
    for (const { statement, total } of statements)
      for (const { text } of [statement, ...(total ? [total] : [])])
        expect([filter, text.includes('zz')]).toEqual([filter, false])
  }
})

/** Detections as a view that takes long: so many numbers are looked at before there is a row. */
const slowly = (numbers = 9e11): string =>
  `CREATE VIEW ja4_processing.ml_detected_anomalies AS SELECT * FROM ja4_processing.kept WHERE (SELECT count() FROM numbers(${numbers}) WHERE sipHash64(number) = 1) >= 0`

/** Waits until so many questions of the overview about detections run on the server. */
async function waitFor({ url }: SocServer, count: number): Promise<void> {
  const sql = "SELECT count() FROM system.processes WHERE query_id LIKE 'huntbench-%' AND query LIKE '%uniq(src_ip)%'"
  const headers = { 'x-clickhouse-user': USERS.soc.name, 'x-clickhouse-key': USERS.soc.password }
  while (Number(await (await fetch(url, { method: 'POST', body: sql, headers })).text()) !== count) await sleep(20)
}

const missing = clickhouseMissing()
describe.skipIf(missing !== null)(`panels on a real server${missing === null ? '' : ` (${missing})`}`, () => {
  let server: SocServer
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    server = await startSocServer()
    for (const { name, password } of Object.values(USERS)) {
      const connection = { name, url: server.url, user: name, password }
      ids[name] = (await call('connections.create', { connection })).id
    }
  })
  afterAll(() => server.stop())

  type Answer = Output<'soc.panel'>
  const run = (panel: string, more: object = {}, user = 'analyst'): Promise<Answer> =>
    call('soc.panel', { connection: ids[user] ?? '', panel, ...more })
  const part = ({ parts }: Answer, name: string) => {
    const found = parts.find((one) => one.name === name)
    if (!found) throw new Error(`no part ${name}`)
    return found
  }

  it.each(Object.keys(USERS))('%s gets the same numbers, with SQL, parameters, id and cost', async (user) => {
    const answer = await run('overview', { last: 7 * 86_400 }, user)
    expect(answer.parts.map(({ failure }) => failure)).toEqual(answer.parts.map(() => null))
    expect(part(answer, 'detections').rows[0]?.['detections']).toBe(server.demo.answers.detections.week)
    expect(part(answer, 'timeline').rows[0]?.['hour']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00Z$/)
    const { sql, params, queryId, milliseconds, rowsRead } = part(answer, 'detections')
    expect(sql).toContain('{last:UInt32}')
    expect(params).toEqual({ last: 7 * 86_400 })
    expect(queryId).toMatch(/^huntbench-/)
    expect(milliseconds).toBeGreaterThanOrEqual(0)
    if (user !== 'reader') expect(rowsRead).toBeGreaterThan(0)
  })

  it('refuses what it does not know', async () => {
    const refused = { code: 'invalid-input' }
    await expect(run('overview', { params: { x: 1 } })).rejects.toMatchObject(refused)
    await expect(run('overview', { only: ['nothing'] })).rejects.toMatchObject(refused)
    await expect(run('overview', { last: 3600, from: '2024-01-01T00:00:00Z' })).rejects.toMatchObject(refused)
    await expect(run('nothing')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('asks before it reads more than the connection says, with the estimate of the server', async () => {
    const id = ids['analyst'] ?? ''
    await call('connections.update', { id, connection: { askAboveRows: 10 } })
    const asked = await run('overview')
    expect(asked.parts).toEqual([])
    expect(asked.needsConsent?.rows).toBeGreaterThan(10)
    expect(await call('soc.estimate', { connection: id, panel: 'overview' })).toEqual(asked.needsConsent)
    expect((await run('overview', { consent: true })).parts.length).toBeGreaterThan(5)
    await call('connections.update', { id, connection: { askAboveRows: 50_000_000 } })
  })

  it('a query that would read too much is stopped by the limit, in its part', async () => {
    const id = ids['analyst'] ?? ''
    await call('connections.update', { id, connection: { maxRowsRead: 1_000 } })
    const answer = await run('overview', { last: 30 * 86_400 })
    await call('connections.update', { id, connection: { maxRowsRead: 2_000_000_000 } })
    expect(part(answer, 'levels').failure).toMatchObject({ code: 'too-large' })
  })

  it('a cancelled panel stops on the server, for every user', async () => {
    for (const id of Object.values(ids))
      await call('connections.update', { id, connection: { maxRowsRead: 1e12, maxBytesRead: 1e15 } })
    await server.writer.run('RENAME TABLE ja4_processing.ml_detected_anomalies TO ja4_processing.kept')
    await server.writer.run(slowly())
    for (const user of Object.keys(USERS)) {
      const connection = program.app.connect(() => undefined)
      const input = { connection: ids[user], panel: 'overview', only: ['detections'], consent: true }
      const left = connection.receive({ t: 'call', id: 1, name: 'soc.panel', input })
      await waitFor(server, 1)
      await connection.receive({ t: 'cancel', id: 1 })
      await left
      await waitFor(server, 0)
      connection.close()
    }
    await server.writer.run('DROP VIEW ja4_processing.ml_detected_anomalies')
    await server.writer.run('RENAME TABLE ja4_processing.kept TO ja4_processing.ml_detected_anomalies')
  })

  it('64-bit numbers keep their digits, NaN is unknown, markup stays text, huge texts end with an ellipsis', async () => {
    await server.writer.run('TRUNCATE TABLE ja4_processing.ml_detected_anomalies')
    const html = '<img src=x onerror=alert(1)>'
    await server.writer.run(
      `INSERT INTO ja4_processing.ml_detected_anomalies (detected_at, src_ip, host, anomaly_score, raw_anomaly_score, threat_level, hits, reason)
       VALUES (now(), '::ffff:10.0.0.1', '${html}', nan, inf, 'HIGH', 18446744073709551615, repeat('x', 1000000))`,
    )
    for (const user of Object.keys(USERS)) {
      const rows = part(await run('detections', {}, user), 'rows')
      expect([user, rows.failure]).toEqual([user, null])
      expect(rows.rows[0]).toMatchObject({
        ...{ host: html, src_ip: '10.0.0.1', hits: '18446744073709551615', anomaly_score: null, ja4: '' },
      })
      expect(String(rows.rows[0]?.['reason']).length).toBe(8_193)
      expect(rows.cutTexts).toBe(1)
    }
  })

  it('a table that goes while it is asked, or is gone, darkens its parts and says which it is', async () => {
    await server.writer.run('RENAME TABLE ja4_processing.ml_detected_anomalies TO ja4_processing.kept')
    await server.writer.run(slowly(3e7))
    const asked = run('overview', { only: ['detections', 'scores'] })
    await waitFor(server, 1)
    await server.writer.run('DROP TABLE ja4_processing.kept')
    await server.writer.run('DROP TABLE ja4_processing.ml_detected_anomalies')
    // What was begun may still be finished; it never hangs, and the other part does not care.
    const meanwhile = await asked
    expect([undefined, 'not-found']).toContain(part(meanwhile, 'detections').failure?.code)
    expect(part(meanwhile, 'scores').failure).toBeNull()
    const answer = await run('overview')
    expect(part(answer, 'detections').failure).toMatchObject({
      code: 'not-found',
      message: 'ja4_processing.ml_detected_anomalies is missing.',
      detail: { missing: ['ja4_processing.ml_detected_anomalies'] },
    })
    expect(part(answer, 'scores').failure).toBeNull()
    const test = await call('connections.test', { id: ids['analyst'] ?? '' })
    expect(test).toMatchObject({ outcome: 'incomplete', message: expect.stringMatching(/^1 of the tables/) })
    expect(test.missing[0]?.panels).toEqual(expect.arrayContaining(['Overview', 'Detections']))
  })
})

describe.skipIf(missing !== null)('a server that changes', () => {
  it('is asked again after it was away, and says what is wrong meanwhile; its zone does not matter', async () => {
    const first = await startSocServer({ timeZone: 'America/New_York' })
    const port = Number(new URL(first.url).port)
    const { id } = await call('connections.create', {
      connection: { name: 'x', url: first.url, user: 'reader', password: 'reader' },
    })
    const asked = { connection: id, panel: 'overview', only: ['timeline', 'detections'] }
    const ask = (consent = false) => call('soc.panel', { ...asked, consent })
    const hours = (await ask()).parts
      .find(({ name }) => name === 'timeline')
      ?.rows.map((row) => Date.parse(String(row['hour'])) / 1000)
    expect(new Set(hours)).toEqual(new Set(Object.keys(first.demo.answers.timeline).map(Number)))
    // Killed while it works on an answer.
    await first.writer.run('RENAME TABLE ja4_processing.ml_detected_anomalies TO ja4_processing.kept')
    await first.writer.run(slowly())
    const cutOff = expect(ask(true)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Try again'),
    })
    await waitFor(first, 1)
    await first.stop()
    await cutOff
    // Nothing is left of the old connection: the next question finds nobody.
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable' })
    // Its user has another password now.
    const users = [USERS.soc, { ...USERS.reader, password: 'new' }]
    const second = await startClickhouse({ port, users })
    try {
      const writer = openClickhouseWriter({ url: second.url, user: 'soc', password: 'secret' })
      await writer.run('CREATE DATABASE ja4_processing')
      await writer.close()
      await expect(ask()).rejects.toMatchObject({
        code: 'unauthorised',
        message: expect.stringContaining('in the settings of the connection'),
      })
      await call('connections.update', { id, connection: { password: 'new' } })
      // The same server without its tables.
      const { parts, server } = await ask()
      expect(server.readonly).toBe(1)
      expect(parts.map(({ failure }) => failure?.code)).toEqual(['not-found', 'not-found'])
    } finally {
      await second.stop()
    }
  })
})
