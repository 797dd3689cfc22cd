import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWritable } from '../sqlite/db.ts'
import { createEvents } from '../rpc/events.ts'
import { testPorts } from '../testing/ports.ts'
import { startReceiver, type Receiver } from '../testing/receiver.ts'
import { testStore } from '../testing/testStore.ts'
import { createNotifications, type Notifications } from './createNotifications.ts'

const HUNT = '7c9a1f20-5b7e-4e0c-9a51-0d1f6e2b0001'
const test = testStore(() => 'a\n1\n')
let receiver: Receiver
let notifications: Notifications
let [on, forbidden]: [boolean, string | null] = [true, null]

beforeAll(async () => {
  receiver = await startReceiver({
    '/later': (response, _socket, n) => (n < 3 ? response.writeHead(503).end() : response.end('ok')),
    '/429': (response, _socket, n) =>
      n === 0 ? response.writeHead(429, { 'retry-after': '1' }).end() : response.end('ok'),
    '/500': (response) => response.writeHead(500).end(),
    '/400': (response) => response.writeHead(400).end(),
    '/never': () => undefined,
    '/ok': (response) => response.end('ok'),
  })
  await test.store.write.hunts.create({ id: HUNT, name: 'H', description: '', analyzeOnImport: true, now: 1 })
  notifications = createNotifications({
    store: test.store,
    ports: testPorts(''),
    events: createEvents(),
    on: async () => on,
    mayLeave: async () => forbidden,
    pace: { firstMs: 10, mostMs: 40, attempts: 5, askedMostMs: 2_000, ageMs: 60_000 },
    post: { totalMs: 10_000 },
  })
})
afterAll(async () => {
  await notifications.close()
  await receiver.close()
})

async function channelTo(path: string): Promise<string> {
  const channel = { name: path, kind: 'webhook' as const, url: receiver.url(path), allowPrivate: true, allowHttp: true }
  const made = await notifications.handlers['notifications.createChannel'](
    { channel: { ...channel, enabled: true, minSeverity: 'info', maxSeverity: 'critical', huntId: null } },
    { signal: new AbortController().signal },
  )
  return made.id
}
async function enqueue(channelId: string, times = 1): Promise<void> {
  const digest = { hunt: { id: HUNT, name: 'H' }, total: 1, severities: { high: 1 }, top: [] }
  await test.store.write.notifications.enqueue(
    Array.from({ length: times }, () => ({
      id: randomUUID(),
      channelId,
      title: 'T',
      severity: 'high' as const,
      digest,
    })),
    Date.now(),
  )
  notifications.wake()
}
const logOf = async (channelId: string) =>
  (await test.store.read().notifications.deliveries({ channelId, limit: 500, offset: 0 })).deliveries
async function settled(channelId: string): Promise<Awaited<ReturnType<typeof logOf>>> {
  for (const end = Date.now() + 15_000; Date.now() < end;) {
    const log = await logOf(channelId)
    if (log.length > 0 && log.every(({ state }) => state !== 'pending')) return log
    await wait(10)
  }
  throw new Error('Still pending.')
}

it('tries again until the receiver takes it, as late as the receiver asks', async () => {
  const later = await channelTo('/later')
  await enqueue(later)
  expect(await settled(later)).toMatchObject([{ state: 'delivered', attempts: 4, status: 200 }])
  const asked = await channelTo('/429')
  const begun = performance.now()
  await enqueue(asked)
  expect(await settled(asked)).toMatchObject([{ state: 'delivered', attempts: 2 }])
  expect(performance.now() - begun).toBeGreaterThan(950)
})

it('gives up after its attempts, and at once where trying again cannot help', async () => {
  const broken = await channelTo('/500')
  await enqueue(broken)
  expect(await settled(broken)).toMatchObject([{ state: 'failed', attempts: 5, reason: 'The receiver answered 500.' }])
  const wrong = await channelTo('/400')
  await enqueue(wrong)
  expect(await settled(wrong)).toMatchObject([{ state: 'failed', attempts: 1, status: 400 }])
})

it('waits for a channel are bounded, and what is dropped is said', async () => {
  on = false
  const id = await channelTo('/never')
  await enqueue(id, 150)
  const log = await logOf(id)
  expect(log.filter(({ state }) => state === 'dropped')).toHaveLength(50)
  expect(log.find(({ state }) => state === 'dropped')?.reason).toMatch(/wait for this channel already/)
  await test.store.write.notifications.removeChannel(id)
  on = true
})

it('where it cannot be noted how it went, the message is not sent again and again', async () => {
  const db = openWritable(test.database)
  db.exec(`CREATE TRIGGER broken BEFORE UPDATE ON notification_deliveries BEGIN SELECT raise(ABORT, 'full'); END`)
  const id = await channelTo('/ok')
  const before = receiver.received.length
  await enqueue(id)
  await wait(150)
  expect(receiver.received).toHaveLength(before + 1)
  expect(await logOf(id)).toMatchObject([{ state: 'pending', attempts: 0 }])
  db.exec('DROP TRIGGER broken')
  db.close()
})

it('nothing leaves where a case forbids it, and the log says so', async () => {
  forbidden = 'PAP:RED: nothing may leave.'
  const before = receiver.received.length
  const id = await channelTo('/ok')
  await enqueue(id)
  expect(await settled(id)).toMatchObject([{ state: 'dropped', attempts: 0, reason: forbidden }])
  expect(receiver.received).toHaveLength(before)
  forbidden = null
})

it('while notifications are off nothing is sent; what waited goes when they are on again', async () => {
  on = false
  const id = await channelTo('/ok')
  await enqueue(id)
  await wait(60)
  expect(await logOf(id)).toMatchObject([{ state: 'pending', attempts: 0 }])
  on = true
  notifications.wake()
  expect(await settled(id)).toMatchObject([{ state: 'delivered' }])
})
