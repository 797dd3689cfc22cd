import { useState } from 'react'
import type { Output } from '#contract/contract'
import { bucketText } from '../../charts/timeTicks.ts'
import { TimelineChart } from '../../charts/TimelineChart.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatNoun } from '../../ui/formatNumber.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { Panel } from '../../ui/Panel.tsx'

/** When things happened: rows over time with the critical and high alerts above. */
export function TimelinePanel({ timeline }: { timeline: Output<'hunts.overview'>['timeline'] }) {
  const zone = useZone()
  const [table, setTable] = useState(false)
  const { from, to, bucketSeconds, buckets, rowsWithoutTime } = timeline
  const without = rowsWithoutTime > 0 ? `; ${formatNoun(rowsWithoutTime, 'row')} without a time not shown` : ''
  if (from === null || to === null || bucketSeconds === null) {
    return (
      <Panel title="Timeline">
        <p className="t2">No row has a time. The time column of a dataset is chosen when it is imported.</p>
      </Panel>
    )
  }
  return (
    <Panel
      title="Timeline"
      sub={`rows per ${bucketText(bucketSeconds)}, log scale, ${zoneLabel(zone, new Date(from))}; marks are critical and high alerts${without}`}
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
    >
      <TimelineChart from={from} to={to} bucketSeconds={bucketSeconds} buckets={buckets} table={table} />
    </Panel>
  )
}
