import { useState } from 'react'
import { HistogramTable } from '../../charts/HistogramTable.tsx'
import { seriesColour } from '../../charts/histogramScale.ts'
import { RangeHistogram } from '../../charts/RangeHistogram.tsx'
import { useCall } from '../../backend/query.ts'
import { isRange, NO_RANGE, setRange } from '../../state/timeRange.ts'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatDuration, formatNoun } from '../../ui/formatNumber.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { isoTime } from './isoTime.ts'
import { timelineInput, type TimelineQuery } from './timelineRows.ts'

const HEIGHT = 62
const BUCKETS = 120

type TimelineStripProps = {
  query: TimelineQuery
  /** Goes to the first row of a bar. */
  onJump: (time: string) => void
}

/** Rows of the hunt over time, by dataset. A click leads to the rows of a bar, a brush narrows everything to its stretch. */
export function TimelineStrip({ query, onJump }: TimelineStripProps) {
  const zone = useZone()
  const [table, setTable] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const { data, error, isPlaceholderData } = useCall('rows.timelineHistogram', {
    ...timelineInput(query),
    buckets: BUCKETS,
  })
  const chart = data ?? { from: null, to: null, bucketSeconds: null, buckets: [], series: [] }
  const { series, buckets, bucketSeconds: step } = chart
  const rows = buckets.reduce((sum, bucket) => sum + bucket.rows, 0)
  const others = rows - series.reduce((sum, one) => sum + one.rows, 0)
  return (
    <div className={table ? 'histogram tall with-table' : 'histogram tall'} data-region="Rows over time">
      <div className="histogram-line sm">
        <span className="t3 med nowrap">
          {step === null ? 'Rows over time' : `Rows per ${formatDuration(step)}, log · ${zoneLabel(zone)}`}
        </span>
        <ul className="histogram-legend" aria-label="Colours of the datasets">
          {series.map(({ id, name, rows: own }, n) => (
            <li key={id} className="legend-item" title={`${name}: ${formatNoun(own, 'row')}`}>
              <i className="swatch" style={{ background: seriesColour(n, series.length) }} />
              <span className="clip">{name}</span>
              <span className="num t3">{formatCount(own)}</span>
            </li>
          ))}
          {others > 0 && (
            <li className="legend-item">
              <i className="swatch" style={{ background: 'var(--series-other)' }} />
              <span className="clip">other datasets</span>
              <span className="num t3">{formatCount(others)}</span>
            </li>
          )}
        </ul>
        <span className="spring" />
        {said !== null && (
          <span className="t2 nowrap num" role="status">
            {said}
          </span>
        )}
        {error && <span className="t2 clip">{error.message}</span>}
        {isRange(query.range) && (
          <button type="button" className="link-button nowrap" onClick={() => setRange(NO_RANGE)}>
            All times
          </button>
        )}
        <button type="button" className="link-button" aria-pressed={table} onClick={() => setTable(!table)}>
          {table ? 'Chart' : 'Table'}
        </button>
      </div>
      {table ? (
        <HistogramTable
          data={chart}
          zone={zone}
          label="Rows over time, as a table"
          other={others > 0 ? 'other datasets' : null}
          onRange={({ start }) => setRange({ from: start, to: isoTime(Date.parse(start) + (step ?? 0) * 1000) })}
        />
      ) : (
        <RangeHistogram
          data={chart}
          zone={zone}
          label="Rows of the hunt over time. Arrow keys move, Enter goes to the rows, Shift and arrow keys choose a stretch."
          height={HEIGHT}
          dimmed={isPlaceholderData}
          onRange={(from, to) => setRange({ from: isoTime(from), to: isoTime(to) })}
          onPick={(n) => buckets[n] && onJump(buckets[n].start)}
          onSay={setSaid}
        />
      )}
      {data && !isPlaceholderData && buckets.length === 0 && (
        <p className="t3 sm histogram-none">No matching row has a time.</p>
      )}
    </div>
  )
}
