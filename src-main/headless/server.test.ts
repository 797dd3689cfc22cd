import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { ClientOptions } from 'ws'
import type { Reply, Request } from '#contract/wire'
import type { App } from '../app.ts'
import { createDownloads } from '../files/downloads.ts'
import { createTickets } from '../files/tickets.ts'
import { startServer } from './server.ts'
import type { Server } from './server.ts'

/** A program that answers every call with its input; its files are the real ones. */
function echoApp(folder: string) {
  const uploads = join(folder, 'uploads')
  const downloads = createDownloads(folder)
  mkdirSync(uploads)
  const app = {
    received: [] as Request[],
    connections: 0,
    connect(send: (reply: Reply) => void) {
      app.connections += 1
      return {
        receive(message: Request) {
          app.received.push(message)
          if (message.t === 'call') send({ t: 'ok', id: message.id, value: message.input })
          return Promise.resolve()
        },
        close() {
          app.connections -= 1
        },
      }
    },
    files: {
      ...createTickets(uploads, folder),
      placeAt: () => '',
      openCaseFile: () => Promise.resolve(),
      download: downloads.take,
    },
    settled: () => Promise.resolve(),
    close: () => Promise.resolve(),
  } satisfies App & { received: Request[]; connections: number }
  return Object.assign(app, { downloads })
}

type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; body: string }

let folder: string
let app: ReturnType<typeof echoApp>
let server: Server
let token: string
let logged: unknown[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-served-'))
  const page = join(folder, 'page')
  mkdirSync(join(page, 'assets'), { recursive: true })
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Huntbench</title>')
  writeFileSync(join(page, 'assets', 'index-Ab12_-xY.js'), 'export {}')
  writeFileSync(join(page, '.hidden.js'), 'hidden')
  writeFileSync(join(folder, 'secret.js'), 'secret')
  symlinkSync(join(folder, 'secret.js'), join(page, 'link.js'))
  app = echoApp(folder)
  logged = []
  server = await startServer({ app, page, port: 0, log: (error) => logged.push(error) })
  token = new URL(server.access.address()).searchParams.get('token') ?? ''
})

afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const origin = () => `http://127.0.0.1:${server.port}`
const cookie = () => `huntbench_${server.port}=${token}`

/** Sends exactly these headers and this path, as no browser would let a page do. */
function ask(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET', body?: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function openSocket(
  headers: Record<string, string>,
  options: ClientOptions = {},
): Promise<{ socket: WebSocket; status?: number }> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/wire`, { headers, ...options })
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

describe('who gets in', () => {
  test('the printed address lets the browser in with a cookie that scripts and other sites cannot use', async () => {
    const entered = await ask(`/?token=${token}`)
    expect(entered.status).toBe(303)
    expect(entered.headers['location']).toBe('/')
    expect(entered.headers['set-cookie']).toEqual([`${cookie()}; HttpOnly; SameSite=Strict; Path=/`])
    const page = await ask('/', { cookie: cookie() })
    expect(page.status).toBe(200)
    expect(page.body).toContain('<title>Huntbench</title>')
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })

  test.each([['/'], ['/index.html'], ['/assets/index-Ab12_-xY.js'], ['/wire'], ['/files'], ['/nothing']])(
    '%s answers 403 without the token',
    async (path) => {
      expect((await ask(path)).status).toBe(403)
      expect((await ask(path, { cookie: `huntbench_${server.port}=${'A'.repeat(43)}` })).status).toBe(403)
      expect((await ask(path, { cookie: `huntbench_${server.port}=` })).status).toBe(403)
    },
  )

  test('a wrong, empty or cut token does not let in', async () => {
    for (const wrong of ['', 'x', token.slice(1), `${token}x`]) {
      const answer = await ask(`/?token=${wrong}`)
      expect(answer.status).toBe(403)
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })

  test('a program may send the token as a bearer token', async () => {
    expect((await ask('/', { authorization: `Bearer ${token}` })).status).toBe(200)
    expect((await ask('/', { authorization: `Bearer ${token}x` })).status).toBe(403)
  })

  test('the address handed to the browser program works once', async () => {
    const path = server.access.addressForOneVisit().slice(origin().length)
    expect((await ask(path)).status).toBe(303)
    expect((await ask(path)).status).toBe(403)
  })

  test('a foreign name that resolves to this machine is refused, with and without the token', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${server.port}`,
      `127.0.0.1:${server.port + 1}`,
      '127.0.0.1',
      `[::1]:${server.port}`,
    ]) {
      expect((await ask('/', { host, cookie: cookie() })).status).toBe(403)
      expect((await ask(`/?token=${token}`, { host })).status).toBe(403)
    }
    expect((await ask('/', { host: `localhost:${server.port}`, cookie: cookie() })).status).toBe(200)
  })

  test('a request from a foreign page is refused even with the cookie', async () => {
    for (const foreign of [
      'http://evil.example',
      'null',
      `http://127.0.0.1:${server.port + 1}`,
      `https://127.0.0.1:${server.port}`,
    ]) {
      expect((await ask('/', { origin: foreign, cookie: cookie() })).status).toBe(403)
      expect((await ask('/files', { origin: foreign, cookie: cookie(), 'x-file-name': 'a' }, 'POST', 'x')).status).toBe(
        403,
      )
    }
    expect((await ask('/', { origin: origin(), cookie: cookie() })).status).toBe(200)
  })

  test('a refusal says what to do and nothing about what was expected', async () => {
    const { body } = await ask('/')
    expect(body).toBe('This address needs the token of this run. Open the address Huntbench printed when it started.\n')
  })
})

