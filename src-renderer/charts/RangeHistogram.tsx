import { useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { formatNoun } from '../ui/formatNumber.ts'
import { formatTimeBare, type Zone } from '../ui/formatTime.ts'
import { HistogramMarks } from './HistogramMarks.tsx'
import { histogramScale, type HistogramData } from './histogramScale.ts'

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
  /** The bar under the mouse or the keys; null: none. */
  onPoint: (bar: number | null) => void
}

/**
 * Rows over time in stacked bars on a log axis. A drag brushes a stretch, a click picks a bar. By keys: arrows move, with
 * Shift they brush, Enter takes it, Escape lets go.
 */
export function RangeHistogram({ data, zone, label, height, dimmed, onRange, onPick, onPoint }: RangeHistogramProps) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const [at, setAt] = useState<number | null>(null)
  /** Slots of the brush, both included, in the order of the movement. */
  const [brush, setBrush] = useState<{ from: number; to: number } | null>(null)
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

  const point = (slot: number | null) => {
    setAt(slot)
    const bar = bars.findIndex(({ slot: own }) => own === slot)
    onPoint(bar < 0 ? null : bar)
  }
  const slotUnder = (event: PointerEvent<HTMLElement>): number =>
    scale.slotAt(event.clientX - event.currentTarget.getBoundingClientRect().left)
  const take = ({ from, to }: { from: number; to: number }) => {
    const first = Math.min(from, to)
    setBrush(null)
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
        setBrush({ from: anchor.from, to })
        point(to)
      } else {
        setBrush(null)
        const next =
          step > 0 ? bars.find(({ slot }) => slot > (at ?? -1)) : bars.findLast(({ slot }) => slot < (at ?? slots))
        if (next) point(next.slot)
      }
    } else if (event.key === 'Enter' && brush) take(brush)
    else if (event.key === 'Enter' && at !== null) pick(at)
    else if (event.key === 'Escape' && brush) {
      setBrush(null)
      event.stopPropagation()
    } else return
    event.preventDefault()
  }

  const said = bars.find(({ slot }) => slot === at)
  const brushed = brush && { first: Math.min(brush.from, brush.to), last: Math.max(brush.from, brush.to) }
  const inside = brushed ? bars.filter(({ slot }) => slot >= brushed.first && slot <= brushed.last) : []
  const clock = (time: number): string => formatTimeBare(new Date(time).toISOString(), zone)
  const text = brushed
    ? `${clock(scale.timeOf(brushed.first))} to ${clock(scale.timeOf(brushed.last + 1))}, ${formatNoun(
        inside.reduce((sum, { rows }) => sum + rows, 0),
        'row',
      )}`
    : said
      ? `${formatTimeBare(said.start, zone)}, ${formatNoun(said.rows, 'row')}`
      : 'None chosen'
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
      aria-valuetext={text}
      onBlur={() => (point(null), setBrush(null))}
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
          setBrush({ from: held.slot, to: slot })
        }
        point(slot)
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
        setBrush(null)
      }}
      onKeyDown={onKeyDown}
    >
      {width > 0 && bars.length > 0 && (
        <HistogramMarks scale={scale} width={width} height={height} zone={zone} at={at} brush={brushed} />
      )}
      {brushed && (
        <span className="histogram-said sm num" role="status">
          {text}
        </span>
      )}
    </div>
  )
}
