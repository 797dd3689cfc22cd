import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WebContents } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Reply, Request } from '#contract/wire'
import type { App } from '../app.ts'
import { createTickets } from '../files/tickets.ts'
import { carryWire } from './ipcWire.ts'

type Listener = (event: unknown, ...args: unknown[]) => unknown

/** The runtime of Electron cannot be loaded here; these are the two methods that the wire uses of it. */
const bridge = vi.hoisted(() => ({ channels: new Map<string, Listener>() }))
vi.mock('electron', () => ({
  ipcMain: {
    on: (channel: string, listener: Listener) => bridge.channels.set(channel, listener),
    handle: (channel: string, listener: Listener) => bridge.channels.set(channel, listener),
  },
}))

class Contents extends EventEmitter {
  id = 3
  sent: unknown[][] = []
  gone = false
  isDestroyed() {
    return this.gone
  }
  send(...message: unknown[]) {
    this.sent.push(message)
  }
}

let folder: string
let contents: Contents
let received: Request[]
let sends: ((reply: Reply) => void)[]
let closed: number
let logged: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-ipc-'))
  contents = new Contents()
  received = []
  sends = []
  closed = 0
  logged = []
  const app: App = {
    connect(send) {
      sends.push(send)
      return { receive: (request) => Promise.resolve(void received.push(request)), close: () => void (closed += 1) }
    },
    files: {
      ...createTickets(folder, folder),
      placeAt: () => '',
      openCaseFile: () => Promise.resolve(),
      download: () => null,
    },
    settled: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
  carryWire(contents as unknown as WebContents, app, (message) => logged.push(message))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const page = { url: 'huntbench://app/index.html', parent: null }
const from = (frame: { url: string; parent: unknown } | null = page, id = 3) => ({ sender: { id }, senderFrame: frame })
const say = (channel: string, event: unknown, message: unknown) => bridge.channels.get(channel)?.(event, message)
const call = { t: 'call', id: 1, name: 'hunts.list', input: {} }

test('requests of the page reach the program, and its replies the page', () => {
  say('request', from(), call)
  expect(received).toEqual([call])
  sends[0]?.({ t: 'ok', id: 1, value: [] })
  expect(contents.sent).toEqual([['reply', { t: 'ok', id: 1, value: [] }]])
})

test('a message from another window, frame or page is dropped', async () => {
  const strangers = [
    from(page, 4),
    from({ ...page, parent: page }),
    from({ ...page, url: 'https://evil.example/' }),
    from({ ...page, url: 'about:blank' }),
    from(null),
  ]
  for (const stranger of strangers) {
    say('request', stranger, call)
    expect(await say('offer', stranger, join(folder, 'a.csv'))).toMatchObject({ failure: { code: 'unauthorised' } })
  }
  expect(received).toEqual([])
  expect(logged).toHaveLength(strangers.length * 2)
})

test('a message that is no request is dropped', () => {
  for (const message of [undefined, null, 'x', {}, { t: 'call' }, { ...call, id: '1' }, { ...call, extra: 1 }])
    say('request', from(), message)
  expect(received).toEqual([])
})

test('a file of this machine becomes a ticket; one that is none becomes a failure', async () => {
  const path = join(folder, 'a.csv')
  writeFileSync(path, 'a,b\n')
  expect(await say('offer', from(), path)).toEqual({ ticket: expect.any(String) as string })
  expect(await say('offer', from(), join(folder, 'b.csv'))).toMatchObject({ failure: { code: 'not-found' } })
  for (const path of ['', undefined, 7])
    expect(await say('offer', from(), path)).toMatchObject({ failure: { code: 'unreadable-file' } })
})

test('a page that is loaded anew gets a connection of its own, and the calls of the one before end', () => {
  contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true })
  contents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false })
  expect([sends.length, closed]).toEqual([1, 0])
  contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
  expect([sends.length, closed]).toEqual([2, 1])
})

test('a closed window hears nothing more', () => {
  contents.gone = true
  contents.emit('destroyed')
  sends[0]?.({ t: 'ok', id: 1, value: 1 })
  expect(closed).toBe(1)
  expect(contents.sent).toEqual([])
})
