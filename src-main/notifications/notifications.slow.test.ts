import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Output } from '#contract/contract'
import { createApp, type App } from '../app.ts'
import type { Ports } from '../ports.ts'
import { openClient, type Client } from '../testing/client.ts'
import { failureOf } from '../testing/failureOf.ts'
import { testPorts } from '../testing/ports.ts'
import { startReceiver, type Receiver } from '../testing/receiver.ts'

let receiver: Receiver
let [folder, app, client]: [string, App | null, Client | null] = ['', null, null]
const shown: string[] = []
/** A key ring, as far as a test needs one: what it sealed is not readable. */
const keyRing: Ports['secrets'] = {
  available: true,
  seal: (text) => Buffer.from(text).toString('hex'),
  open: (sealed) => Buffer.from(sealed, 'hex').toString(),
}
async function open(more: Partial<Ports> = {}): Promise<void> {
  const ports: Ports = { ...testPorts(folder), secrets: keyRing, notify: (title) => void shown.push(title), ...more }
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
  receiver = await startReceiver({
    '/ok': (response) => response.end('ok'),
    '/never': () => undefined,
    '/500': (response) => response.writeHead(500).end('broken'),
    '/400': (response) => response.writeHead(400).end('invalid_token'),
  })
  folder = mkdtempSync(join(tmpdir(), 'huntbench-notify-'))
  await open()
})
afterAll(async () => {
  await end()
  await receiver.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  receiver.received.length = 0
  shown.length = 0
})
afterEach(async () => {
  for (const { id } of (await call('notifications.channels', {})).channels)
    await call('notifications.deleteChannel', { id })
})

const channelTo = (path: string, more: object = {}) =>
  call('notifications.createChannel', {
    channel: {
      ...{ name: path, kind: 'webhook', url: receiver.url(path), allowPrivate: true, allowHttp: true },
      ...{ minSeverity: 'info' as const, ...more },
    },
  })
const rows = (commands: string[]): string =>
  `time,host,user,command_line\n${commands.map((one, n) => `2024-01-01T00:00:0${n}Z,WS1,eve,${one}`).join('\n')}\n`
const BAD = ['vssadmin delete shadows /all /quiet', 'wevtutil cl Security', 'whoami /priv']

async function importRows(name = 'a.csv', huntId?: string): Promise<string> {
  const hunt = huntId ?? (await call('hunts.create', { name: 'Hunt' })).id
  writeFileSync(join(folder, name), rows([...BAD, `echo ${name}`]))
  const ticket = await app?.files.offer(join(folder, name))
  const { jobId } = await call('datasets.import', { huntId: hunt, files: [{ ticket: ticket ?? '' }], analyze: true })
  expect(await client?.finished(jobId)).toMatchObject({ state: 'succeeded' })
  return hunt
}
type Log = Output<'notifications.deliveries'>['deliveries']
async function logWhen(done: (log: Log) => boolean): Promise<Log> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const { deliveries } = await call('notifications.deliveries', {})
    if (done(deliveries)) return deliveries
    await wait(20)
  }
  throw new Error(`It did not come to that: ${JSON.stringify((await call('notifications.deliveries', {})).deliveries)}`)
}

it('nothing is sent before notifications are switched on, and then one message for all that a run made', async () => {
  await channelTo('/ok')
  await importRows()
  await wait(100)
  expect((await call('notifications.deliveries', {})).total).toBe(0)
  await call('settings.update', { notify: true })
  const huntId = await importRows('b.csv')
  const [delivery] = await logWhen((log) => log[0]?.state === 'delivered')
  const { total } = await call('alerts.stats', { huntId })
  expect(total).toBeGreaterThan(1)
  expect(delivery).toMatchObject({ alerts: total, hunt: 'Hunt', attempts: 1, status: 200, answer: 'ok', reason: null })
  expect(receiver.received).toHaveLength(1)
  expect(receiver.received[0]?.body).toMatchObject({ event: 'alerts', total, hunt: { id: huntId } })
  // Finding the same again is no news.
  const { jobId } = await call('analyzers.run', { huntId })
  await client?.finished(jobId)
  await wait(100)
  expect(receiver.received).toHaveLength(1)
})

it('a channel gets what is severe enough for it, of its hunt, while it is on', async () => {
  await call('settings.update', { notify: true })
  const mine = (await call('hunts.create', { name: 'Mine' })).id
  await channelTo('/ok', { name: 'critical', minSeverity: 'critical' })
  await channelTo('/ok', { name: 'low only', huntId: mine, minSeverity: 'info', maxSeverity: 'low' })
  await channelTo('/ok', { name: 'mine', huntId: mine })
  await channelTo('/ok', { name: 'off', enabled: false })
  await importRows('other.csv')
  const first = await logWhen((log) => log.length > 0 && log.every(({ state }) => state === 'delivered'))
  expect(first.map(({ channel, severity }) => [channel, severity])).toEqual([['critical', 'critical']])
  await importRows('mine.csv', mine)
  const log = await logWhen((all) => all.length === 4 && all.every(({ state }) => state === 'delivered'))
  const byChannel = new Map(log.map((one) => [one.channel, one]))
  expect(byChannel.get('mine')?.alerts).toBeGreaterThan(byChannel.get('critical')?.alerts ?? 0)
  expect(byChannel.get('low only')?.severity).toBe('low')
  const none = { name: 'none', kind: 'desktop' as const, minSeverity: 'high' as const, maxSeverity: 'low' as const }
  expect(await failureOf(call('notifications.createChannel', { channel: none }))).toMatchObject({
    code: 'invalid-input',
  })
})

