import { useEffect, useRef } from 'react'
import { BarChart, CustomChart, GraphChart, HeatmapChart, LineChart, RadarChart, ScatterChart } from 'echarts/charts'
import { BrushComponent, GridComponent, RadarComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useAppearance } from '../ui/appearance.ts'

register([
  ...[BarChart, CustomChart, GraphChart, HeatmapChart, LineChart, RadarChart, ScatterChart],
  ...[BrushComponent, GridComponent, RadarComponent, TooltipComponent, VisualMapComponent, SVGRenderer],
])

/** The mouse may move so far during a click, in px. */
const CLICK_PX = 3

/** Reads the colour of a token: `colour('--series-1')`. */
export type Colour = (token: string) => string

type EChartProps = {
  /** What the chart shows, for those who cannot see it; the numbers are in its table twin. */
  label: string
  /** The chart in the colours of the theme; made anew when the theme changes. Must be stable (useCallback). */
  option: (colour: Colour) => EChartsCoreOption
  /**
   * A mark of series `seriesName` at `index` of its data was clicked; `kind`: in a graph, `node` or `edge`; `at`: where, from the
   * middle of the box, in px.
   */
  onPick?: (seriesName: string, index: number, kind: string | undefined, at: { x: number; y: number }) => void
  /** A stretch of the horizontal axis was dragged over: its ends as values of the axis. Marks then hear no clicks: take onPoint. */
  onSpan?: (from: number, to: number) => void
  /** A point inside of the axes was clicked, as values of both; `distance`: from there to other values, in px. */
  onPoint?: (x: number, y: number, distance: (x: number, y: number) => number) => void
}

/** The only place that knows ECharts: SVG, no animation. It fills its box, which must have a height. */
export function EChart({ label, option, onPick, onSpan, onPoint }: EChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  const pick = useRef(onPick)
  const span = useRef(onSpan)
  const point = useRef(onPoint)
  const spans = onSpan !== undefined
  const { theme } = useAppearance()

  useEffect(() => {
    pick.current = onPick
    span.current = onSpan
    point.current = onPoint
  })

  useEffect(() => {
    if (!box.current) return
    const made = init(box.current, null, { renderer: 'svg' })
    made.on('click', ({ seriesName, dataIndex, dataType, event }) =>
      pick.current?.(seriesName ?? '', dataIndex, dataType, {
        x: (event?.offsetX ?? 0) - made.getWidth() / 2,
        y: (event?.offsetY ?? 0) - made.getHeight() / 2,
      }),
    )
    // The brush takes the mouse away from the marks below it: a click is one that did not move.
    const element = box.current
    let down = { x: 0, y: 0 }
    const onDown = ({ clientX, clientY }: MouseEvent): void => void (down = { x: clientX, y: clientY })
    const onUp = ({ clientX, clientY }: MouseEvent): void => {
      if (!point.current || Math.hypot(clientX - down.x, clientY - down.y) > CLICK_PX) return
      const edge = element.getBoundingClientRect()
      const at: [number, number] = [clientX - edge.left, clientY - edge.top]
      if (!made.containPixel('grid', at)) return
      const [x, y] = made.convertFromPixel('grid', at)
      if (x === undefined || y === undefined) return
      point.current(x, y, (toX, toY) => {
        const [left = 0, top = 0] = made.convertToPixel('grid', [toX, toY])
        return Math.hypot(left - at[0], top - at[1])
      })
    }
    element.addEventListener('mousedown', onDown, { capture: true })
    element.addEventListener('mouseup', onUp, { capture: true })
    made.on('brushEnd', (event) => {
      const ends = spanOf(event)
      if (!ends) return
      made.dispatchAction({ type: 'brush', areas: [] })
      span.current?.(...ends)
    })
    chart.current = made
    const sizes = new ResizeObserver(() => made.resize())
    sizes.observe(box.current)
    return () => {
      sizes.disconnect()
      element.removeEventListener('mousedown', onDown, { capture: true })
      element.removeEventListener('mouseup', onUp, { capture: true })
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
        ...(spans ? { brush: { ...brushLook(colour), xAxisIndex: 0 }, toolbox: { show: false } } : {}),
        ...option(colour),
      },
      { notMerge: true },
    )
    if (spans)
      chart.current?.dispatchAction({
        type: 'takeGlobalCursor',
        key: 'brush',
        brushOption: { brushType: 'lineX', brushMode: 'single' },
      })
  }, [option, theme, spans])

  return <div ref={box} role="img" aria-label={label} className="chart" />
}

const brushLook = (colour: Colour) => ({
  brushStyle: { color: colour('--accent'), opacity: 0.16, borderColor: colour('--accent'), borderWidth: 1 },
  outOfBrush: { colorAlpha: 1 },
  throttleType: 'debounce',
  throttleDelay: 0,
})

/** The ends of a stretch that was dragged over; null for a click. */
function spanOf(event: unknown): [number, number] | null {
  const areas: unknown = typeof event === 'object' && event !== null && 'areas' in event ? event.areas : null
  const area: unknown = Array.isArray(areas) ? areas[0] : null
  const range: unknown = typeof area === 'object' && area !== null && 'coordRange' in area ? area.coordRange : null
  if (!Array.isArray(range)) return null
  const [from, to] = range.map(Number)
  return from !== undefined && to !== undefined && to > from ? [from, to] : null
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
