import { useMemo } from 'react'
import type { Delivery } from '#contract/notifications'
import type { DeliveryState } from '#contract/values'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCall } from '../../../backend/query.ts'
import { Grid } from '../../../grid/Grid.tsx'
import type { GridColumn } from '../../../grid/gridColumn.ts'
import { arrayRows } from '../../../grid/gridData.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { SevMark } from '../../../ui/SevMark.tsx'
import { Time } from '../../../ui/Time.tsx'
import { useZone } from '../../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'

/** Entries that are listed; older ones are left out, which is said. */
const LISTED_MAX = 500

const tones: Readonly<Record<DeliveryState, string>> = {
  pending: 't2',
  delivered: 'ok',
  failed: 'bad',
  dropped: 'warn',
}
const words: Readonly<Record<DeliveryState, string>> = {
  pending: 'waits',
  delivered: 'arrived',
  failed: 'given up',
  dropped: 'not sent',
}

const said = ({ reason, status, answer }: Delivery): string =>
  [reason, reason === null && status !== null ? `HTTP ${status}` : null, answer]
    .filter((part) => part !== null && part.trim() !== '')
    .join(' · ')

const columnsIn = (zone: string): GridColumn<Delivery>[] => [
  {
    id: 'at',
    title: 'Made',
    subtitle: zone,
    width: 150,
    mono: true,
    render: ({ createdAt }) => <Time iso={createdAt} bare second />,
    text: ({ createdAt }) => createdAt,
  },
  { id: 'channel', title: 'Channel', width: 110, grow: 1, render: ({ channel }) => channel },
  {
    id: 'state',
    title: 'State',
    width: 76,
    render: ({ state }) => <span className={tones[state]}>{words[state]}</span>,
    text: ({ state }) => words[state],
  },
  {
    id: 'severity',
    title: 'Worst',
    width: 92,
    render: ({ severity }) => <SevMark severity={severity} />,
    text: ({ severity }) => severity,
  },
  { id: 'title', title: 'Message', width: 210, grow: 2, render: ({ title }) => title },
  { id: 'attempts', title: 'Sent', width: 54, align: 'right', render: ({ attempts }) => formatCount(attempts) },
  { id: 'said', title: 'Answer', width: 160, grow: 2, render: said },
  {
    id: 'next',
    title: 'Next try',
    subtitle: zone,
    width: 150,
    mono: true,
    render: ({ nextAt }) => <Time iso={nextAt} bare second />,
    text: ({ nextAt }) => nextAt ?? '',
  },
]

/** What was sent, waits or was given up, newest first; Enter opens the alerts of its hunt. */
export function DeliveryLog({ hunt }: { hunt: string }) {
  const zone = useZone()
  const { data, error } = useCall('notifications.deliveries', { limit: LISTED_MAX })
  const columns = useMemo(() => columnsIn(zone === 'utc' ? 'UTC' : 'local time'), [zone])
  const rows = useMemo(() => arrayRows(data?.deliveries ?? []), [data])
  const more = (data?.total ?? 0) - rows.total
  return (
    <section className="delivery-log" aria-label="Delivery log" data-region="Delivery log">
      <div className="delivery-head">
        <h2>Delivery log</h2>
        <span className="t3 sm">
          {data && formatNoun(data.total, 'notification')}
          {more > 0 && `, the newest ${formatCount(rows.total)} are listed`}
        </span>
      </div>
      <FailureLine failure={error} />
      <div className="delivery-grid">
        {data && rows.total === 0 ? (
          <EmptyState title="Nothing was sent yet">
            Each import or run with new alerts is one line here for each channel that is told.
          </EmptyState>
        ) : (
          <Grid
            label="Delivery log"
            columns={columns}
            data={rows}
            onOpen={(row) => navigate(link.alerts(rows.rowAt(row)?.huntId ?? hunt))}
          />
        )}
      </div>
    </section>
  )
}
