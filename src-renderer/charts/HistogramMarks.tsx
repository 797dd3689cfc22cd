import { formatCount } from '../ui/formatNumber.ts'
import { formatTimeBare, type Zone } from '../ui/formatTime.ts'
import { LEFT, partsOf, RIGHT, seriesColour, type Bar, type HistogramScale } from './histogramScale.ts'

const powerText = (power: number): string =>
  power > 5 ? `${10 ** (power - 6)} M` : power > 3 ? `${10 ** (power - 3)} k` : formatCount(10 ** power)

type HistogramMarksProps = {
  scale: HistogramScale
  width: number
  height: number
  zone: Zone
  at: number | null
  brush: { first: number; last: number } | null
}

/** Bars, axis and brush. A bar is as high as the logarithm of its rows; its colours share it by their rows. */
export function HistogramMarks({ scale, width, height, zone, at, brush }: HistogramMarksProps) {
  const { bars, slots, slotWidth, from, to, top, series } = scale
  const plot = width - LEFT - RIGHT
  const spread = to - from
  const heightOf = (rows: number) => Math.max(2, (Math.log10(rows + 1) / top) * height)
  const label = (time: number) => {
    const text = formatTimeBare(new Date(time).toISOString(), zone)
    if (spread > 3 * 86_400_000) return text.slice(0, 10)
    if (spread > 86_400_000) return text.slice(5, 16)
    return spread > 300_000 ? text.slice(11, 16) : text.slice(11, 19)
  }
  const ticks = Math.max(2, Math.min(14, Math.floor(plot / 104)))
  const barMarks = (bar: Bar) => {
    const tall = heightOf(bar.rows)
    let ground = height
    return partsOf(bar, series.length).map((part, n) => {
      const share = (part / bar.rows) * tall
      ground -= share
      return share > 0 ? (
        <rect
          key={n}
          x={LEFT + bar.slot * slotWidth + slotWidth * 0.09}
          width={Math.max(1, slotWidth * 0.82)}
          y={ground}
          height={share}
          fill={seriesColour(n, series.length)}
        />
      ) : null
    })
  }
  return (
    <svg width={width} height={height + 18} aria-hidden>
      {Array.from({ length: top + 1 }, (_, power) => power).map((power) => {
        const y = height - (Math.log10(10 ** power + 1) / top) * height
        return y < 0 || (top > 3 && power % 2 === 1) ? null : (
          <g key={power}>
            <line x1={LEFT} x2={width - RIGHT} y1={y} y2={y} stroke="var(--chart-grid)" />
            <text x={LEFT - 6} y={y + 4} textAnchor="end">
              {powerText(power)}
            </text>
          </g>
        )
      })}
      {at !== null && !brush && (
        <rect x={LEFT + at * slotWidth} width={slotWidth} y={0} height={height} fill="var(--hover)" />
      )}
      {bars.map((bar) => (
        <g key={bar.start}>{barMarks(bar)}</g>
      ))}
      {brush && (
        <g className="histogram-brush">
          <rect
            x={LEFT + brush.first * slotWidth}
            width={(brush.last - brush.first + 1) * slotWidth}
            y={0}
            height={height}
            fill="var(--accent)"
            fillOpacity={0.16}
          />
          {[brush.first, brush.last + 1].map((edge) => (
            <line
              key={edge}
              x1={LEFT + edge * slotWidth}
              x2={LEFT + edge * slotWidth}
              y1={0}
              y2={height}
              stroke="var(--accent)"
            />
          ))}
        </g>
      )}
      <line x1={LEFT} x2={width - RIGHT} y1={height + 0.5} y2={height + 0.5} stroke="var(--line-strong)" />
      {Array.from({ length: ticks }, (_, n) => (
        <text key={n} x={LEFT + (plot * (n + 0.5)) / ticks} y={height + 14} textAnchor="middle">
          {label(scale.timeOf(slots * ((n + 0.5) / ticks)))}
        </text>
      ))}
    </svg>
  )
}
