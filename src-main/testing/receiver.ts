import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export type Received = { path: string; headers: IncomingMessage['headers']; body: unknown }

/** A receiver of webhooks on this computer, for tests: what a path does is said when it is made. */
export type Receiver = {
  url(path: string): string
  received: Received[]
  close(): Promise<void>
}

export async function startReceiver(
  paths: Record<string, (response: ServerResponse, socket: Socket, n: number) => void>,
): Promise<Receiver> {
  const received: Received[] = []
  const counts = new Map<string, number>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const path = request.url ?? ''
      received.push({ path, headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString('utf8')) })
      const n = counts.get(path) ?? 0
      counts.set(path, n + 1)
      const answer = paths[path]
      if (answer) answer(response, request.socket, n)
      else response.writeHead(404).end('no such hook')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: (path) => `http://127.0.0.1:${port}${path}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
