import type { CallName, Input, Output, Payload, TopicName } from '#contract/contract'
import { AppError } from '#contract/appError'
import type { Reply } from '#contract/wire'
import { isCommand } from './commandNames.ts'
import type { Connection, PageWire } from './pageWire.ts'

export interface Backend {
  /** Rejects with an AppError. An aborted signal cancels the call on the other side and rejects with `cancelled`. */
  call<K extends CallName>(name: K, input: Input<K>, options?: { signal?: AbortSignal }): Promise<Output<K>>
  /** Returns the function that stops listening. */
  on<K extends TopicName>(topic: K, listener: (payload: Payload<K>) => void): () => void
  /** Hands over a file; the ticket stands for it in calls. */
  offerFile(file: File, path?: string): Promise<string>
  /** A ticket for previewing a large file before the whole of it is handed over; null where that takes no time. */
  offerBeginning(file: File, path?: string): Promise<string> | null
  connection: Connection
}

type Waiting = { name: CallName; input: unknown; settle: (reply: Reply & { t: 'ok' | 'fail' }) => void }

const unavailable = () => new AppError('unavailable', 'The connection to Huntbench was lost before the answer came.')
const cancelled = () => new AppError('cancelled', 'The call was cancelled.')

/**
 * The page's end of the wire: the only place where a message becomes a typed value again (the router at the other end has
 * checked what it sends). Queries wait for the connection and are asked again after it was lost; commands fail.
 */
export function createBackend(wire: PageWire): Backend {
  const waiting = new Map<number, Waiting>()
  const listeners = new Map<string, Set<(payload: never) => void>>()
  let lastId = 0
  let wasOpen = wire.connection.current() === 'open'

  wire.onReply((reply) => {
    if (reply.t === 'event') {
      for (const listener of listeners.get(reply.topic) ?? []) listener(reply.payload as never)
      return
    }
    const call = waiting.get(reply.id)
    waiting.delete(reply.id)
    call?.settle(reply)
  })

  wire.connection.onChange(() => {
    const open = wire.connection.current() === 'open'
    if (open === wasOpen) return
    wasOpen = open
    for (const [id, call] of [...waiting]) {
      if (open) wire.send({ t: 'call', id, name: call.name, input: call.input })
      else if (isCommand(call.name)) {
        waiting.delete(id)
        call.settle({ t: 'fail', id, failure: unavailable() })
      }
    }
  })

  return {
    connection: wire.connection,
    offerFile: (file, path) => wire.offerFile(file, path),
    offerBeginning: (file, path) => wire.offerBeginning(file, path),
    call: (name, input, { signal } = {}) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(cancelled())
        const open = wire.connection.current() === 'open'
        if (!open && isCommand(name)) return reject(unavailable())
        const id = ++lastId
        const cancel = () => {
          waiting.delete(id)
          if (wire.connection.current() === 'open') wire.send({ t: 'cancel', id })
          reject(cancelled())
        }
        signal?.addEventListener('abort', cancel, { once: true })
        const settle: Waiting['settle'] = (reply) => {
          signal?.removeEventListener('abort', cancel)
          if (reply.t === 'ok') resolve(reply.value as never)
          else reject(AppError.from(reply.failure))
        }
        waiting.set(id, { name, input, settle })
        if (open) wire.send({ t: 'call', id, name, input })
      }),
    on: (topic, listener) => {
      const known = listeners.get(topic) ?? new Set()
      listeners.set(topic, known.add(listener))
      return () => void known.delete(listener)
    },
  }
}
