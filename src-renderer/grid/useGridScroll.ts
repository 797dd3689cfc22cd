import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { flushSync } from 'react-dom'
import { columnsInView, type PlacedColumns } from './columnLayout.ts'
import { offsetShowing, rowsInView, scrollMap, type ScrollMap } from './scrollMap.ts'

export const HEADER_HEIGHT = 34
/** Rows and columns drawn beyond the edges. The drawn part never leaves the window (it is sticky), so few are enough. */
const OVERSCAN_ROWS = 3
const OVERSCAN_PX = 120
/** Rows are placed in relation to a row that changes only so often: their positions stay small and exact. */
const BASE_ROWS = 2048

/** What is drawn: rows first..last and columns from..to of the part that scrolls, all inclusive. */
export type GridWindow = { first: number; last: number; from: number; to: number; base: number }
const sameWindow = (a: GridWindow, b: GridWindow): boolean =>
  a.first === b.first && a.last === b.last && a.from === b.from && a.to === b.to && a.base === b.base

export type GridScroll = {
  scroller: RefObject<HTMLDivElement | null>
  port: RefObject<HTMLDivElement | null>
  body: RefObject<HTMLDivElement | null>
  size: { width: number; height: number }
  map: ScrollMap
  window: GridWindow
  /** Whole rows on one screen. */
  pageRows: number
  showRow(row: number, align?: 'nearest' | 'middle'): void
  showColumn(at: number): void
  toTop(): void
}

/**
 * Keeps the offset in the table. The browser scrolls an empty element; what is drawn stands still in front of it and is
 * moved by us, so that a fast scroll never shows an empty stretch, and a table of any height can be scrolled exactly.
 */
export function useGridScroll<R>(
  total: number,
  rowHeight: number,
  place: (width: number) => PlacedColumns<R>,
): GridScroll & { placed: PlacedColumns<R> } {
  const scroller = useRef<HTMLDivElement>(null)
  const port = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const at = useRef({ offset: 0, left: 0, setTop: -1 })
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [drawn, setDrawn] = useState<GridWindow>({ first: 0, last: -1, from: 0, to: -1, base: 0 })
  const viewport = Math.max(0, size.height - HEADER_HEIGHT)
  const map = useMemo(() => scrollMap(total, rowHeight, viewport), [total, rowHeight, viewport])
  const placed = useMemo(() => place(size.width), [place, size.width])

  const measure = useCallback((): GridWindow => {
    const { offset, left } = at.current
    const rows = rowsInView(offset, rowHeight, viewport, total)
    const first = Math.max(0, rows.first - OVERSCAN_ROWS)
    const last = Math.min(total - 1, rows.last + OVERSCAN_ROWS)
    const columns = columnsInView(
      placed.rest,
      left - OVERSCAN_PX,
      Math.max(0, size.width - placed.pinnedWidth) + 2 * OVERSCAN_PX,
    )
    return { first, last, from: columns.first, to: columns.last, base: Math.floor(rows.first / BASE_ROWS) * BASE_ROWS }
  }, [rowHeight, viewport, total, placed, size.width])

  const paint = useCallback(
    (base: number) => {
      if (body.current) body.current.style.transform = `translateY(${base * rowHeight - at.current.offset}px)`
      port.current?.style.setProperty('--grid-x', `${-at.current.left}px`)
    },
    [rowHeight],
  )

  const last = useRef(drawn)
  const draw = useCallback(
    (now: boolean) => {
      const next = measure()
      paint(next.base)
      if (sameWindow(next, last.current)) return
      last.current = next
      if (now) flushSync(() => setDrawn(next))
      else setDrawn(next)
    },
    [measure, paint],
  )

  const moveTo = useCallback(
    (offset: number, now: boolean) => {
      at.current.offset = Math.min(Math.max(0, offset), map.offsetMax)
      at.current.setTop = map.toScrollTop(at.current.offset)
      if (scroller.current) scroller.current.scrollTop = at.current.setTop
      draw(now)
    },
    [map, draw],
  )

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const read = () => setSize({ width: element.clientWidth, height: element.clientHeight })
    read()
    const observer = new ResizeObserver(read)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  // Another table, size or layout: keep the place as far as it still exists.
  useLayoutEffect(() => {
    const element = scroller.current
    if (element) at.current.left = element.scrollLeft
    moveTo(at.current.offset, false)
  }, [moveTo])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onScroll = () => {
      at.current.left = element.scrollLeft
      // Where we put the thumb ourselves the offset is exact already; the browser may have rounded the position.
      if (Math.abs(element.scrollTop - at.current.setTop) >= 1) {
        at.current.offset = map.toOffset(element.scrollTop)
        at.current.setTop = element.scrollTop
      }
      draw(true)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [map, draw])

  useEffect(() => {
    const element = scroller.current
    if (!element || !map.scaled) return
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
      event.preventDefault()
      const unit = event.deltaMode === 1 ? rowHeight : event.deltaMode === 2 ? viewport : 1
      moveTo(at.current.offset + event.deltaY * unit, true)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [map, moveTo, rowHeight, viewport])

  const showRow = useCallback(
    (row: number, align: 'nearest' | 'middle' = 'nearest') => {
      const offset = offsetShowing(row, at.current.offset, rowHeight, viewport, align)
      if (offset !== at.current.offset) moveTo(offset, false)
    },
    [rowHeight, viewport, moveTo],
  )

  const showColumn = useCallback(
    (column: number) => {
      const one = placed.rest[column - placed.pinned.length]
      const element = scroller.current
      // The first column is the start of the line, also where it is pinned and always in view.
      if (column === 0 && element) element.scrollLeft = 0
      if (!one || !element) return
      const room = size.width - placed.pinnedWidth
      const { left } = at.current
      if (one.left < left) element.scrollLeft = one.left
      else if (one.left + one.width > left + room) element.scrollLeft = Math.min(one.left, one.left + one.width - room)
    },
    [placed, size.width],
  )

  const toTop = useCallback(() => moveTo(0, false), [moveTo])
  const pageRows = Math.max(1, Math.floor(viewport / rowHeight) - 1)
  return { scroller, port, body, size, map, window: drawn, pageRows, showRow, showColumn, toTop, placed }
}
