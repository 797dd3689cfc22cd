import { useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { Plus } from '@blueprintjs/icons'
import type { Channel } from '#contract/notifications'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { SevMark } from '../../../ui/SevMark.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { kindNames } from './channelDrafts.ts'

type ChannelListProps = { hunt: string; channels: readonly Channel[]; shown: string | null }

/** The channels: what each is, where it goes, from which severity on, and what waits for it. */
export function ChannelList({ hunt, channels, shown }: ChannelListProps) {
  const list = useRef<HTMLUListElement>(null)
  const step = (by: 1 | -1) => {
    const at = channels.findIndex(({ id }) => id === shown)
    const next = channels[Math.max(0, Math.min(channels.length - 1, at + by))]
    if (!next) return
    navigate(link.notifications(hunt, next.id), { replace: true })
    list.current?.querySelector<HTMLElement>(`[data-channel="${next.id}"]`)?.focus()
  }
  useCommands([
    {
      id: 'notifications.new',
      title: 'New notification channel',
      group: 'Alerts',
      keys: 'n',
      opensField: true,
      run: () => navigate(link.notifications(hunt, 'new')),
    },
    { id: 'notifications.next', title: 'Next channel', group: 'Alerts', keys: 'j', palette: false, run: () => step(1) },
    {
      id: 'notifications.previous',
      title: 'Previous channel',
      group: 'Alerts',
      keys: 'k',
      palette: false,
      run: () => step(-1),
    },
  ])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    step(event.key === 'ArrowDown' ? 1 : -1)
  }
  return (
    <nav className="channel-list" aria-label="Channels" data-region="Channels">
      <ul ref={list} onKeyDown={onKeyDown}>
        {channels.map((channel) => (
          <li key={channel.id}>
            <a
              className="channel-item"
              href={`#${link.notifications(hunt, channel.id)}`}
              data-channel={channel.id}
              aria-current={channel.id === shown ? 'true' : undefined}
            >
              <span className="grow">
                <span className={channel.enabled ? 'clip med channel-name' : 'clip med t2 channel-name'}>
                  {channel.name}
                </span>
                <span className="clip t3 sm channel-name">
                  {[
                    channel.enabled ? null : 'off',
                    kindNames[channel.kind],
                    channel.host,
                    channel.address === 'missing' ? 'address missing' : null,
                    channel.pending > 0 ? `${channel.pending} waiting` : null,
                  ]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </span>
              </span>
              <SevMark severity={channel.minSeverity} word={false} />
            </a>
          </li>
        ))}
      </ul>
      <div className="panel-foot">
        <span className="grow">{formatNoun(channels.length, 'channel')}</span>
        <Action quiet icon={<Plus size={12} />} href={link.notifications(hunt, 'new')}>
          Channel
        </Action>
      </div>
    </nav>
  )
}
