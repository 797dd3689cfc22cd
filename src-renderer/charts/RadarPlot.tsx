import { useCallback } from 'react'
import { figureOf } from '../ui/figureOf.ts'
import { EChart, tooltipLook, type Colour } from './EChart.tsx'
import { escaped } from './TimeBars.tsx'

export type RadarSeries = {
  name: string
  /** A token. */
  colour: string
  line: 'solid' | 'dashed' | 'dotted'
  /** One for each axis; null: not known. */
  values: readonly (number | null)[]
  filled?: boolean
}

/**
 * Profiles over the same axes. Each axis ends at the largest value on it, so that shares and counts stand side by side; the
 * values themselves are in the tooltip and the table twin.
 */
export function RadarPlot({
  axes,
  series,
  onPick,
}: {
  axes: readonly string[]
  series: readonly RadarSeries[]
  /** A profile was clicked, nearest to the axis `axis`. */
  onPick?: (series: number, axis: number) => void
}) {
  const option = useCallback(
    (colour: Colour) => {
      const most = axes.map((_, n) => Math.max(0, ...series.map(({ values }) => values[n] ?? 0)))
      return {
        radar: {
          center: ['50%', '50%'],
          radius: '68%',
          splitNumber: 4,
          indicator: axes.map((name, n) => ({ name, max: most[n] === 0 ? 1 : most[n], min: 0 })),
          axisName: { color: colour('--text-2'), fontSize: 11 },
          axisNameGap: 6,
          axisLine: { lineStyle: { color: colour('--chart-grid') } },
          splitLine: { lineStyle: { color: colour('--chart-grid') } },
          splitArea: { show: false },
        },
        tooltip: {
          ...tooltipLook(colour),
          trigger: 'item',
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const one = series[dataIndex]
            if (!one) return ''
            const lines = axes.map((name, n) => {
              const value = one.values[n] ?? null
              return `${escaped(name)}: <b>${value === null ? '–' : figureOf(value)}</b>`
            })
            return [`<b>${escaped(one.name)}</b>`, ...lines].join('<br>')
          },
        },
        series: [
          {
            type: 'radar',
            symbolSize: onPick ? 7 : 4,
            cursor: onPick ? 'pointer' : 'default',
            data: series.map(({ name, colour: token, line, values, filled = false }) => ({
              name,
              value: values.map((value) => value ?? 0),
              itemStyle: { color: colour(token) },
              lineStyle: { color: colour(token), type: line, width: 1.5 },
              ...(filled ? { areaStyle: { color: colour(token), opacity: 0.18 } } : {}),
            })),
          },
        ],
      }
    },
    [axes, series, onPick],
  )
  return (
    <EChart
      label={`${series.map(({ name }) => name).join(', ')} over ${axes.join(', ')}`}
      option={option}
      onPick={(_, index, _kind, at) => onPick?.(index, axisAt(at, axes.length))}
    />
  )
}

/** The axis that lies nearest to a place: the first points up, the others follow against the clock. */
function axisAt({ x, y }: { x: number; y: number }, axes: number): number {
  const turn = Math.atan2(-x, -y) / (2 * Math.PI)
  return Math.round((turn < 0 ? turn + 1 : turn) * axes) % axes
}
