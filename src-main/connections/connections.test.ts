import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type App } from '../app.ts'
import { clickhouseMissing, USERS } from '../clickhouse/localServer.ts'
import type { Ports } from '../ports.ts'
import { startSocServer, type SocServer } from '../soc/testing/socServer.ts'
import { openClient, type Client } from '../testing/client.ts'
import { testPorts } from '../testing/ports.ts'

let [folder, app, client]: [string, App | null, Client | null] = ['', null, null]
const logged: unknown[] = []
/** A key ring, as far as a test needs one: what it sealed is not readable. */
const keyRing: Ports['secrets'] = {
  available: true,
  seal: (text) => Buffer.from(text).toString('hex'),
  open: (sealed) => Buffer.from(sealed, 'hex').toString(),
}
async function open(secrets: Ports['secrets']): Promise<void> {
  const ports: Ports = { ...testPorts(folder), secrets, log: (...line) => void logged.push(line) }
  app = await createApp(ports, { checkAnswers: true })
  client = openClient(app)
}
async function end(): Promise<void> {
  client?.close()
  await app?.close()
  app = client = null
}
const call: Client['call'] = (name, input) => {
  if (!client) throw new Error('The program is not running.')
  return client.call(name, input)
}
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-connections-'))
  await open(keyRing)
})
afterAll(async () => {
  await end()
  rmSync(folder, { recursive: true, force: true })
})

const SECRET = 'T0p-secret!'
const draft = { name: 'soc-prod', url: 'https://ch.example:8443', user: 'analyst' }

describe('a password', () => {
  it('is told to nobody, is not in the workspace file or the log, and survives the program only in a key ring', async () => {
    const made = await call('connections.create', { connection: { ...draft, password: SECRET } })
    expect(made).toMatchObject({ ...draft, password: 'kept', verifyTls: true, allowWrite: false })
    expect(JSON.stringify([made, await call('connections.list', {})])).not.toContain(SECRET)
    const { id } = await call('connections.create', { connection: { ...draft, name: 'b' } })
    expect(await call('connections.get', { id })).toMatchObject({ password: 'none' })
    await end()
    for (const file of ['workspace.db', 'workspace.db-wal'])
      expect(readFileSync(join(folder, file), { flag: 'a+' }).includes(SECRET)).toBe(false)

    await open({ available: false, seal: (text) => text, open: (sealed) => sealed })
    expect(await call('connections.list', {})).toMatchObject({ keyRing: false })
    expect(await call('connections.get', { id: made.id })).toMatchObject({ password: 'missing' })
    await expect(call('soc.panel', { connection: made.id, panel: 'overview' })).rejects.toMatchObject({
      code: 'unauthorised',
    })
    const again = await call('connections.update', { id: made.id, connection: { password: SECRET } })
    expect(again.password).toBe('this-run')
    await end()
    expect(readFileSync(join(folder, 'workspace.db')).includes(SECRET)).toBe(false)
    await open(keyRing)
    expect(await call('connections.get', { id: made.id })).toMatchObject({ password: 'missing' })
    expect(JSON.stringify(logged)).not.toContain(SECRET)
  })

  it('goes to no other address or user than it was given for', async () => {
    const { id } = await call('connections.create', { connection: { ...draft, password: SECRET } })
    for (const change of [{ url: 'https://evil.example' }, { url: 'http://ch.example:8443' }, { user: 'other' }]) {
      const refused = { code: 'invalid-input', detail: { path: 'connection.password' } }
      await expect(call('connections.update', { id, connection: change })).rejects.toMatchObject(refused)
      await expect(call('connections.test', { id, connection: { ...draft, ...change } })).rejects.toMatchObject(refused)
    }
    expect(await call('connections.update', { id, connection: { url: 'https://ch.example:8443/' } })).toMatchObject({
      password: 'kept',
    })
    const moved = await call('connections.update', { id, connection: { user: 'other', password: '' } })
    expect(moved.password).toBe('none')
  })
})

it('refuses names and addresses that would mean something else', async () => {
  for (const bad of [
    { processingDatabase: 'a`b' },
    { logsDatabase: 'x; DROP DATABASE y' },
    { logsDatabase: '' },
    { url: 'ftp://x' },
    { url: 'https://user:pw@host' },
    { url: 'https://host/?user=x' },
    { url: 'https://host/path' },
    { maxSeconds: 0 },
  ])
    await expect(call('connections.create', { connection: { ...draft, ...bad } })).rejects.toMatchObject({
      code: 'invalid-input',
    })
})

