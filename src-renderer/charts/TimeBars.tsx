import { useCallback } from 'react'
import { useZone } from '../ui/appearance.ts'
import { formatCount, formatNoun } from '../ui/formatNumber.ts'
import { formatTime } from '../ui/formatTime.ts'
import { axisLook, EChart, tooltipLook, type Colour } from './EChart.tsx'
import { tickText } from './timeTicks.ts'

export type TimeBar = { start: string; series: string; value: number }
/** `colour`: a token; series are stacked in their order, the first at the baseline. */
export type TimeSeries = { id: string; name: string; colour: string }

type TimeBarsProps = {
  bars: readonly TimeBar[]
  series: readonly TimeSeries[]
  bucketSeconds: number
  /** What is counted: "detection". */
  noun: string
  /** A stretch was dragged over. */
  onRange?: (range: { from: string; to: string }) => void
  /** A bar was clicked. */
  onPick?: (bar: { start: string; series: string }) => void
}

/** Stacked bars over time. A click on a bar leads to what it counts, dragging over the chart narrows the time. */
export function TimeBars({ bars, series, bucketSeconds, noun, onRange, onPick }: TimeBarsProps) {
  const zone = useZone()
  const starts = bars.map(({ start }) => Date.parse(start))
  const [first, last] = [Math.min(...starts), Math.max(...starts) + bucketSeconds * 1000]
  const total = bars.reduce((sum, { value }) => sum + value, 0)
  const option = useCallback(
    (colour: Colour) => {
      const look = axisLook(colour)
      const value = (start: number, id: string) =>
        bars.find((bar) => bar.series === id && Date.parse(bar.start) === start)?.value ?? 0
      const buckets = [...new Set(bars.map(({ start }) => Date.parse(start)))].sort((a, b) => a - b)
      return {
        useUTC: zone === 'utc',
        grid: { left: 46, right: 12, top: 10, bottom: 24 },
        xAxis: {
          ...look,
          type: 'time',
          min: first,
          max: last,
          splitLine: { show: false },
          axisLabel: { ...look.axisLabel, formatter: (ms: number) => tickText(ms, (last - first) / 1000, zone) },
        },
        yAxis: {
          ...look,
          type: 'value',
          minInterval: 1,
          axisLine: { show: false },
          axisLabel: { ...look.axisLabel, formatter: (count: number) => formatCount(count) },
        },
        tooltip: {
          ...tooltipLook(colour),
          trigger: 'axis',
          axisPointer: { type: 'shadow' },
          formatter: (points: readonly { dataIndex: number }[]) => {
            const start = buckets[points[0]?.dataIndex ?? -1]
            if (start === undefined) return ''
            const lines = series
              .map(({ id, name }) => ({ name, count: value(start, id) }))
              .filter(({ count }) => count > 0)
              .map(({ name, count }) => `${escaped(name)}: <b>${formatCount(count)}</b>`)
            return [formatTime(new Date(start).toISOString(), zone), ...lines].join('<br>')
          },
        },
        series: series.map(({ id, name, colour: token }) => ({
          id,
          name,
          type: 'bar',
          stack: 'all',
          cursor: onPick ? 'pointer' : 'default',
          barMaxWidth: 28,
          barCategoryGap: '15%',
          itemStyle: { color: colour(token), borderColor: colour('--surface'), borderWidth: 0.5 },
          // The middle of its stretch of time.
          data: buckets.map((start) => [start + bucketSeconds * 500, value(start, id)]),
        })),
      }
    },
    [bars, series, bucketSeconds, zone, first, last, onPick],
  )
  if (bars.length === 0) return null
  return (
    <EChart
      label={`${formatNoun(total, noun)} from ${formatTime(new Date(first).toISOString(), zone)} to ${formatTime(new Date(last).toISOString(), zone)}`}
      option={option}
      {...(onRange
        ? {
            onSpan: (from: number, to: number) =>
              onRange({ from: new Date(from).toISOString(), to: new Date(to).toISOString() }),
          }
        : {})}
      onPoint={(x, y) => {
        const bar = barAt(bars, series, bucketSeconds, x, y)
        if (bar) onPick?.({ start: bar.start, series: bar.series })
      }}
    />
  )
}

/** The bar at a time and a height of the stack; null beside and above the bars. */
export function barAt(
  bars: readonly TimeBar[],
  series: readonly TimeSeries[],
  bucketSeconds: number,
  ms: number,
  height: number,
): TimeBar | null {
  const here = bars.filter(({ start }) => ms >= Date.parse(start) && ms < Date.parse(start) + bucketSeconds * 1000)
  let top = 0
  for (const { id } of series) {
    const bar = here.find((one) => one.series === id)
    top += bar?.value ?? 0
    if (bar && bar.value > 0 && height >= 0 && height <= top) return bar
  }
  return null
}

/** Texts of a server inside the markup of a tooltip. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
