import type { Duplex } from 'node:stream'
import type { Refusal } from './access.ts'

/** What a refused visitor reads. Says how to get in, never what was expected. */
export const refusalText: Record<Refusal, string> = {
  host: 'This address is not the one Huntbench listens on. Open the address it printed when it started.',
  origin: 'This request came from another page. Open the address Huntbench printed when it started.',
  token: 'This address needs the token of this run. Open the address Huntbench printed when it started.',
}

/** Refuses a request to change to a WebSocket: there is no response object yet, only the connection. */
export function refuseUpgrade(socket: Duplex, status: 403 | 404 | 503, text: string): void {
  const name = { 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' }[status]
  const body = `${text}\n`
  socket.on('error', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} ${name}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