it('a connection that is deleted is gone', async () => {
  const { id } = await call('connections.create', { connection: draft })
  expect(await call('connections.delete', { id })).toEqual({ ok: true })
  for (const name of ['connections.get', 'connections.delete', 'connections.test', 'connections.latency'] as const)
    await expect(call(name, { id })).rejects.toMatchObject({ code: 'not-found' })
})

it('says when nobody is there', async () => {
  const connection = { ...draft, url: 'http://127.0.0.1:9', password: SECRET }
  const test = await call('connections.test', { connection })
  expect(test).toMatchObject({ outcome: 'unreachable', version: null, missing: [] })
  expect(JSON.stringify(test)).not.toContain(SECRET)
})

const missing = clickhouseMissing()
describe.skipIf(missing !== null)(`a test of a real server${missing === null ? '' : ` (${missing})`}`, () => {
  let server: SocServer
  beforeAll(async () => {
    server = await startSocServer()
  })
  afterAll(() => server.stop())
  const test = (change: object) =>
    call('connections.test', {
      connection: { ...draft, url: server.url, user: USERS.reader.name, password: USERS.reader.password, ...change },
    })

  it.each(Object.values(USERS))(
    'tells what $name may do, the version and the clock',
    async ({ name, password, readonly }) => {
      const answer = await test({ user: name, password })
      expect(answer).toMatchObject({
        outcome: 'ok',
        readonly,
        missing: [],
        version: expect.stringMatching(/^\d+\.\d+/),
      })
      expect(Math.abs(answer.clockSkewMs ?? 1e9)).toBeLessThan(3_000)
      expect(answer.databases).toEqual([
        { name: 'ja4_processing', found: true },
        { name: 'ja4_logs', found: true },
      ])
    },
  )

  it('tells a wrong password from a missing database, from missing tables, from no encryption', async () => {
    expect(await test({ password: 'wrong' })).toMatchObject({ outcome: 'wrong-password' })
    expect(await test({ user: 'default', password: 'wrong' })).toMatchObject({ outcome: 'wrong-password' })
    expect(await test({ logsDatabase: 'nowhere' })).toMatchObject({
      outcome: 'missing-database',
      message: expect.stringContaining('nowhere'),
    })
    expect(await test({ url: server.url.replace('http:', 'https:') })).toMatchObject({ outcome: 'tls' })
    await server.writer.run('CREATE DATABASE empty')
    const lacking = await test({ processingDatabase: 'empty' })
    expect(lacking.outcome).toBe('incomplete')
    expect(lacking.missing).toContainEqual({
      object: 'empty.ml_detected_anomalies',
      panels: expect.arrayContaining(['Overview', 'Detections']),
    })
    expect(lacking.missing.map(({ object }) => object)).not.toContain('ja4_logs.http_logs')
    // A table that is there and lacks a column: panels that name it are told.
    await server.writer.run('CREATE DATABASE older')
    await server.writer.run(
      'CREATE TABLE older.http_logs ENGINE = Memory AS SELECT * EXCEPT (header_sec_ch_ua) FROM ja4_logs.http_logs LIMIT 0',
    )
    const older = await test({ logsDatabase: 'older' })
    expect(older).toMatchObject({ outcome: 'incomplete', message: expect.stringContaining('columns') })
    const [column] = older.missing
    expect(column?.object).toMatch(/header_sec_ch_ua \(.*older\.http_logs/)
    expect(column?.panels).toEqual(['Discovery'])
  })

  it('tells how long the way to the server is, also to those who may set nothing, and that it is away', async () => {
    const { name: user, password } = USERS.reader
    const { id } = await call('connections.create', { connection: { ...draft, url: server.url, user, password } })
    const { ms, version } = await call('connections.latency', { id })
    expect([ms < 10_000, version]).toEqual([true, expect.stringMatching(/^\d+\.\d+/)])
    await call('connections.update', { id, connection: { url: 'http://127.0.0.1:9', password } })
    await expect(call('connections.latency', { id })).rejects.toMatchObject({ code: 'unavailable' })
  })
})
