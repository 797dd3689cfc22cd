import { useCallback } from 'react'
import { useZone } from '../ui/appearance.ts'
import { formatCount, formatNoun } from '../ui/formatNumber.ts'
import { formatTime, formatTimeBare } from '../ui/formatTime.ts'
import { Time } from '../ui/Time.tsx'
import { axisLook, EChart, tooltipLook } from './EChart.tsx'
import type { Colour } from './EChart.tsx'
import { tickText } from './timeTicks.ts'

export type TimelineBucket = { start: string; rows: number; critical: number; high: number }
export type TimelineRange = { from: string; to: string }
export type TimelineMark = 'critical' | 'high'

type TimelineChartProps = {
  from: string
  to: string
  bucketSeconds: number
  /** Empty ones may be left out. */
  buckets: readonly TimelineBucket[]
  /** true: the numbers as a table instead. */
  table: boolean
  /** A bar was clicked; without it bars lead nowhere. */
  onRange?: (range: TimelineRange) => void
  /** A mark above a bar was clicked: the alerts it stands for. */
  onMark?: (range: TimelineRange, mark: TimelineMark) => void
}

/** Symbol and place of the marks, the same in every legend. */
const markLook = { critical: { symbol: 'diamond', size: 10 }, high: { symbol: 'triangle', size: 9 } }
const isMark = (name: string): name is TimelineMark => name === 'critical' || name === 'high'

export const rangeOf = ({ start }: TimelineBucket, bucketSeconds: number): TimelineRange => ({
  from: start,
  to: new Date(new Date(start).getTime() + bucketSeconds * 1000).toISOString(),
})

/** Rows per stretch of time on a log scale, with marks above the bars where critical and high alerts lie. Gaps stay gaps. */
export function TimelineChart(props: TimelineChartProps) {
  const { from, to, bucketSeconds, buckets, table, onRange, onMark } = props
  const zone = useZone()

  const option = useCallback(
    (colour: Colour) => {
      const size = bucketSeconds * 1000
      const look = axisLook(colour)
      const start = (bucket: TimelineBucket) => new Date(bucket.start).getTime()
      const log = (rows: number) => Math.log10(Math.max(1, rows))
      const span = (new Date(to).getTime() - new Date(from).getTime()) / 1000
      const top = Math.max(1, Math.ceil(Math.max(0, ...buckets.map(({ rows }) => log(rows)))))
      const mark = (name: TimelineMark, above: (bucket: TimelineBucket) => number) => ({
        name,
        type: 'scatter',
        symbol: markLook[name].symbol,
        symbolSize: markLook[name].size,
        z: 3,
        cursor: onMark ? 'pointer' : 'default',
        itemStyle: { color: colour(`--sev-${name}`), opacity: 1 },
        data: buckets.map((bucket) => ({
          value: [start(bucket) + size / 2, bucket[name] > 0 ? log(bucket.rows) : null],
          symbolOffset: [0, above(bucket)],
        })),
      })
      return {
        useUTC: zone === 'utc',
        grid: { left: 54, right: 36, top: 28, bottom: 22 },
        xAxis: {
          ...look,
          type: 'time',
          min: new Date(from).getTime(),
          max: new Date(to).getTime(),
          splitLine: { show: false },
          splitNumber: 8,
          axisLabel: { ...look.axisLabel, formatter: (ms: number) => tickText(ms, span, zone) },
        },
        yAxis: {
          ...look,
          type: 'value',
          min: 0,
          max: top,
          interval: 1,
          axisLine: { show: false },
          axisLabel: { ...look.axisLabel, formatter: (power: number) => formatCount(10 ** power) },
        },
        tooltip: {
          ...tooltipLook(colour),
          trigger: 'item',
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const bucket = buckets[dataIndex]
            if (!bucket) return ''
            const range = rangeOf(bucket, bucketSeconds)
            const alerts = [
              bucket.critical > 0 ? formatNoun(bucket.critical, 'critical alert') : '',
              bucket.high > 0 ? formatNoun(bucket.high, 'high alert') : '',
            ].filter(Boolean)
            return [
              `<b>${formatNoun(bucket.rows, 'row')}</b>`,
              ...alerts,
              `${formatTimeBare(range.from, zone)} –`,
              formatTime(range.to, zone),
            ].join('<br>')
          },
        },
        series: [
          {
            name: 'rows',
            type: 'custom',
            cursor: onRange ? 'pointer' : 'default',
            itemStyle: { color: colour('--series-1') },
            data: buckets.map((bucket) => [start(bucket), log(bucket.rows)]),
            renderItem: (
              _: unknown,
              api: { value: (dimension: number) => number; coord: (at: number[]) => number[]; style: () => object },
            ) => {
              const [left = 0, y = 0] = api.coord([api.value(0), api.value(1)])
              const [right = 0, ground = 0] = api.coord([api.value(0) + size, 0])
              const gap = Math.min(4, (right - left) * 0.25)
              // One row is a bar of its own height, not nothing.
              const tall = Math.max(4, ground - y)
              return {
                type: 'rect',
                shape: { x: left + gap / 2, y: ground - tall, width: Math.max(2, right - left - gap), height: tall },
                style: api.style(),
              }
            },
          },
          mark('high', () => -11),
          mark('critical', ({ high }) => (high > 0 ? -23 : -11)),
        ],
      }
    },
    [from, to, bucketSeconds, buckets, zone, onRange, onMark],
  )

  if (table) return <TimelineTable {...props} />
  const rows = buckets.reduce((total, bucket) => total + bucket.rows, 0)
  return (
    <EChart
      label={`${formatNoun(rows, 'row')} from ${formatTime(from, zone)} to ${formatTime(to, zone)}`}
      option={option}
      onPick={(series, index) => {
        const bucket = buckets[index]
        if (!bucket) return
        if (isMark(series)) onMark?.(rangeOf(bucket, bucketSeconds), series)
        else onRange?.(rangeOf(bucket, bucketSeconds))
      }}
    />
  )
}

function TimelineTable({ buckets, bucketSeconds, onRange, onMark }: TimelineChartProps) {
  const alerts = (bucket: TimelineBucket, mark: TimelineMark) =>
    onMark && bucket[mark] > 0 ? (
      <button type="button" className="link-button" onClick={() => onMark(rangeOf(bucket, bucketSeconds), mark)}>
        {formatCount(bucket[mark])}
      </button>
    ) : (
      formatCount(bucket[mark])
    )
  return (
    <div className="table-twin">
      <table className="table">
        <thead>
          <tr>
            <th>From</th>
            <th className="num">Rows</th>
            <th className="num">Critical alerts</th>
            <th className="num">High alerts</th>
          </tr>
        </thead>
        <tbody>
          {buckets.map((bucket) => (
            <tr key={bucket.start}>
              <td>
                {onRange ? (
                  <button type="button" className="link-button" onClick={() => onRange(rangeOf(bucket, bucketSeconds))}>
                    <Time iso={bucket.start} />
                  </button>
                ) : (
                  <Time iso={bucket.start} />
                )}
              </td>
              <td className="num">{formatCount(bucket.rows)}</td>
              <td className="num">{alerts(bucket, 'critical')}</td>
              <td className="num">{alerts(bucket, 'high')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
