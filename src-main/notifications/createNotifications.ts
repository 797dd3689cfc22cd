import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import { createAlertNews, type AlertNews } from './alertNews.ts'
import { createChannelSecrets } from './channelSecrets.ts'
import type { Message } from './messages.ts'
import { notificationHandlers } from './notificationHandlers.ts'
import { createOutbox, type OutboxDeps } from './outbox.ts'

export type Notifications = {
  handlers: HandlersOf<'notifications'>
  /** Takes note of the new alerts of a job. */
  made: AlertNews['made']
  /** Looks for what waits; to be called when the setting changed. */
  wake(): void
  /** Writes what was noted; what is not sent by then waits for the next start. */
  close(): Promise<void>
}

type Deps = { store: Store; ports: Ports; events: Events } & Pick<OutboxDeps, 'on' | 'mayLeave' | 'pace' | 'post'>

/** Everything about notifications: channels, what waits, and what is made of new alerts. Sends what was left at the last end. */
export function createNotifications(deps: Deps): Notifications {
  const { store, ports, events } = deps
  const secrets = createChannelSecrets(ports)
  const changed = (): void => events.emit('notifications.changed', { message: null })
  const show = ({ title, lines, digest }: Message): void => {
    const body = lines.join('\n')
    if (ports.shell === 'electron') ports.notify(title, body)
    else events.emit('notifications.changed', { message: { title, body, huntId: digest?.hunt.id ?? null } })
  }
  const outbox = createOutbox({ ...deps, secrets, show, changed })
  const news = createAlertNews({ store, ports, on: deps.on, wake: outbox.wake, changed })
  outbox.wake()
  return {
    handlers: notificationHandlers({ store, ports, secrets, outbox, changed }),
    made: news.made,
    wake: outbox.wake,
    async close() {
      await news.close()
      await outbox.close()
    },
  }
}