it('the address is told to nobody: not to the page, not in the workspace file, and asked for again where it is lost', async () => {
  const channel = await channelTo('/ok', { name: 'On-call' })
  expect(channel).toMatchObject({ address: 'kept', host: new URL(receiver.url('/ok')).host })
  expect(JSON.stringify([channel, await call('notifications.channels', {})])).not.toContain('/ok')
  const { id } = await call('notifications.createChannel', {
    channel: { name: 'x', kind: 'slack', url: 'https://hooks.slack.com/services/T0SECRET' },
  })
  await end()
  for (const file of ['workspace.db', 'workspace.db-wal'])
    expect(readIfThere(join(folder, file))).not.toContain('T0SECRET')
  await open({ secrets: testPorts(folder).secrets })
  expect((await call('notifications.channels', {})).channels.map(({ address }) => address)).toEqual([
    'missing',
    'missing',
  ])
  const again = await call('notifications.updateChannel', {
    id,
    channel: { url: receiver.url('/ok'), allowHttp: true, allowPrivate: true },
  })
  expect(again.address).toBe('this-run')
  expect(await call('notifications.test', { id })).toMatchObject({ delivered: true, answer: 'ok' })
})
const readIfThere = (path: string): string => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

it('a test says what the receiver answered, saved or not, and inner addresses are refused unless allowed', async () => {
  const saved = await channelTo('/400')
  expect(await call('notifications.test', { id: saved.id })).toMatchObject({
    ...{ delivered: false, status: 400, answer: 'invalid_token', reason: 'The receiver answered 400.' },
  })
  const draft = { name: 'd', kind: 'webhook' as const, url: receiver.url('/ok'), allowHttp: true }
  expect(await call('notifications.test', { channel: draft })).toMatchObject({
    delivered: false,
    status: null,
    reason: expect.stringContaining('inner network'),
  })
  expect(await call('notifications.test', { channel: { ...draft, allowPrivate: true } })).toMatchObject({
    delivered: true,
  })
  await expect(call('notifications.test', { channel: { ...draft, allowHttp: false } })).rejects.toMatchObject({
    ...{ code: 'invalid-input', detail: { path: 'channel.url' } },
  })
  await expect(call('notifications.createChannel', { channel: { name: 'n', kind: 'teams' } })).rejects.toMatchObject({
    code: 'invalid-input',
  })
  await expect(
    call('notifications.deleteChannel', { id: '9b2f6c11-0d53-4a77-8f0e-3f2a5d1c0001' }),
  ).rejects.toMatchObject({ code: 'not-found' })
})

it('a receiver that never answers slows no import, and holds up no other channel', async () => {
  await call('settings.update', { notify: true })
  await channelTo('/never')
  await channelTo('/ok')
  for (const name of ['1.csv', '2.csv', '3.csv']) await importRows(name)
  const log = await logWhen((all) => all.filter(({ state }) => state === 'delivered').length === 3)
  expect(log.filter(({ channel }) => channel === '/never').map(({ state }) => state)).toEqual([
    'pending',
    'pending',
    'pending',
  ])
  expect((await call('notifications.channels', {})).pending).toBe(3)
})

it('what waits is sent after a restart, and a deleted hunt or channel takes along what waits', async () => {
  await call('settings.update', { notify: true })
  const { id } = await channelTo('/500')
  const huntId = await importRows()
  await logWhen((log) => log[0]?.attempts === 1)
  expect(await call('notifications.deliveries', {})).toMatchObject({
    deliveries: [{ state: 'pending', status: 500, answer: 'broken', nextAt: expect.any(String) }],
  })
  await end()
  await open()
  await call('notifications.updateChannel', { id, channel: { url: receiver.url('/ok') } })
  await logWhen((log) => log[0]?.state === 'delivered')
  expect(receiver.received.map(({ path }) => path)).toEqual(['/500', '/ok'])
  await call('hunts.delete', { id: huntId })
  expect((await call('notifications.deliveries', {})).total).toBe(0)
})

it('a desktop channel shows a message in the window, and in the pages where there is none', async () => {
  const messages: unknown[] = []
  app?.connect(
    (reply) => reply.t === 'event' && reply.topic === 'notifications.changed' && messages.push(reply.payload),
  )
  const desktop = { name: 'Desktop', kind: 'desktop' as const }
  expect(await call('notifications.test', { channel: desktop })).toMatchObject({ delivered: true, status: null })
  expect(messages).toEqual([
    { message: { title: 'Test message of Huntbench', body: expect.any(String), huntId: null } },
  ])
  await end()
  await open({ shell: 'electron' })
  await call('settings.update', { notify: true })
  await call('notifications.createChannel', { channel: { ...desktop, minSeverity: 'info' } })
  await importRows()
  await logWhen((log) => log[0]?.state === 'delivered')
  expect(shown).toEqual([expect.stringMatching(/new alerts? in Hunt/)])
})
