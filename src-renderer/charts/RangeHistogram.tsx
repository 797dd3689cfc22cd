import { useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { formatNoun } from '../ui/formatNumber.ts'
import { formatSpan, formatTimeBare, type Zone } from '../ui/formatTime.ts'
import { HistogramMarks } from './HistogramMarks.tsx'
import { histogramScale, type HistogramData, type HistogramScale } from './histogramScale.ts'

/** Slots of a brush, both included, in the order of the movement. */
type Brush = { from: number; to: number }

/** Shorter drags are clicks, in px. */
const DRAG_MIN = 4

type RangeHistogramProps = {
  data: HistogramData
  zone: Zone
  /** What is counted, for those who hear the page. */
  label: string
  height: number
  dimmed?: boolean
  /** A stretch was brushed: begin and end in milliseconds, on the edges of buckets. */
  onRange: (from: number, to: number) => void
  /** A bar was clicked or entered. */
  onPick: (bar: number) => void
  /** What the bar or stretch under the mouse or the keys is; null: none. For a line beside the chart. */
  onSay: (text: string | null) => void
}

/**
 * Rows over time in stacked bars on a log axis. A drag brushes a stretch, a click picks a bar. By keys: arrows move, with
 * Shift they brush, Enter takes it, Escape lets go.
 */
export function RangeHistogram({ data, zone, label, height, dimmed, onRange, onPick, onSay }: RangeHistogramProps) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const [at, setAt] = useState<number | null>(null)
  const [brush, setBrush] = useState<Brush | null>(null)
  const drag = useRef<{ x: number; slot: number; moved: boolean } | null>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const scale = histogramScale(data, width)
  const { bars, slots } = scale

  const point = (slot: number | null, held: Brush | null = null) => {
    setAt(slot)
    setBrush(held)
    onSay(saidOf(scale, slot, held, zone))
  }
  const slotUnder = (event: PointerEvent<HTMLElement>): number =>
    scale.slotAt(event.clientX - event.currentTarget.getBoundingClientRect().left)
  const take = ({ from, to }: { from: number; to: number }) => {
    const first = Math.min(from, to)
    point(null)
    onRange(scale.timeOf(first), scale.timeOf(Math.max(from, to) + 1))
  }
  const pick = (slot: number) => {
    const bar = bars.findIndex(({ slot: own }) => own === slot)
    if (bar >= 0) onPick(bar)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step !== undefined && (!event.altKey || event.shiftKey)) {
      if (event.shiftKey) {
        const anchor =
          brush ??
          (at === null ? { from: step > 0 ? 0 : slots - 1, to: step > 0 ? 0 : slots - 1 } : { from: at, to: at })
        const to = brush || at !== null ? Math.min(Math.max(0, anchor.to + step), slots - 1) : anchor.to
        point(to, { from: anchor.from, to })
      } else {
        const next =
          step > 0 ? bars.find(({ slot }) => slot > (at ?? -1)) : bars.findLast(({ slot }) => slot < (at ?? slots))
        if (next) point(next.slot)
      }
    } else if (event.key === 'Enter' && brush) take(brush)
    else if (event.key === 'Enter' && at !== null) pick(at)
    else if (event.key === 'Escape' && brush) {
      point(at)
      event.stopPropagation()
    } else return
    event.preventDefault()
  }

  const brushed = brush && { first: Math.min(brush.from, brush.to), last: Math.max(brush.from, brush.to) }
  return (
    <div
      ref={box}
      className={dimmed ? 'histogram-plot view-dim' : 'histogram-plot'}
      style={{ height: height + 20 }}
      role="slider"
      tabIndex={bars.length > 0 ? 0 : -1}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, slots - 1)}
      aria-valuenow={at ?? 0}
      aria-valuetext={saidOf(scale, at, brush, zone) ?? 'None chosen'}
      onBlur={() => point(null)}
      onPointerLeave={() => drag.current === null && point(null)}
      onPointerDown={(event) => {
        if (event.button !== 0 || bars.length === 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.clientX, slot: slotUnder(event), moved: false }
      }}
      onPointerMove={(event) => {
        const slot = slotUnder(event)
        const held = drag.current
        if (held && (held.moved || Math.abs(event.clientX - held.x) >= DRAG_MIN)) {
          held.moved = true
          point(slot, { from: held.slot, to: slot })
        } else point(slot, brush)
      }}
      onPointerUp={(event) => {
        const held = drag.current
        drag.current = null
        if (!held) return
        if (held.moved) take({ from: held.slot, to: slotUnder(event) })
        else pick(held.slot)
      }}
      onPointerCancel={() => {
        drag.current = null
        point(null)
      }}
      onKeyDown={onKeyDown}
    >
      {width > 0 && bars.length > 0 && (
        <HistogramMarks scale={scale} width={width} height={height} zone={zone} at={at} brush={brushed} />
      )}
    </div>
  )
}

/** The stretch of the brush, or else the bar, with its rows; null where neither is. */
function saidOf(scale: HistogramScale, at: number | null, brush: Brush | null, zone: Zone): string | null {
  if (brush) {
    const [first, last] = [Math.min(brush.from, brush.to), Math.max(brush.from, brush.to)]
    const inside = scale.bars.filter(({ slot }) => slot >= first && slot <= last)
    const [from, to] = [first, last + 1].map((slot) => new Date(scale.timeOf(slot)).toISOString())
    const rows = inside.reduce((sum, bar) => sum + bar.rows, 0)
    return `${formatSpan(from ?? '', to ?? '', zone)} · ${formatNoun(rows, 'row')}`
  }
  const bar = at === null ? undefined : scale.bars.find(({ slot }) => slot === at)
  return bar ? `${formatTimeBare(bar.start, zone)} · ${formatNoun(bar.rows, 'row')}` : null
}
