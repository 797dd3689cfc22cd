import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { WebSocketServer } from 'ws'
import { pageFile } from '../pageFile.ts'
import { pageHeaders } from '../pagePolicy.ts'
import type { App } from '../app.ts'
import { createAccess } from './access.ts'
import type { Access } from './access.ts'
import { isDownload, sendDownload } from './downloads.ts'
import { refusalText, refuseUpgrade } from './refuse.ts'
import { receiveUpload } from './uploads.ts'
import { carryWire, MESSAGE_BYTES_MAX, sayGoodbye } from './webSocketWire.ts'

/** Pages open at once; more is a fault of whoever opens them. */
const CONNECTIONS_MAX = 64
/** How long a page may take to say goodbye, and a refused upload to stop sending. */
const PARTING_MS = 1_000

export type ServerOptions = { app: App; page: string; port: number; log: (error: unknown) => void }
export type Server = { port: number; access: Access; close(): Promise<void> }

/** Serves the workstation to browsers of this machine: the page, its wire and the files they hand over. */
export async function startServer({ app, page, port, log }: ServerOptions): Promise<Server> {
  // A large file takes as long as it takes: no limit on the whole request, only on its head.
  const http = createServer({ requestTimeout: 0, headersTimeout: 10_000, keepAliveTimeout: 5_000 })
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen({ host: '127.0.0.1', port }, () => resolve())
  })
  const bound = http.address()
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port
  const access = createAccess(actual)
  const headers = pageHeaders([`ws://127.0.0.1:${actual}`, `ws://localhost:${actual}`])
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_MAX, perMessageDeflate: false })

  http.on('request', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    answer(request, response, { app, page, access, log }).catch((error: unknown) => {
      log(error)
      if (!response.headersSent) say(response, 500, 'Something went wrong here. The log of the workspace says what.')
      else response.destroy()
    })
  })
  http.on('upgrade', (request, socket, head) => {
    const refused = access.refusal(request.headers, true)
    if (refused) return refuseUpgrade(socket, 403, refusalText[refused])
    if (pathOf(request) !== '/wire') return refuseUpgrade(socket, 404, 'There is nothing here.')
    if (sockets.clients.size >= CONNECTIONS_MAX)
      return refuseUpgrade(socket, 503, 'Too many pages are open. Close some of them.')
    sockets.handleUpgrade(request, socket, head, (webSocket) => carryWire(webSocket, app, log))
  })
  http.on('error', log)

  return {
    port: actual,
    access,
    async close() {
      for (const client of sockets.clients) sayGoodbye(client)
      const closed = new Promise<void>((resolve) => http.close(() => resolve()))
      http.closeIdleConnections()
      setTimeout(() => {
        for (const client of sockets.clients) client.terminate()
        http.closeAllConnections()
      }, PARTING_MS).unref()
      await closed
    },
  }
}

type Room = { app: App; page: string; access: Access; log: (error: unknown) => void }

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { app, page, access, log }: Room,
): Promise<void> {
  const reading = request.method === 'GET' || request.method === 'HEAD'
  const refused = access.foreign(request.headers, !reading)
  if (refused) return say(response, 403, refusalText[refused])

  const token = request.method === 'GET' ? tokenOf(request) : undefined
  if (token !== undefined) {
    const cookie = access.enter(token)
    if (cookie === undefined) return say(response, 403, refusalText.token)
    response.writeHead(303, { Location: '/', 'Set-Cookie': cookie, 'Cache-Control': 'no-store' }).end()
    return
  }
  const unknown = access.refusal(request.headers, !reading)
  if (unknown) return say(response, 403, refusalText[unknown])

  const path = pathOf(request)
  if (path === '/files') {
    if (request.method !== 'POST') return say(response, 405, 'Files are handed over with POST.', { Allow: 'POST' })
    const { status, body } = await receiveUpload(request, app.files, log)
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' })
    response.end(JSON.stringify(body))
    stopReading(request)
    return
  }
  if (isDownload(path)) {
    if (request.method !== 'GET') return say(response, 405, 'Files are fetched with GET.', { Allow: 'GET' })
    if (!(await sendDownload(path, response, app.files)))
      return say(response, 404, 'This file was fetched already, or is no longer kept. Export it again.')
    return
  }
  if (!reading) return say(response, 405, 'This address can only be read.', { Allow: 'GET, HEAD' })
  const file = await pageFile(page, path)
  if (!file)
    return say(response, 404, path === '/' ? 'The page is not built. Run npm run build.' : 'There is nothing here.')
  response.writeHead(200, {
    'Content-Type': file.type,
    'Content-Length': file.bytes.length,
    'Cache-Control': file.lasting ? 'private, max-age=31536000, immutable' : 'no-cache',
  })
  response.end(request.method === 'HEAD' ? undefined : file.bytes)
}

function say(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`${text}\n`)
  stopReading(response.req)
}

/** What a refused sender still sends is thrown away, for a moment: long enough that it reads the answer. */
function stopReading(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return
  request.resume()
  const timer = setTimeout(() => request.destroy(), PARTING_MS).unref()
  request.once('close', () => clearTimeout(timer))
}

const addressOf = (request: IncomingMessage): URL | undefined => {
  const target = request.url ?? '/'
  return target.startsWith('/') ? (URL.parse(`http://127.0.0.1${target}`) ?? undefined) : undefined
}
const pathOf = (request: IncomingMessage): string => addressOf(request)?.pathname ?? ''
const tokenOf = (request: IncomingMessage): string | undefined => {
  const address = addressOf(request)
  return address?.pathname === '/' ? (address.searchParams.get('token') ?? undefined) : undefined
}
