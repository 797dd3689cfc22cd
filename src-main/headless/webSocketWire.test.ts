import { describe, expect, test } from 'vitest'
import { WebSocket, type ClientOptions } from 'ws'
import { served, until, type Served } from './testing/served.ts'

const now = served()
const ask: Served['ask'] = (...asked) => now().ask(...asked)
const origin = () => now().origin
const cookie = () => now().cookie

function openSocket(
  headers: Record<string, string>,
  options: ClientOptions = {},
): Promise<{ socket: WebSocket; status?: number }> {
  const socket = new WebSocket(`ws://127.0.0.1:${now().server.port}/wire`, { headers, ...options })
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve({ socket }))
    socket.on('unexpected-response', (_request, response) => {
      resolve({ socket, status: response.statusCode ?? 0 })
      socket.terminate()
    })
    socket.on('error', (error) => (error.message.includes('before the connection') ? undefined : reject(error)))
  })
}

const closing = (socket: WebSocket): Promise<{ code: number; reason: string }> =>
  new Promise((resolve) => socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })))

describe('the wire', () => {
  const ours = () => ({ cookie: cookie(), origin: origin() })

  test('carries calls and answers', async () => {
    const { socket } = await openSocket(ours())
    const heard = new Promise<unknown>((resolve) =>
      socket.on('message', (data: Buffer) => resolve(JSON.parse(data.toString()))),
    )
    socket.send(JSON.stringify({ t: 'call', id: 1, name: 'hunts.list', input: { text: 'ü' } }))
    expect(await heard).toEqual({ t: 'ok', id: 1, value: { text: 'ü' } })
    socket.close()
    await until(() => now().app.connections === 0)
  })

  test('opens only with the now().token, for our own page, under our own name', async () => {
    const refused = async (headers: Record<string, string>) => (await openSocket(headers)).status
    expect(await refused({ cookie: cookie() })).toBe(403)
    expect(await refused({ origin: origin() })).toBe(403)
    expect(await refused({ cookie: cookie(), origin: 'http://evil.example' })).toBe(403)
    expect(await refused({ cookie: cookie(), origin: `http://localhost:${now().server.port}` })).toBe(403)
    expect(
      await refused({
        ...ours(),
        host: `evil.example:${now().server.port}`,
        origin: `http://evil.example:${now().server.port}`,
      }),
    ).toBe(403)
    expect(now().app.connections).toBe(0)
  })

  test.each([
    ['not JSON', '{"t":'],
    ['not a request', '{"t":"shout"}'],
    ['no object', '[]'],
    ['no number', '{"t":"call","id":"1","name":"a.b","input":{}}'],
    ['a negative number', '{"t":"cancel","id":-1}'],
    ['more than was agreed', '{"t":"cancel","id":1,"and":2}'],
  ])('a message that is %s ends the connection with the reason, and nothing else', async (_what, message) => {
    const { socket } = await openSocket(ours())
    const closed = closing(socket)
    socket.send(message)
    expect((await closed).code).toBe(1007)
    expect((await closed).reason).toContain('Messages are')
    expect(now().app.received).toEqual([])
    expect((await ask('/', { cookie: cookie() })).status).toBe(200)
  })

  test('bytes are no message', async () => {
    const { socket } = await openSocket(ours())
    const closed = closing(socket)
    socket.send(Buffer.from('{}'))
    expect((await closed).code).toBe(1003)
  })

  test('a message of more than 8 MB ends the connection; one just below is carried', async () => {
    const { socket } = await openSocket(ours(), { maxPayload: 16 * 1024 * 1024 })
    const call = (length: number) => JSON.stringify({ t: 'call', id: 1, name: 'a.b', input: 'x'.repeat(length) })
    const heard = new Promise<void>((resolve) => socket.once('message', () => resolve()))
    socket.send(call(8_000_000))
    await heard
    const closed = closing(socket)
    socket.send(call(8 * 1024 * 1024))
    expect((await closed).code).toBe(1009)
    expect(now().app.received).toHaveLength(1)
  })

  test('is told when the program closes', async () => {
    const { socket } = await openSocket(ours())
    const closed = closing(socket)
    await now().server.close()
    expect((await closed).code).toBe(1001)
    await until(() => now().app.connections === 0)
  })
})
