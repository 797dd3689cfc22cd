import { useCallback } from 'react'
import { formatCount, formatNoun } from '../ui/formatNumber.ts'
import { axisLook, EChart, tooltipLook, type Colour } from './EChart.tsx'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

/** `day`: Monday 0. */
export type WeekCell = { day: number; hour: number; value: number }

/** Counts by hour of the day and day of the week, in UTC; the busiest few share the brightest colour, so that one burst does not darken all others. A click on a cell leads to what it counts. */
export function WeekHeatmap({
  cells,
  noun,
  onPick,
}: {
  cells: readonly WeekCell[]
  noun: string
  onPick?: (cell: WeekCell) => void
}) {
  const option = useCallback(
    (colour: Colour) => {
      const look = axisLook(colour)
      const bright = brightest(cells)
      return {
        grid: { left: 84, right: 16, top: 8, bottom: 50 },
        xAxis: { ...look, type: 'category', data: HOURS, splitLine: { show: false }, axisLine: { show: false } },
        yAxis: { ...look, type: 'category', data: DAYS, inverse: true, axisLine: { show: false } },
        visualMap: {
          min: 0,
          max: bright,
          orient: 'horizontal',
          left: 84,
          bottom: 2,
          itemWidth: 10,
          itemHeight: 160,
          text: [`${formatCount(bright)} and more`, '0'],
          textStyle: { color: colour('--chart-axis'), fontSize: 11 },
          inRange: { color: [colour('--inset'), colour('--series-1')] },
        },
        tooltip: {
          ...tooltipLook(colour),
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const cell = cells[dataIndex]
            return cell === undefined
              ? ''
              : `${DAYS[cell.day] ?? ''} ${HOURS[cell.hour] ?? ''}:00 UTC<br><b>${formatNoun(cell.value, noun)}</b>`
          },
        },
        series: [
          {
            type: 'heatmap',
            cursor: onPick ? 'pointer' : 'default',
            itemStyle: { borderColor: colour('--surface'), borderWidth: 1 },
            emphasis: { itemStyle: { borderColor: colour('--accent'), borderWidth: 2 } },
            data: cells.map(({ day, hour, value }) => [hour, day, value]),
          },
        ],
      }
    },
    [cells, noun, onPick],
  )
  const total = cells.reduce((sum, { value }) => sum + value, 0)
  return (
    <EChart
      label={`${formatNoun(total, noun)} by hour and day`}
      option={option}
      onPick={(_, index) => {
        const cell = cells[index]
        if (cell) onPick?.(cell)
      }}
    />
  )
}

/** Share of the cells that have colours of their own. */
const TOLD_APART = 0.96

/** The value from which on all cells are brightest. */
function brightest(cells: readonly WeekCell[]): number {
  const values = cells.map(({ value }) => value).toSorted((a, b) => a - b)
  return Math.max(1, values[Math.min(values.length - 1, Math.floor(values.length * TOLD_APART))] ?? 1)
}
