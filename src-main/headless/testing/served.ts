import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request, type OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach } from 'vitest'
import type { Reply, Request } from '#contract/wire'
import type { App } from '../../app.ts'
import { createDownloads } from '../../files/downloads.ts'
import { createTickets } from '../../files/tickets.ts'
import { startServer, type Server } from '../server.ts'

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

/** `headers` and `body` as they came. */
export type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; body: string }

export type Served = {
  folder: string
  app: ReturnType<typeof echoApp>
  server: Server
  token: string
  /** What the server wrote into its log. */
  logged: unknown[]
  origin: string
  cookie: string
  /** Sends exactly these headers and this path, as no browser would let a page do. */
  ask(path: string, headers?: OutgoingHttpHeaders, method?: string, body?: string | Buffer): Promise<Answer>
}

/** A server for each test of a file, with a small page and files that nobody may reach through it. */
export function served(): () => Served {
  let now: Served | undefined
  beforeEach(async () => {
    now = await start()
  })
  afterEach(async () => {
    await now?.server.close()
    if (now) rmSync(now.folder, { recursive: true, force: true })
    now = undefined
  })
  return () => {
    if (!now) throw new Error('A server is there while a test runs.')
    return now
  }
}

async function start(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-served-'))
  const page = join(folder, 'page')
  mkdirSync(join(page, 'assets'), { recursive: true })
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Huntbench</title>')
  writeFileSync(join(page, 'assets', 'index-Ab12_-xY.js'), 'export {}')
  writeFileSync(join(page, '.hidden.js'), 'hidden')
  writeFileSync(join(folder, 'secret.js'), 'secret')
  symlinkSync(join(folder, 'secret.js'), join(page, 'link.js'))
  const app = echoApp(folder)
  const logged: unknown[] = []
  const server = await startServer({ app, page, port: 0, log: (error) => logged.push(error) })
  const { port } = server
  const token = new URL(server.access.address()).searchParams.get('token') ?? ''
  return {
    ...{ folder, app, server, token, logged },
    origin: `http://127.0.0.1:${port}`,
    cookie: `huntbench_${port}=${token}`,
    ask: (path, headers = {}, method = 'GET', body = undefined) =>
      new Promise((resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(parts).toString(),
            }),
          )
        })
        sent.on('error', reject)
        sent.end(body)
      }),
  }
}

export async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 200) throw new Error('It did not happen within ten seconds')
    await wait(50)
  }
}
