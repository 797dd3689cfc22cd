import { useCallback } from 'react'
import { figureOf } from '../ui/figureOf.ts'
import { axisLook, EChart, tooltipLook, type Colour } from './EChart.tsx'
import { escaped } from './TimeBars.tsx'

/** `size`: what its area stands for; `notes`: lines of the tooltip. */
export type Dot = { x: number; y: number; size: number; series: string; label: string; notes?: readonly string[] }
/** `colour`: a token. Shapes tell series apart where colours do not. */
export type DotSeries = { id: string; name: string; colour: string; shape: 'circle' | 'rect' | 'triangle' | 'diamond' }

type DotPlotProps = {
  dots: readonly Dot[]
  series: readonly DotSeries[]
  x: string
  y: string
  onPick?: (dot: Dot) => void
}

/** Diameter in px of the smallest and of the largest dot. */
const SMALL = 6
const LARGE = 26

/** Things by two of their values. A click on a dot leads to what it stands for. */
export function DotPlot({ dots, series, x, y, onPick }: DotPlotProps) {
  const option = useCallback(
    (colour: Colour) => {
      const look = axisLook(colour)
      const most = Math.max(1, ...dots.map(({ size }) => size))
      const axis = (name: string, middle: number) => ({
        ...look,
        type: 'value',
        // Room for dots at the ends.
        offset: LARGE / 2,
        name,
        nameLocation: 'middle',
        nameGap: middle,
        nameTextStyle: { color: colour('--text-2'), fontSize: 11 },
        axisLabel: { ...look.axisLabel, formatter: (value: number) => figureOf(value) },
      })
      return {
        grid: { left: 74, right: 18, top: LARGE / 2, bottom: 56 },
        xAxis: axis(x, 26),
        yAxis: axis(y, 46),
        tooltip: {
          ...tooltipLook(colour),
          trigger: 'item',
          formatter: ({ seriesName, dataIndex }: { seriesName: string; dataIndex: number }) => {
            const dot = dotsOf(dots, series.find(({ name }) => name === seriesName)?.id)[dataIndex]
            if (!dot) return ''
            return [
              `<b>${escaped(dot.label)}</b>`,
              `${escaped(x)}: <b>${figureOf(dot.x)}</b>`,
              `${escaped(y)}: <b>${figureOf(dot.y)}</b>`,
              ...(dot.notes ?? []).map(escaped),
            ].join('<br>')
          },
        },
        series: series.map(({ id, name, colour: token, shape }) => ({
          name,
          type: 'scatter',
          symbol: shape,
          cursor: onPick ? 'pointer' : 'default',
          itemStyle: { color: colour(token), opacity: 0.75, borderColor: colour('--surface'), borderWidth: 0.5 },
          data: dotsOf(dots, id).map((dot) => ({
            value: [dot.x, dot.y],
            symbolSize: SMALL + Math.sqrt(dot.size / most) * (LARGE - SMALL),
          })),
        })),
      }
    },
    [dots, series, x, y, onPick],
  )
  return (
    <EChart
      label={`${dots.length} points by ${x} and ${y}`}
      option={option}
      onPick={(name, index) => {
        const dot = dotsOf(dots, series.find((one) => one.name === name)?.id)[index]
        if (dot) onPick?.(dot)
      }}
    />
  )
}

const dotsOf = (dots: readonly Dot[], id: string | undefined): Dot[] => dots.filter(({ series }) => series === id)
