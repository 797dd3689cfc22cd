import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { Channel, ChannelDraft } from '#contract/notifications'
import { severities } from '#contract/values'
import type { Ports } from '../ports.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import type { ChannelSecrets } from './channelSecrets.ts'
import { testMessage } from './messages.ts'
import type { Outbox } from './outbox.ts'
import { addressFault } from './postJson.ts'

type KeptChannel = NonNullable<Awaited<ReturnType<ReturnType<Store['read']>['notifications']['channel']>>>

export function notificationHandlers(deps: {
  store: Store
  ports: Ports
  secrets: ChannelSecrets
  outbox: Outbox
  changed(): void
}): HandlersOf<'notifications'> {
  const { store, ports, secrets, outbox, changed } = deps
  const now = (): number => ports.clock().getTime()
  const missing = (id: string): AppError =>
    new AppError('not-found', 'There is no such channel. It may have been deleted.', { id })

  async function existing(id: string): Promise<KeptChannel> {
    const channel = await store.read().notifications.channel(id)
    if (!channel) throw missing(id)
    return channel
  }
  const told = ({ sealed, ...channel }: KeptChannel): Channel => ({
    ...channel,
    address: secrets.state({ id: channel.id, kind: channel.kind, sealed }),
  })

  function hostOf({ kind, allowHttp }: Pick<ChannelDraft, 'kind' | 'allowHttp'>, url: string): string {
    if (kind === 'desktop')
      throw new AppError('invalid-input', 'A desktop channel has no address.', { path: 'channel.url' })
    const fault = addressFault(url, allowHttp)
    if (fault !== null) throw new AppError('invalid-input', fault, { path: 'channel.url' })
    return new URL(url).host
  }

  function checkSeverities({ minSeverity, maxSeverity }: Pick<Channel, 'minSeverity' | 'maxSeverity'>): void {
    if (severities.indexOf(maxSeverity) > severities.indexOf(minSeverity))
      throw new AppError('invalid-input', `Nothing is at least ${minSeverity} and at most ${maxSeverity}.`, {
        path: 'channel.maxSeverity',
      })
  }

  return {
    'notifications.channels': async () => {
      const channels = (await store.read().notifications.channels()).map(told)
      return { channels, total: channels.length, pending: channels.reduce((sum, one) => sum + one.pending, 0) }
    },
    'notifications.createChannel': async ({ channel: { url, ...draft } }) => {
      if (draft.kind !== 'desktop' && url === undefined)
        throw new AppError('invalid-input', 'Enter the address of the webhook.', { path: 'channel.url' })
      checkSeverities(draft)
      const id = randomUUID()
      const host = url === undefined ? null : hostOf(draft, url)
      const sealed = url === undefined ? null : secrets.keep(id, url)
      await store.write.notifications.createChannel(id, { ...draft, host, sealed }, now())
      changed()
      return told(await existing(id))
    },
    'notifications.updateChannel': async ({ id, channel: { url, ...change } }) => {
      const old = await existing(id)
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const next = { ...old, ...given }
      checkSeverities(next)
      if (url !== undefined) {
        next.host = hostOf(next, url)
        next.sealed = secrets.keep(id, url)
      }
      if (!(await store.write.notifications.updateChannel(id, next, now()))) throw missing(id)
      changed()
      outbox.wake()
      return told(await existing(id))
    },
    'notifications.deleteChannel': async ({ id }) => {
      if (!(await store.write.notifications.removeChannel(id))) throw missing(id)
      secrets.forget(id)
      changed()
      return { ok: true }
    },
    'notifications.test': async ({ id, channel }) => {
      const saved = id === undefined ? null : await existing(id)
      const kept = saved === null ? null : secrets.open(saved)
      const asked = channel ?? saved
      if (asked === null) throw missing(id ?? '')
      const url = channel?.url ?? kept
      if (asked.kind !== 'desktop') {
        if (url === null)
          throw new AppError('invalid-input', 'Enter the address of the webhook.', { path: 'channel.url' })
        hostOf(asked, url)
      }
      const { kind, allowPrivate, allowHttp } = asked
      const begun = performance.now()
      const outcome = await outbox.sendNow(
        { kind, allowPrivate, allowHttp, url },
        testMessage,
        randomUUID(),
        asked.huntId,
      )
      const { delivered, status, answer, reason } = outcome
      return { delivered, status, answer, reason, ms: Math.round(performance.now() - begun) }
    },
    'notifications.deliveries': (query, { signal }) => store.read({ signal }).notifications.deliveries(query),
  }
}
