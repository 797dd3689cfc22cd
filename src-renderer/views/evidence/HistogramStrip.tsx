import { memo, useState } from 'react'
import type { Column } from '#contract/datasets'
import { HistogramTable } from '../../charts/HistogramTable.tsx'
import { RangeHistogram } from '../../charts/RangeHistogram.tsx'
import { useCall } from '../../backend/query.ts'
import { isRange, setRange, type TimeRange } from '../../state/timeRange.ts'
import { useZone } from '../../ui/appearance.ts'
import { formatDuration, formatNoun } from '../../ui/formatNumber.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { ColourPicker } from './ColourPicker.tsx'
import { rowsInput } from './evidenceRows.ts'
import { HistogramLegend } from './HistogramLegend.tsx'
import { columnTitle, queryName } from './datasetColumns.ts'
import { isoTime } from './isoTime.ts'
import { termText, toggleTerm } from './queryText.ts'

const HEIGHT = 46
/** Bars at most; their length in time is one that reads well. */
const BUCKETS = 120

/** The column that colours the bars when none was chosen: what kind of event a row is. */
export const eventColumn = (columns: readonly Column[]): Column | undefined =>
  (['event_type', 'event_id'] as const)
    .map(
      (field) =>
        columns
          .filter(({ fields, filled }) => filled > 0 && fields.includes(field))
          .sort((a, b) => b.filled - a.filled)[0],
    )
    .find((column) => column !== undefined)

type HistogramStripProps = {
  datasetId: string
  copy: string | null
  columns: readonly Column[]
  query: string
  range: TimeRange
  /** Position of the column that colours the bars, `none`, or null for the one of the event type. */
  by: string | null
  onBy: (by: string | null) => void
  onQuery: (query: string) => void
  /** Goes to the first row of a stretch of time, given how many rows with a time come before it. */
  onJump: (rowsBefore: number) => void
}

/** Rows over time, coloured by a column. A click leads to the rows of a bar, a brush narrows everything to its stretch. */
export const HistogramStrip = memo(function HistogramStrip(props: HistogramStripProps) {
  const { datasetId, copy, columns, query, range, by, onBy, onQuery, onJump } = props
  const zone = useZone()
  const [table, setTable] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const coloured =
    by === 'none' ? undefined : (columns.find(({ position }) => String(position) === by) ?? eventColumn(columns))
  const { data, error, isPlaceholderData } = useCall('rows.histogram', {
    ...rowsInput({ datasetId, q: query, range, sort: null, copy }),
    buckets: BUCKETS,
    ...(coloured ? { by: coloured.name } : {}),
  })
  const name = coloured ? queryName(coloured, columns) : ''
  const series = (data?.series ?? []).map(({ value, rows }) => ({
    id: String(value ?? ''),
    name: value === null ? 'empty' : String(value),
    rows,
  }))
  const chart = {
    from: data?.from ?? null,
    to: data?.to ?? null,
    bucketSeconds: data?.bucketSeconds ?? null,
    buckets: (data?.buckets ?? []).map((bucket) => ({ ...bucket, parts: bucket.parts ?? [] })),
    series,
  }
  const dated = chart.buckets.reduce((sum, { rows }) => sum + rows, 0)
  const others = dated - series.reduce((sum, { rows }) => sum + rows, 0)
  const step = chart.bucketSeconds
  const stretch = (start: string) => setRange({ from: start, to: isoTime(Date.parse(start) + (step ?? 0) * 1000) })
  return (
    <div className={table ? 'histogram with-table' : 'histogram'} data-region="Rows over time">
      <div className="histogram-line sm">
        <span className="t3 med nowrap">
          {step === null ? 'Rows over time' : `Rows per ${formatDuration(step)}, log · ${zoneLabel(zone)}`}
        </span>
        <ColourPicker
          columns={columns}
          coloured={coloured}
          onChoose={(column) => onBy(column === null ? 'none' : String(column.position))}
        />
        {coloured && (
          <HistogramLegend
            series={series}
            others={others}
            otherValues={Math.max(0, (data?.distinct ?? 0) - series.filter(({ name }) => name !== 'empty').length)}
            label={columnTitle(coloured)}
            canToggle={termText(name, 'x') !== null}
            onToggle={(value) => onQuery(toggleTerm(query, name, value))}
          />
        )}
        {data && data.rowsWithoutTime > 0 && (
          <span className="t2 nowrap">{formatNoun(data.rowsWithoutTime, 'row')} without a time</span>
        )}
        <span className="spring" />
        {said !== null && (
          <span className="t2 nowrap num" role="status">
            {said}
          </span>
        )}
        {error && <span className="t2 clip">{error.message}</span>}
        {isRange(range) && (
          <button type="button" className="link-button nowrap" onClick={() => setRange({ from: null, to: null })}>
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
          other={others > 0 ? 'other' : null}
          onRange={({ start }) => stretch(start)}
        />
      ) : (
        <RangeHistogram
          data={chart}
          zone={zone}
          label="Rows over time. Arrow keys move, Enter goes to the rows, Shift and arrow keys choose a stretch."
          height={HEIGHT}
          dimmed={isPlaceholderData}
          onRange={(from, to) => setRange({ from: isoTime(from), to: isoTime(to) })}
          onPick={(n) => onJump(chart.buckets.slice(0, n).reduce((sum, { rows }) => sum + rows, 0))}
          onSay={setSaid}
        />
      )}
      {data && !isPlaceholderData && chart.buckets.length === 0 && (
        <p className="t3 sm histogram-none">No matching row has a time.</p>
      )}
    </div>
  )
})
