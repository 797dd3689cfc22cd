import { useCallback } from 'react'
import { useZone } from '../ui/appearance.ts'
import { figureOf } from '../ui/figureOf.ts'
import { formatTime } from '../ui/formatTime.ts'
import { axisLook, EChart, tooltipLook, type Colour } from './EChart.tsx'
import { escaped } from './TimeBars.tsx'
import { tickText } from './timeTicks.ts'

/** `mark`: a token that the point is drawn in; without one it is a plain part of its line. `note`: for the tooltip. */
export type TimePoint = { time: string; value: number; series: string; mark?: string; note?: string }
export type LineSeries = { id: string; name: string; colour: string; line: 'solid' | 'dashed' | 'dotted' }

type TimeLinesProps = {
  points: readonly TimePoint[]
  series: readonly LineSeries[]
  /** What the vertical axis shows. */
  noun: string
  /** The ends of the vertical axis, where they are known. */
  within?: readonly [number, number]
  onRange?: (range: { from: string; to: string }) => void
  /** A point, or a place beside it, was clicked. */
  onPick?: (point: TimePoint) => void
}

/** A click so near to a point means it, in px. */
const NEAR_PX = 14

/** Values over time, a line for each series. Dragging over the chart narrows the time. */
export function TimeLines({ points, series, noun, within, onRange, onPick }: TimeLinesProps) {
  const zone = useZone()
  const option = useCallback(
    (colour: Colour) => {
      const look = axisLook(colour)
      const times = points.map(({ time }) => Date.parse(time))
      const span = (Math.max(...times) - Math.min(...times)) / 1000
      return {
        useUTC: zone === 'utc',
        grid: { left: 46, right: 16, top: 10, bottom: 24 },
        xAxis: {
          ...look,
          type: 'time',
          boundaryGap: ['3%', '3%'],
          splitLine: { show: false },
          axisLabel: { ...look.axisLabel, formatter: (ms: number) => tickText(ms, Math.max(3600, span), zone) },
        },
        yAxis: {
          ...look,
          type: 'value',
          axisLine: { show: false },
          ...(within ? { min: within[0], max: within[1] } : {}),
          axisLabel: { ...look.axisLabel, formatter: (value: number) => figureOf(value) },
        },
        tooltip: {
          ...tooltipLook(colour),
          trigger: 'item',
          formatter: ({ seriesName, dataIndex }: { seriesName: string; dataIndex: number }) => {
            const point = pointsOf(points, series.find(({ name }) => name === seriesName)?.id)[dataIndex]
            if (!point) return ''
            return [
              formatTime(point.time, zone),
              `${escaped(noun)}: <b>${figureOf(point.value)}</b>`,
              ...(point.note === undefined ? [] : [escaped(point.note)]),
            ].join('<br>')
          },
        },
        series: series.map(({ id, name, colour: token, line }) => ({
          name,
          type: 'line',
          cursor: onPick ? 'pointer' : 'default',
          lineStyle: { color: colour(token), type: line, width: 1.5 },
          itemStyle: { color: colour(token) },
          data: pointsOf(points, id).map(({ time, value, mark }) => ({
            value: [Date.parse(time), value],
            symbol: mark === undefined ? 'circle' : 'diamond',
            symbolSize: mark === undefined ? 4 : 9,
            ...(mark === undefined ? {} : { itemStyle: { color: colour(mark), borderColor: colour('--surface') } }),
          })),
        })),
      }
    },
    [points, series, noun, within, zone, onPick],
  )
  return (
    <EChart
      label={`${noun} over time, ${points.length} points`}
      option={option}
      onPoint={(_x, _y, distance) => {
        const [nearest] = points
          .map((point) => ({ point, far: distance(Date.parse(point.time), point.value) }))
          .toSorted((a, b) => a.far - b.far)
        if (nearest && nearest.far <= NEAR_PX) onPick?.(nearest.point)
      }}
      {...(onRange
        ? {
            onSpan: (from: number, to: number) =>
              onRange({ from: new Date(from).toISOString(), to: new Date(to).toISOString() }),
          }
        : {})}
    />
  )
}

/** The points of a series in order of time. */
const pointsOf = (points: readonly TimePoint[], id: string | undefined): TimePoint[] =>
  points.filter(({ series }) => series === id).toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time))
