import { useEffect, useRef } from 'react'
import { CustomChart, ScatterChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useAppearance } from '../ui/appearance.ts'

register([CustomChart, ScatterChart, GridComponent, TooltipComponent, SVGRenderer])

/** Reads the colour of a token: `colour('--series-1')`. */
export type Colour = (token: string) => string

type EChartProps = {
  /** What the chart shows, for those who cannot see it; the numbers are in its table twin. */
  label: string
  /** The chart in the colours of the theme; made anew when the theme changes. Must be stable (useCallback). */
  option: (colour: Colour) => EChartsCoreOption
  /** A mark of series `seriesName` at `index` of its data was clicked. */
  onPick?: (seriesName: string, index: number) => void
}

/** The only place that knows ECharts: SVG, no animation. It fills its box, which must have a height. */
export function EChart({ label, option, onPick }: EChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  const pick = useRef(onPick)
  const { theme } = useAppearance()

  useEffect(() => {
    pick.current = onPick
  })

  useEffect(() => {
    if (!box.current) return
    const made = init(box.current, null, { renderer: 'svg' })
    made.on('click', ({ seriesName, dataIndex }) => pick.current?.(seriesName ?? '', dataIndex))
    chart.current = made
    const sizes = new ResizeObserver(() => made.resize())
    sizes.observe(box.current)
    return () => {
      sizes.disconnect()
      made.dispose()
    }
  }, [])

  useEffect(() => {
    const style = getComputedStyle(document.documentElement)
    const colour: Colour = (token) => style.getPropertyValue(token).trim()
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: colour('--font-ui'), fontSize: 11, color: colour('--chart-axis') },
        ...option(colour),
      },
      { notMerge: true },
    )
  }, [option, theme])

  return <div ref={box} role="img" aria-label={label} className="chart" />
}

/** Axis lines, labels and grid lines as every chart has them. */
export const axisLook = (colour: Colour) => ({
  axisLine: { lineStyle: { color: colour('--line-strong') } },
  axisTick: { show: false },
  axisLabel: { color: colour('--chart-axis'), fontSize: 11, hideOverlap: true },
  splitLine: { lineStyle: { color: colour('--chart-grid') } },
})

/** The floating box of a chart. */
export const tooltipLook = (colour: Colour) => ({
  backgroundColor: colour('--raised'),
  borderColor: colour('--line-strong'),
  padding: [6, 8],
  textStyle: { color: colour('--text'), fontSize: 12, fontFamily: colour('--font-ui') },
  extraCssText: 'box-shadow:none;border-radius:4px',
  transitionDuration: 0,
  confine: true,
})
