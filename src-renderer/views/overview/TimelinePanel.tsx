import { useCallback, useState } from 'react'
import type { Output } from '#contract/contract'
import { bucketText } from '../../charts/timeTicks.ts'
import { TimelineChart, type TimelineMark, type TimelineRange } from '../../charts/TimelineChart.tsx'
import { navigate } from '../../state/route.ts'
import { useZone } from '../../ui/appearance.ts'
import { formatNoun } from '../../ui/formatNumber.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { Panel } from '../../ui/Panel.tsx'
import { alertsThen, TimelineStretch } from './TimelineStretch.tsx'

type TimelinePanelProps = {
  hunt: string
  timeline: Output<'hunts.overview'>['timeline']
  datasets: readonly Output<'datasets.list'>['datasets'][number][]
  /** Files are still being read. */
  busy: boolean
}

/** When things happened: rows over time with the critical and high alerts above. Marks lead to alerts, bars to what they hold. */
export function TimelinePanel({ hunt, timeline, datasets, busy }: TimelinePanelProps) {
  const zone = useZone()
  const [table, setTable] = useState(false)
  const [picked, setPicked] = useState<TimelineRange | null>(null)
  const onMark = useCallback(
    (range: TimelineRange, mark: TimelineMark) => navigate(alertsThen(hunt, range, mark)),
    [hunt],
  )
  const { from, to, bucketSeconds, buckets, rowsWithoutTime } = timeline
  const without = rowsWithoutTime > 0 ? `; ${formatNoun(rowsWithoutTime, 'row')} without a time not shown` : ''
  if (from === null || to === null || bucketSeconds === null) {
    return (
      <Panel title="Timeline">
        <p className="t2">
          {busy
            ? 'Shows as soon as the first file is in.'
            : 'No row has a time. The time column of a dataset is chosen when it is imported.'}
        </p>
      </Panel>
    )
  }
  // A new import may have moved the buckets.
  const bucket = picked && buckets.find(({ start }) => start === picked.from)
  return (
    <Panel
      title="Timeline"
      sub={`rows per ${bucketText(bucketSeconds)}, log scale, ${zoneLabel(zone, new Date(from))}; marks are open critical and high alerts${without}`}
      padded={false}
      right={
        <>
          <span className="legend">
            <span>
              <i className="swatch" style={{ background: 'var(--series-1)' }} />
              rows
            </span>
            <span>
              <span className="sev-critical" aria-hidden>
                ◆
              </span>
              critical
            </span>
            <span>
              <span className="sev-high" aria-hidden>
                ▲
              </span>
              high
            </span>
          </span>
          <button type="button" className="link-button sm" aria-pressed={table} onClick={() => setTable(!table)}>
            {table ? 'Chart' : 'Table'}
          </button>
        </>
      }
      footer={
        picked &&
        bucket && (
          <TimelineStretch
            hunt={hunt}
            range={picked}
            bucket={bucket}
            datasets={datasets}
            onClose={() => setPicked(null)}
          />
        )
      }
    >
      <TimelineChart
        from={from}
        to={to}
        bucketSeconds={bucketSeconds}
        buckets={buckets}
        table={table}
        onRange={setPicked}
        onMark={onMark}
      />
    </Panel>
  )
}
