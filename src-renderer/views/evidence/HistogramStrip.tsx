import { memo, useLayoutEffect, useRef, useState } from 'react'
import type { MouseEvent } from 'react'
import { useCall } from '../../backend/query.ts'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatDuration, formatNoun } from '../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel } from '../../ui/formatTime.ts'

const HEIGHT = 46
const LEFT = 40
const RIGHT = 12
const BUCKETS = 120

const powerText = (power: number): string =>
  power > 5 ? `${10 ** (power - 6)} M` : power > 3 ? `${10 ** (power - 3)} k` : formatCount(10 ** power)

type HistogramStripProps = {
  datasetId: string
  query: string
  /** Goes to the first row of a stretch of time, given how many rows with a time come before it. */
  onJump: (rowsBefore: number) => void
}

/** Rows over time, on a log axis so that a single row still shows. A click leads to the rows of that stretch. */
export const HistogramStrip = memo(function HistogramStrip({ datasetId, query, onJump }: HistogramStripProps) {
  const zone = useZone()
  const { data, error, isPlaceholderData } = useCall('rows.histogram', {
    datasetId,
    buckets: BUCKETS,
    ...(query === '' ? {} : { q: query }),
  })
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const [at, setAt] = useState<number | null>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const from = data?.from ? Date.parse(data.from) : null
  const to = data?.to ? Date.parse(data.to) : null
  const step = data?.bucketSeconds ?? null
  const plot = Math.max(0, width - LEFT - RIGHT)
  const most = Math.max(1, ...(data?.buckets.map(({ rows }) => rows) ?? []))
  const top = Math.max(1, Math.ceil(Math.log10(most + 1)))
  const heightOf = (rows: number) => Math.max(2, (Math.log10(rows + 1) / top) * HEIGHT)
  const bars =
    data && from !== null && step !== null
      ? data.buckets.map((bucket) => ({ ...bucket, n: Math.round((Date.parse(bucket.start) - from) / 1000 / step) }))
      : []
  const count =
    from !== null && to !== null && step !== null
      ? Math.max(1, Math.round((to - from) / 1000 / step), ...bars.map(({ n }) => n + 1))
      : 1
  const slot = plot / count
  const shownBar = at === null ? undefined : bars[at]
  const spread = (to ?? 0) - (from ?? 0)
  const label = (time: number) => {
    const text = formatTimeBare(new Date(time).toISOString(), zone)
    return spread > 3 * 86_400_000
      ? text.slice(0, 10)
      : spread > 86_400_000
        ? text.slice(5, 16)
        : spread > 300_000
          ? text.slice(11, 16)
          : text.slice(11, 19)
  }
  const ticks = Math.max(2, Math.min(14, Math.floor(plot / 104)))
  const jump = (n: number) => onJump(bars.slice(0, n).reduce((sum, { rows }) => sum + rows, 0))

  const barUnder = (event: MouseEvent<HTMLElement>): number | null => {
    const n = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT) / slot)
    const found = bars.findIndex((bar) => bar.n === n)
    return found < 0 ? null : found
  }

  return (
    <div className="histogram" data-region="Rows over time">
      <div className="histogram-line sm">
        <span className="t3 med">
          {step === null ? 'Rows over time' : `Rows per ${formatDuration(step)}, log · ${zoneLabel(zone)}`}
        </span>
        {data && data.rowsWithoutTime > 0 && (
          <span className="t2">{formatNoun(data.rowsWithoutTime, 'row')} without a time</span>
        )}
        <span className="spring" />
        {shownBar && (
          <span className="t2 nowrap" role="status">
            {formatTimeBare(shownBar.start, zone)} · {formatNoun(shownBar.rows, 'row')}
          </span>
        )}
        {error && <span className="t2">{error.message}</span>}
      </div>
      <div
        ref={box}
        className={isPlaceholderData ? 'histogram-plot view-dim' : 'histogram-plot'}
        role="slider"
        tabIndex={bars.length > 0 ? 0 : -1}
        aria-label="Rows over time. Arrow keys move, Enter goes to the rows."
        aria-valuemin={0}
        aria-valuemax={Math.max(0, bars.length - 1)}
        aria-valuenow={at ?? 0}
        aria-valuetext={
          shownBar ? `${formatTimeBare(shownBar.start, zone)}, ${formatNoun(shownBar.rows, 'row')}` : 'None chosen'
        }
        onBlur={() => setAt(null)}
        onPointerLeave={() => setAt(null)}
        onPointerMove={(event) => setAt(barUnder(event))}
        onClick={(event) => {
          const found = barUnder(event)
          if (found !== null) jump(found)
        }}
        onKeyDown={(event) => {
          const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
          if (move !== undefined)
            setAt(Math.min(Math.max(0, (at ?? (move > 0 ? -1 : bars.length)) + move), bars.length - 1))
          else if (event.key === 'Enter' && at !== null) jump(at)
          else return
          event.preventDefault()
        }}
      >
        {width > 0 && bars.length > 0 && (
          <svg width={width} height={HEIGHT + 18} aria-hidden>
            {Array.from({ length: top + 1 }, (_, power) => power).map((power) => {
              const y = HEIGHT - (Math.log10(10 ** power + 1) / top) * HEIGHT
              return y < 0 || (top > 3 && power % 2 === 1) ? null : (
                <g key={power}>
                  <line x1={LEFT} x2={width - RIGHT} y1={y} y2={y} stroke="var(--chart-grid)" />
                  <text x={LEFT - 6} y={y + 4} textAnchor="end">
                    {powerText(power)}
                  </text>
                </g>
              )
            })}
            {bars.map((bar, n) => (
              <rect
                key={bar.start}
                x={LEFT + bar.n * slot + slot * 0.09}
                width={Math.max(1, slot * 0.82)}
                y={HEIGHT - heightOf(bar.rows)}
                height={heightOf(bar.rows)}
                fill={n === at ? 'var(--accent-text)' : 'var(--series-1)'}
              />
            ))}
            <line x1={LEFT} x2={width - RIGHT} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} stroke="var(--line-strong)" />
            {from !== null &&
              to !== null &&
              Array.from({ length: ticks }, (_, n) => (
                <text key={n} x={LEFT + (plot * (n + 0.5)) / ticks} y={HEIGHT + 14} textAnchor="middle">
                  {label(from + (step ?? 0) * 1000 * count * ((n + 0.5) / ticks))}
                </text>
              ))}
          </svg>
        )}
        {data && !isPlaceholderData && bars.length === 0 && (
          <p className="t3 sm histogram-none">No matching row has a time.</p>
        )}
      </div>
    </div>
  )
})
