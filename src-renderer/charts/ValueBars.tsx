import { useCallback } from 'react'
import { figureOf } from '../ui/figureOf.ts'
import { formatCount, formatNoun } from '../ui/formatNumber.ts'
import { axisLook, EChart, tooltipLook, type Colour } from './EChart.tsx'

export type ValueCount = { value: number; count: number }

/** Bars of a distribution at most; finer values are put together. */
const BARS = 40

/** How often each value comes, in stretches of equal width. */
export function ValueBars({
  values,
  noun,
  onPick,
}: {
  values: readonly ValueCount[]
  noun: string
  /** A bar was clicked: the least and the largest value in it. */
  onPick?: (least: number, most: number) => void
}) {
  const option = useCallback(
    (colour: Colour) => {
      const look = axisLook(colour)
      const bins = binned(values)
      return {
        grid: { left: 52, right: 16, top: 10, bottom: 24 },
        xAxis: {
          ...look,
          type: 'category',
          data: bins.map(({ from }) => figureOf(from)),
          splitLine: { show: false },
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
            const bin = bins[points[0]?.dataIndex ?? -1]
            if (!bin) return ''
            const stretch = bin.from === bin.to ? figureOf(bin.from) : `${figureOf(bin.from)} to ${figureOf(bin.to)}`
            return `${stretch}<br><b>${formatNoun(bin.count, noun)}</b>`
          },
        },
        series: [
          {
            type: 'bar',
            cursor: onPick ? 'pointer' : 'default',
            barCategoryGap: '12%',
            itemStyle: { color: colour('--series-1') },
            data: bins.map(({ count }) => count),
          },
        ],
      }
    },
    [values, noun, onPick],
  )
  const total = values.reduce((sum, { count }) => sum + count, 0)
  return (
    <EChart
      label={`${formatNoun(total, noun)} by value`}
      option={option}
      onPick={(_, index) => {
        const bin = binned(values)[index]
        if (bin && bin.count > 0) onPick?.(bin.least, bin.most)
      }}
    />
  )
}

type Bin = { from: number; to: number; least: number; most: number; count: number }

function binned(values: readonly ValueCount[]): Bin[] {
  const all = values.map(({ value }) => value)
  const [least, most] = [Math.min(...all), Math.max(...all)]
  if (values.length === 0) return []
  if (least === most)
    return [{ from: least, to: most, least, most, count: values.reduce((sum, { count }) => sum + count, 0) }]
  const width = (most - least) / BARS
  const bins = Array.from({ length: BARS }, (_, n) => ({
    from: least + n * width,
    to: least + (n + 1) * width,
    ...{ least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY, count: 0 },
  }))
  for (const { value, count } of values) {
    const bin = bins[Math.min(BARS - 1, Math.floor((value - least) / width))]
    if (!bin) continue
    bin.count += count
    bin.least = Math.min(bin.least, value)
    bin.most = Math.max(bin.most, value)
  }
  return bins
}
