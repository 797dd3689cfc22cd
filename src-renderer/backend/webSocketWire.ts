import { AppError } from '#contract/appError'
import type { Reply, Request } from '#contract/wire'
import type { ConnectionState, PageWire } from './pageWire.ts'

/** Waits before the next try: half a second, doubled up to this many milliseconds. */
const LONGEST_WAIT_MS = 8_000
const FIRST_WAIT_MS = 500

/** Files above so many bytes take a while to be handed over: their beginning goes ahead. */
const LARGE_BYTES = 16 * 1024 * 1024
/** So much of it: more than a preview reads (BEGINNING_BYTES), also when it is packed and hardly smaller for it. */
const AHEAD_BYTES = 5 * 1024 * 1024

/** The wire of the headless shell: one WebSocket to the server the page came from, opened again whenever it closes. */
export function webSocketWire(origin: string): PageWire {
  const url = new URL('/wire', origin)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const replies = new Set<(reply: Reply) => void>()
  const watchers = new Set<() => void>()
  let state: ConnectionState = 'connecting'
  let socket: WebSocket | null = null
  let wait = FIRST_WAIT_MS

  const become = (next: ConnectionState) => {
    if (next === state) return
    state = next
    for (const watcher of [...watchers]) watcher()
  }

  const open = () => {
    const fresh = new WebSocket(url)
    socket = fresh
    fresh.addEventListener('open', () => {
      wait = FIRST_WAIT_MS
      become('open')
    })
    fresh.addEventListener('message', (event: MessageEvent<string>) => {
      const reply: Reply = JSON.parse(event.data)
      for (const listener of replies) listener(reply)
    })
    fresh.addEventListener('close', () => {
      become('lost')
      // A browser does not say why a WebSocket was refused; after a restart the server no longer knows this page.
      void fetch(origin, { method: 'HEAD' }).then(
        ({ status }) => status === 403 && state === 'lost' && become('refused'),
        () => undefined,
      )
      setTimeout(open, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    })
  }
  open()

  return {
    connection: {
      current: () => state,
      onChange: (listener) => {
        watchers.add(listener)
        return () => void watchers.delete(listener)
      },
    },
    send: (request: Request) => socket?.send(JSON.stringify(request)),
    onReply: (listener) => {
      replies.add(listener)
      return () => void replies.delete(listener)
    },
    offerFile: (file, path) => upload(new URL('/files', origin), file, pathOf(file, path)),
    offerBeginning: (file, path) =>
      file.size <= LARGE_BYTES || /\.zip$/i.test(file.name)
        ? null
        : upload(new URL('/files', origin), file.slice(0, AHEAD_BYTES), pathOf(file, path), file.size),
  }
}

const pathOf = (file: File, path: string | undefined): string => path || file.webkitRelativePath || file.name

/** `wholeSize`: only the beginning of a file of so many bytes is sent. */
async function upload(url: URL, file: Blob, name: string, wholeSize?: number): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'x-file-name': encodeURIComponent(name),
      'content-type': 'application/octet-stream',
      ...(wholeSize === undefined ? {} : { 'x-file-size': String(wholeSize) }),
    },
    body: file,
  }).catch(() => null)
  if (!answer) throw new AppError('unavailable', `${name} could not be handed over: the connection was lost.`)
  const body: { ticket?: string; code?: AppError['code']; message?: string } = await answer.json().catch(() => ({}))
  if (body.ticket) return body.ticket
  throw new AppError(body.code ?? 'unavailable', body.message ?? `${name} could not be handed over (${answer.status}).`)
}
