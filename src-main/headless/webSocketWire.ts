import type { RawData, WebSocket } from 'ws'
import type { App } from '../app.ts'
import { parseRequest } from '../parseRequest.ts'

/** Bytes of one message of the page. */
export const MESSAGE_BYTES_MAX = 8 * 1024 * 1024
/** Bytes that may wait for a page that does not read; then the connection is given up, and the page opens a new one. */
const WAITING_BYTES_MAX = 128 * 1024 * 1024
/** A page that has not answered one ping when the next is due is gone. */
const HEARTBEAT_MS = 30_000

/** Close codes of the WebSocket protocol (RFC 6455, section 7.4.1). */
const GOING_AWAY = 1001
const UNSUPPORTED_DATA = 1003
const INVALID_PAYLOAD = 1007
const TRY_AGAIN_LATER = 1013

/** Carries the messages of one page: each is one JSON text. A message that is none ends the connection with the reason. */
export function carryWire(socket: WebSocket, app: App, log: (error: unknown) => void): void {
  const connection = app.connect((reply) => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > WAITING_BYTES_MAX)
      return socket.close(TRY_AGAIN_LATER, 'The page does not read what it asked for')
    socket.send(JSON.stringify(reply))
  })

  let answered = true
  const heartbeat = setInterval(() => {
    if (!answered) return socket.terminate()
    answered = false
    socket.ping()
  }, HEARTBEAT_MS)
  heartbeat.unref()

  socket.on('pong', () => {
    answered = true
  })
  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.close(UNSUPPORTED_DATA, 'Messages are JSON text')
    const request = parseRequest(parsed(textOf(data)))
    if (!request) return socket.close(INVALID_PAYLOAD, 'Messages are {t: "call", id, name, input} or {t: "cancel", id}')
    connection.receive(request).catch(log)
  })
  // Too large or not the protocol: ws has closed the connection with the right code already.
  socket.on('error', () => undefined)
  socket.on('close', () => {
    clearInterval(heartbeat)
    connection.close()
  })
}

export const sayGoodbye = (socket: WebSocket): void => socket.close(GOING_AWAY, 'Huntbench is closing')

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString()
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString()
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
