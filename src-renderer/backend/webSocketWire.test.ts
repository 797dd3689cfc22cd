import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { webSocketWire } from './webSocketWire.ts'

/** What the browser brings: sockets that open and close when the test says so. */
class Socket extends EventTarget {
  static all: Socket[] = []
  readonly url: string
  readonly sent: string[] = []
  constructor(url: URL) {
    super()
    this.url = String(url)
    Socket.all.push(this)
  }
  send(text: string) {
    this.sent.push(text)
  }
  happens(name: 'open' | 'close') {
    this.dispatchEvent(new Event(name))
  }
  hears(data: string) {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

const ORIGIN = 'http://127.0.0.1:5000'
const answer = (status: number, body: unknown = {}) => Promise.resolve(new Response(JSON.stringify(body), { status }))
const asked = vi.fn<typeof fetch>()
const socket = (index: number) => Socket.all.at(index) ?? expect.fail('no such socket')

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', Socket)
  vi.stubGlobal('fetch', asked)
  Socket.all = []
  asked.mockReset().mockImplementation(() => Promise.reject(new TypeError('Failed to fetch')))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('messages go both ways as JSON, to the origin of the page', () => {
  const wire = webSocketWire(ORIGIN)
  const heard: unknown[] = []
  wire.onReply((reply) => heard.push(reply))
  expect([socket(0).url, wire.connection.current()]).toEqual(['ws://127.0.0.1:5000/wire', 'connecting'])
  socket(0).happens('open')
  wire.send({ t: 'call', id: 1, name: 'hunts.list', input: {} })
  socket(0).hears('{"t":"ok","id":1,"value":{}}')
  expect(socket(0).sent).toEqual(['{"t":"call","id":1,"name":"hunts.list","input":{}}'])
  expect(heard).toEqual([{ t: 'ok', id: 1, value: {} }])
})

test('a lost connection is opened again, with longer and longer waits, and says so', async () => {
  const wire = webSocketWire(ORIGIN)
  const states: string[] = []
  wire.connection.onChange(() => states.push(wire.connection.current()))
  socket(0).happens('open')
  socket(0).happens('close')
  await vi.advanceTimersByTimeAsync(500)
  expect(Socket.all).toHaveLength(2)
  socket(1).happens('close')
  await vi.advanceTimersByTimeAsync(500)
  expect(Socket.all).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(500)
  expect(Socket.all).toHaveLength(3)
  socket(2).happens('open')
  expect(states).toEqual(['open', 'lost', 'open'])
})

test('a server that no longer knows this page is told apart from one that is gone', async () => {
  const wire = webSocketWire(ORIGIN)
  socket(0).happens('open')
  asked.mockImplementation(() => answer(403))
  socket(0).happens('close')
  await vi.advanceTimersByTimeAsync(0)
  expect(wire.connection.current()).toBe('refused')
})

test('a file is handed over under its name, with its folder', async () => {
  const wire = webSocketWire(ORIGIN)
  asked.mockImplementation(() => answer(200, { ticket: 't1' }))
  const file = new File(['a,b'], 'Prozesse ü.csv')
  expect(await wire.offerFile(file, 'fall 7/Prozesse ü.csv')).toBe('t1')
  const [url, request] = asked.mock.calls[0] ?? []
  expect(url).toEqual(new URL('http://127.0.0.1:5000/files'))
  expect(request).toMatchObject({
    method: 'POST',
    headers: { 'x-file-name': 'fall%207%2FProzesse%20%C3%BC.csv' },
    body: file,
  })
})

test('a file that is refused says why', async () => {
  const wire = webSocketWire(ORIGIN)
  asked.mockImplementation(() => answer(507, { code: 'disk-full', message: 'The disk is full.' }))
  await expect(wire.offerFile(new File(['a'], 'a.csv'))).rejects.toMatchObject({
    code: 'disk-full',
    message: 'The disk is full.',
  })
  asked.mockImplementation(() => Promise.reject(new TypeError('Failed to fetch')))
  await expect(wire.offerFile(new File(['a'], 'a.csv'))).rejects.toMatchObject({ code: 'unavailable' })
})
