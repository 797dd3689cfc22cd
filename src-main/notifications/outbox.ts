import { setTimeout as rest } from 'node:timers/promises'
import type { Ports } from '../ports.ts'
import type { Store } from '../worker/pool.ts'
import { pace as normalPace, pauseMs, type Pace } from './backOff.ts'
import type { ChannelSecrets } from './channelSecrets.ts'
import { digestMessage, type Message } from './messages.ts'
import type { PostOptions } from './postJson.ts'
import { sendMessage, type Outcome, type Receiver } from './sendMessage.ts'

/** Channels that are sent to at once; one that is slow or dead holds up itself only. */
const AT_ONCE = 4
/** At the end of the program, what is under way may take so long, in milliseconds; it is sent again at the next start otherwise. */
const GRACE_MS = 2_000

export type OutboxDeps = {
  store: Store
  ports: Ports
  secrets: ChannelSecrets
  /** Whether notifications are on. */
  on(): Promise<boolean>
  /** Why nothing about a hunt (null: nothing in particular) may leave this computer; null: it may. */
  mayLeave(huntId: string | null): Promise<string | null>
  /** Shows a message of a desktop channel. */
  show(message: Message): void
  changed(): void
  pace?: Pace
  post?: PostOptions
}

export type Outbox = {
  /** Looks for what is to be sent; at start, when something new waits, and when a channel or the switch changed. */
  wake(): void
  /** Sends one message at once, waiting for nothing. */
  sendNow(receiver: Receiver, message: Message, deliveryId: string, huntId: string | null): Promise<Outcome>
  close(): Promise<void>
}

const shown: Outcome = {
  ...{
    delivered: true,
    sent: true,
    retry: false,
    status: null,
    answer: 'Shown on this computer.',
    reason: null,
    retryAfter: null,
  },
}

/** Sends what waits in the workspace, in the background: nothing that makes alerts ever waits for a receiver. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, ports, secrets, pace = normalPace } = deps
  const stop = new AbortController()
  const sending = new Map<string, Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | null = null
  let again = false
  const now = (): number => ports.clock().getTime()

  async function sendNow(
    receiver: Receiver,
    message: Message,
    deliveryId: string,
    huntId: string | null,
  ): Promise<Outcome> {
    const { kind } = receiver
    if (kind === 'desktop') {
      deps.show(message)
      return shown
    }
    const forbidden = await deps.mayLeave(huntId)
    if (forbidden !== null) return { ...shown, delivered: false, sent: false, answer: null, reason: forbidden }
    return sendMessage({ ...receiver, kind }, message, deliveryId, { ...deps.post, signal: stop.signal })
  }

  type Due = Awaited<ReturnType<ReturnType<Store['read']>['notifications']['due']>>[number]

  async function deliver({ id, channelId, huntId, attempts, createdAt, digest }: Due): Promise<void> {
    const channel = await store.read().notifications.channel(channelId)
    if (!channel) return
    const receiver = { ...channel, url: secrets.open(channel) }
    const outcome = await sendNow(receiver, digestMessage(digest), id, huntId)
    if (stop.signal.aborted && !outcome.delivered) return
    const { delivered, status, answer, reason, retryAfter } = outcome
    // What was not even sent is no failure of the receiver: its address is to be entered again, or nothing may leave.
    const failures = outcome.sent ? attempts + 1 : attempts
    const retry = outcome.retry && failures < pace.attempts && now() - createdAt < pace.ageMs
    const nextAt = retry ? Math.ceil(now() + pauseMs(Math.max(1, failures), retryAfter, now(), pace)) : null
    const state = delivered ? 'delivered' : retry ? 'pending' : outcome.sent ? 'failed' : 'dropped'
    await store.write.notifications.attempted(id, { state, sent: outcome.sent, nextAt, status, answer, reason }, now())
    deps.changed()
  }

  async function look(): Promise<void> {
    do {
      again = false
      clearTimeout(timer)
      if (stop.signal.aborted || !(await deps.on())) return
      const free = AT_ONCE - sending.size
      const due = free > 0 ? await store.read().notifications.due(now(), [...sending.keys()], free) : []
      for (const one of due) {
        const work = deliver(one)
          .catch(async (error: unknown) => {
            ports.log('error', 'A notification could not be handled', error)
            // How it went could not be noted (a full disk): at once it would be sent again and again.
            await rest(pace.askedMostMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined)
          })
          .finally(() => {
            sending.delete(one.channelId)
            wake()
          })
        sending.set(one.channelId, work)
      }
      const next = await store.read().notifications.nextDue([...sending.keys()])
      if (next !== null && !stop.signal.aborted && sending.size < AT_ONCE)
        timer = setTimeout(wake, Math.max(20, next - now())).unref()
    } while (again)
  }

  function wake(): void {
    if (stop.signal.aborted) return
    again = true
    looking ??= look()
      .catch((error: unknown) => {
        if (!stop.signal.aborted) ports.log('error', 'Notifications could not be looked for', error)
      })
      .finally(() => {
        looking = null
        if (again) wake()
      })
  }

  return {
    wake,
    sendNow,
    async close() {
      // What was woken a moment ago is begun.
      await looking
      clearTimeout(timer)
      await Promise.race([
        Promise.allSettled(sending.values()),
        new Promise((resolve) => setTimeout(resolve, sending.size === 0 ? 0 : GRACE_MS).unref()),
      ])
      stop.abort()
      clearTimeout(timer)
      await looking
      await Promise.allSettled(sending.values())
    },
  }
}
