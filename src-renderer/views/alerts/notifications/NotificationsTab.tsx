import { useState } from 'react'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../../backend/query.ts'
import { useExpectCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { Action } from '../../../ui/Action.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { ChannelEditor } from './ChannelEditor.tsx'
import { ChannelList } from './ChannelList.tsx'
import { DeliveryLog } from './DeliveryLog.tsx'
import { draftOf, newChannel } from './channelDrafts.ts'
import './notifications.css'

/** Channels at the left, the opened one, and below it what was sent. */
export function NotificationsTab({ hunt, opened }: { hunt: string; opened: string | null }) {
  const { data, error, refetch } = useCall('notifications.channels', {})
  const [draft] = useState(newChannel)
  useExpectCommands(!data && !error)
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={10} />
  const isNew = opened === 'new'
  const shown = isNew ? null : (data.channels.find(({ id }) => id === opened) ?? data.channels[0] ?? null)
  return (
    <div className="notify">
      <NotifySwitch channels={data.total} pending={data.pending} />
      <div className="notify-parts">
        <ChannelList hunt={hunt} channels={data.channels} shown={shown?.id ?? null} />
        <div className="notify-main">
          {isNew ? (
            <ChannelEditor key="new" hunt={hunt} saved={null} initial={draft} />
          ) : shown === null ? (
            <EmptyState
              title="No channels"
              action={<Action href={link.notifications(hunt, 'new')}>New channel</Action>}
            >
              A channel tells of new alerts: a webhook, Slack, Teams or messages on this desktop. One message for each
              run, with the worst alerts in it.
            </EmptyState>
          ) : (
            <ChannelEditor key={shown.id} hunt={hunt} saved={shown} initial={draftOf(shown)} />
          )}
          {data.total > 0 && <DeliveryLog hunt={hunt} />}
        </div>
      </div>
    </div>
  )
}

function NotifySwitch({ channels, pending }: { channels: number; pending: number }) {
  const { data: settings } = useCall('settings.get', {})
  const update = useCommand('settings.update')
  const on = settings?.notify === true
  return (
    <div className={on || channels === 0 ? 'note notify-note' : 'note warn notify-note'}>
      <label className="line">
        <input type="checkbox" role="switch" checked={on} onChange={() => update.mutate({ notify: !on })} />
        <span className="med">Send notifications</span>
      </label>
      <span className="t2 sm">
        {on
          ? pending > 0
            ? `On. ${formatNoun(pending, 'notification')} ${pending === 1 ? 'waits' : 'wait'}.`
            : 'On. New alerts of imports and runs are told to the channels that are on.'
          : 'Off: nothing leaves this computer, whatever channels there are.'}
      </span>
      <FailureLine failure={update.error} />
    </div>
  )
}
