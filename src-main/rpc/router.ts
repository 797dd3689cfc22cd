import type { z } from 'zod'
import { AppError } from '#contract/appError'
import { contract, isCallName } from '#contract/contract'
import type { CallName } from '#contract/contract'
import type { Reply, Request } from '#contract/wire'
import type { Ports } from '../ports.ts'
import type { Events } from './events.ts'
import { toFailure } from './failures.ts'
import type { CallContext, Handlers } from './handlers.ts'

/** One connection may have this many calls running; more is a fault of the caller. */
const CALLS_MAX = 1_000

export type Connection = {
  /** Never throws and never rejects: every call gets exactly one reply. */
  receive(request: Request): Promise<void>
  /** Aborts what is running and stops the events. */
  close(): void
}

/** Parses, runs, cancels and answers the calls of one connection. The only place where a thrown thing becomes a failure. */
export function connect(
  handlers: Handlers,
  events: Events,
  log: Ports['log'],
  send: (reply: Reply) => void,
): Connection {
  const running = new Map<number, AbortController>()
  // What changed has changed, whether or not a connection can still be told.
  const stopEvents = events.on((topic, payload) => {
    try {
      send({ t: 'event', topic, payload })
    } catch (error) {
      log('warn', `A connection could not be told ${topic}`, error)
    }
  })

  async function receive(request: Request): Promise<void> {
    if (request.t === 'cancel') {
      running.get(request.id)?.abort()
      return
    }
    const { id, name, input } = request
    if (running.has(id) || running.size >= CALLS_MAX) {
      const message = running.has(id) ? `Call number ${id} is still running.` : `More than ${CALLS_MAX} calls at once.`
      send({ t: 'fail', id, failure: { code: 'conflict', message } })
      return
    }
    const abort = new AbortController()
    running.set(id, abort)
    try {
      const value = await dispatch(handlers, name, input, { signal: abort.signal })
      if (abort.signal.aborted) throw new AppError('cancelled', 'Cancelled.')
      send({ t: 'ok', id, value })
    } catch (error) {
      send({ t: 'fail', id, failure: toFailure(error, abort.signal, log) })
    } finally {
      running.delete(id)
    }
  }

  return {
    receive,
    close() {
      stopEvents()
      for (const abort of running.values()) abort.abort()
    },
  }
}

async function dispatch(handlers: Handlers, name: string, input: unknown, context: CallContext): Promise<unknown> {
  if (!isCallName(name))
    throw new AppError('not-found', `No call is named ${name.slice(0, 100)}.`, { call: name.slice(0, 100) })
  const parsed = contract[name].input.safeParse(input)
  if (!parsed.success) throw invalidInput(parsed.error)
  // The handler's input type is that of its own schema; a union of all handlers cannot say so.
  const handler = handlers[name] as (input: unknown, context: CallContext) => unknown
  return handler(parsed.data, context)
}

function invalidInput(error: z.ZodError): AppError {
  const issue = error.issues[0]
  const path = issue?.path.map(String).join('.') ?? ''
  const message = issue?.message ?? 'The input does not fit.'
  return new AppError('invalid-input', path === '' ? message : `${path}: ${message}`, { path })
}

/** Checks an answer against its schema; for tests, where a wrong shape must not go unseen. */
export function checked(handlers: Handlers): Handlers {
  const entries = Object.entries(handlers).map(([name, handler]) => [
    name,
    async (input: never, context: CallContext) =>
      contract[name as CallName].output.parse(await (handler as (i: never, c: CallContext) => unknown)(input, context)),
  ])
  return Object.fromEntries(entries) as Handlers
}