describe('the page', () => {
  test('comes with the policy that keeps it from the network', async () => {
    const { headers } = await ask('/', { cookie: cookie() })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port}`)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe|\*/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
  })

  test('files with their hash in the name are kept by the browser, the page itself is asked for again', async () => {
    expect((await ask('/assets/index-Ab12_-xY.js', { cookie: cookie() })).headers['cache-control']).toContain(
      'immutable',
    )
    expect((await ask('/', { cookie: cookie() })).headers['cache-control']).toBe('no-cache')
  })

  test.each([
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/assets/..%2f..%2fsecret.js',
    '/assets/..%5c..%5csecret.js',
    '/%252e%252e/secret.js',
    '//etc/passwd',
    '/link.js',
    '/.hidden.js',
    '/index.html%00.js',
    '/assets/',
    '/assets',
    '/%',
    'http://evil.example/index.html',
    '*',
  ])('%s leads nowhere', async (path) => {
    const answer = await ask(path, { cookie: cookie() })
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('secret')
  })

  test('can only be read', async () => {
    expect((await ask('/', { cookie: cookie(), origin: origin() }, 'PUT', 'x')).status).toBe(405)
    expect((await ask('/files', { cookie: cookie() })).status).toBe(405)
    expect((await ask('/', { cookie: cookie() }, 'HEAD')).body).toBe('')
  })
})

describe('files', () => {
  const post = (headers: OutgoingHttpHeaders, body: string | Buffer = 'a,b\n1,2\n') =>
    ask('/files', { cookie: cookie(), origin: origin(), ...headers }, 'POST', body)

  test('a file that a browser sends becomes a ticket for its very bytes and name', async () => {
    const bytes = Buffer.alloc(3_000_000, 'evidence;')
    const answer = await post({ 'x-file-name': encodeURIComponent('Fälle/日本.csv') }, bytes)
    expect(answer.status).toBe(200)
    const { ticket } = JSON.parse(answer.body) as { ticket: string }
    const file = createdTickets().take(ticket)
    expect(file.name).toBe('Fälle/日本.csv')
    expect(readFileSync(file.path).equals(bytes)).toBe(true)
  })

  test('the beginning of a file that is larger becomes a ticket of its own kind', async () => {
    const answer = await post({ 'x-file-name': 'big.csv', 'x-file-size': '900000000' })
    const { ticket } = JSON.parse(answer.body) as { ticket: string }
    expect(createdTickets().take(ticket)).toMatchObject({ name: 'big.csv', size: 900_000_000, beginning: true })
    expect((await post({ 'x-file-name': 'big.csv', 'x-file-size': '-1' })).status).toBe(400)
  })

  test('an empty file is a file', async () => {
    expect((await post({ 'x-file-name': 'empty.csv' }, '')).status).toBe(200)
  })

  test('a request that does not say where it comes from is refused', async () => {
    expect((await ask('/files', { cookie: cookie(), 'x-file-name': 'a.csv' }, 'POST', 'x')).status).toBe(403)
    expect(readdirSync(join(folder, 'uploads'))).toEqual([])
  })

  test('a missing or broken name is refused', async () => {
    for (const headers of [
      {},
      { 'x-file-name': '' },
      { 'x-file-name': '%' },
      { 'x-file-name': '%00' },
      { 'x-file-name': 'a'.repeat(12_500) },
    ]) {
      const answer = await post(headers)
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'invalid-input' })
    }
  })

  test('a file that does not arrive whole leaves nothing', async () => {
    const socket = connect(server.port, '127.0.0.1')
    socket.write(
      `POST /files HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: ${origin()}\r\nCookie: ${cookie()}\r\nX-File-Name: a.csv\r\nContent-Length: 1000000\r\n\r\n`,
    )
    socket.write('a,b\n'.repeat(1000))
    await until(() => readdirSync(join(folder, 'uploads')).length === 1)
    socket.destroy()
    await until(() => readdirSync(join(folder, 'uploads')).length === 0)
    expect(logged).toEqual([])
  })

  test('a full disk is reported as such and leaves nothing', async () => {
    const aborted: string[] = []
    app.files.upload = (name) =>
      Promise.resolve({
        write: new Writable({
          write: (_chunk, _encoding, done) => done(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
        }),
        done: () => Promise.resolve('never'),
        abort: () => Promise.resolve(void aborted.push(name)),
      })
    const answer = await post({ 'x-file-name': 'big.csv' }, Buffer.alloc(2_000_000))
    expect(answer.status).toBe(507)
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'disk-full' })
    expect(aborted).toEqual(['big.csv'])
  })

  const createdTickets = () => app.files
})

describe('a file that was exported', () => {
  const offered = () => {
    const path = app.downloads.place()
    writeFileSync(path, '<script>alert(1)</script>')
    return `/downloads/${app.downloads.offer(path, 'r\u00e9sum\u00e9 "x".csv', 25)}`
  }

  test('is saved and never shown, once, by who is let in', async () => {
    const path = offered()
    expect((await ask(path)).status).toBe(403)
    expect((await ask(path, { cookie: cookie() }, 'POST')).status).toBe(403)
    const answer = await ask(path, { cookie: cookie() })
    expect(answer).toMatchObject({ status: 200, body: '<script>alert(1)</script>' })
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="r_sum_ _x_.csv"; filename*=UTF-8''r%C3%A9sum%C3%A9%20%22x%22.csv`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect((await ask(path, { cookie: cookie() })).status).toBe(404)
    expect((await ask('/downloads/../secret.js', { cookie: cookie() })).status).toBe(404)
    expect((await ask('/downloads/', { cookie: cookie() })).status).toBe(404)
  })

  test('that was gone from the disk is told like one that was fetched', async () => {
    const path = app.downloads.place()
    const address = `/downloads/${app.downloads.offer(path, 'x.csv', 3)}`
    expect((await ask(address, { cookie: cookie() })).status).toBe(404)
  })
})

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
    await until(() => app.connections === 0)
  })

  test('opens only with the token, for our own page, under our own name', async () => {
    const refused = async (headers: Record<string, string>) => (await openSocket(headers)).status
    expect(await refused({ cookie: cookie() })).toBe(403)
    expect(await refused({ origin: origin() })).toBe(403)
    expect(await refused({ cookie: cookie(), origin: 'http://evil.example' })).toBe(403)
    expect(await refused({ cookie: cookie(), origin: `http://localhost:${server.port}` })).toBe(403)
    expect(
      await refused({ ...ours(), host: `evil.example:${server.port}`, origin: `http://evil.example:${server.port}` }),
    ).toBe(403)
    expect(app.connections).toBe(0)
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
    expect(app.received).toEqual([])
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
    expect(app.received).toHaveLength(1)
  })

  test('is told when the program closes', async () => {
    const { socket } = await openSocket(ours())
    const closed = closing(socket)
    await server.close()
    expect((await closed).code).toBe(1001)
    await until(() => app.connections === 0)
  })
})

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 200) throw new Error('It did not happen within ten seconds')
    await wait(50)
  }
}
