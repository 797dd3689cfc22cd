import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startReceiver, type Receiver } from '../testing/receiver.ts'
import { testMessage } from './messages.ts'
import { postJson, type PostOptions } from './postJson.ts'
import { sendMessage } from './sendMessage.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver({
    '/ok': (response) => response.end('ok'),
    '/html': (response) => response.end('<html>Welcome to the hotel network</html>'),
    '/202': (response) => response.writeHead(202).end(),
    '/teams-lies': (response) => response.end('Webhook message delivery failed with error: HTTP 429'),
    '/500': (response) => response.writeHead(500).end('broken'),
    '/400': (response) => response.writeHead(400).end('invalid_payload'),
    '/429': (response) => response.writeHead(429, { 'retry-after': '7' }).end(),
    '/closes': (_response, socket) => socket.destroy(),
    '/never': () => undefined,
    '/half': (response) => response.writeHead(200, { 'content-length': '100' }).write('half'),
    '/endless': (response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      }
      response.on('drain', more)
      more()
    },
    '/redirect': (response) => response.writeHead(302, { location: receiver.url('/ok') }).end(),
    '/garbage': (_response, socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
  })
})
afterAll(() => receiver.close())

/** A machine that is busy answers late: only what never comes is waited for shortly. */
const options: PostOptions = { totalMs: 10_000 }
const SHORT = 400
const send = (path: string, kind: 'webhook' | 'slack' | 'teams' = 'webhook', totalMs = 10_000) =>
  sendMessage({ kind, url: receiver.url(path), allowPrivate: true, allowHttp: true }, testMessage, 'id', { totalMs })
const post = (url: string, more: PostOptions = {}) =>
  postJson({ url, body: {}, allowPrivate: false, allowHttp: true }, { ...options, ...more })

it('a receiver that takes the message has got it, once', async () => {
  expect(await send('/ok', 'slack')).toMatchObject({ delivered: true, status: 200, answer: 'ok', reason: null })
  expect(await send('/202', 'teams')).toMatchObject({ delivered: true, status: 202 })
  expect(await send('/ok')).toMatchObject({ delivered: true })
  expect(receiver.received.filter(({ path }) => path === '/ok')).toHaveLength(2)
  expect(receiver.received.at(-1)).toMatchObject({
    headers: { 'x-huntbench-delivery': 'id', 'content-type': 'application/json; charset=utf-8' },
    body: { source: 'huntbench', event: 'test' },
  })
})

it('a receiver that fails in any way is told from one that will never take it', async () => {
  const told = async (path: string, kind?: 'slack' | 'teams', totalMs?: number) => {
    const { delivered, retry, status } = await send(path, kind, totalMs)
    return [delivered, retry, status]
  }
  expect(await told('/500')).toEqual([false, true, 500])
  expect(await send('/429')).toMatchObject({ delivered: false, retry: true, retryAfter: '7' })
  expect(await told('/400', 'slack')).toEqual([false, false, 400])
  expect(await told('/html', 'slack')).toEqual([false, true, 200])
  expect(await told('/html', 'teams')).toEqual([false, true, 200])
  expect(await told('/html')).toEqual([false, false, 200])
  expect(await told('/teams-lies', 'teams')).toEqual([false, true, 200])
  expect(await told('/closes')).toEqual([false, true, null])
  expect(await told('/garbage')).toEqual([false, true, null])
  expect(await send('/never', 'webhook', SHORT)).toMatchObject({
    retry: true,
    status: null,
    reason: 'No answer within 1 seconds.',
  })
  expect(await told('/half', undefined, 1_500)).toEqual([true, false, 200])
  const before = receiver.received.length
  expect(await send('/redirect')).toMatchObject({ delivered: false, retry: false, status: 302 })
  expect(receiver.received).toHaveLength(before + 1)
})

it('an endless answer is read to its bound only', async () => {
  const outcome = await send('/endless')
  expect(outcome).toMatchObject({ delivered: true, status: 200 })
  expect(outcome.answer?.length).toBe(500)
})

it('nobody listens, or something that never says a word', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const url = `http://127.0.0.1:${port}/`
  const to = { kind: 'webhook' as const, url, allowPrivate: true, allowHttp: true }
  expect(await sendMessage(to, testMessage, 'id', { totalMs: SHORT })).toMatchObject({ delivered: false, retry: true })
  silent.close()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect((await sendMessage(to, testMessage, 'id', options)).reason).toBe('The receiver refuses the connection.')
})

it('addresses inside are refused however they are written, and nothing is sent', async () => {
  const port = new URL(receiver.url('/')).port
  const before = receiver.received.length
  for (const host of [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0',
    '169.254.169.254',
  ])
    expect([host, await post(`http://${host}:${port}/ok`).catch((error: unknown) => error)]).toMatchObject([
      host,
      { final: true, message: expect.stringContaining('inner network') },
    ])
  expect(receiver.received).toHaveLength(before)
})

it('a name is looked up once: what was checked is what is connected to', async () => {
  const port = new URL(receiver.url('/')).port
  let asked = 0
  // A name that is public the first time it is asked and this computer from then on.
  const rebinding = async () => {
    asked += 1
    return [{ address: asked === 1 ? '192.0.2.1' : '127.0.0.1', family: 4 }]
  }
  const allowed = { url: `http://rebind.test:${port}/ok`, body: {}, allowPrivate: true, allowHttp: true }
  await expect(postJson(allowed, { totalMs: 300, resolve: rebinding })).rejects.toMatchObject({ final: false })
  expect(asked).toBe(1)
  // One inner address among public ones is enough to refuse.
  const mixed = async () => [
    { address: '93.184.216.34', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ]
  await expect(post(`http://mixed.test:${port}/ok`, { resolve: mixed })).rejects.toMatchObject({ final: true })
  const never = () => new Promise<never>(() => undefined)
  await expect(post('http://slow.test/', { resolve: never, totalMs: 50 })).rejects.toMatchObject({ final: false })
})

it('refuses what is no address of a webhook, and never repeats the address in what it says', async () => {
  for (const url of [
    'ftp://a.test/x',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://user:secret@a.test/',
    'nonsense',
  ])
    await expect(post(url)).rejects.toMatchObject({ final: true })
  await expect(postJson({ url: 'http://a.test/', body: {}, allowPrivate: false, allowHttp: false })).rejects.toThrow(
    /https/,
  )
  const gone = async () => {
    throw Object.assign(new Error('getaddrinfo ENOTFOUND secret-host'), { code: 'ENOTFOUND' })
  }
  const error: unknown = await post('http://a.test/secret', { resolve: gone }).catch((one: unknown) => one)
  expect(String(error)).not.toContain('secret')
})
