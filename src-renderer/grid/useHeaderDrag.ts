import { useCallback, useRef, useState } from 'react'
import type { PointerEvent } from 'react'
import { moveColumn, sizeColumn, type Placed, type PlacedColumns } from './columnLayout.ts'
import type { GridLayout } from './gridColumn.ts'

/** A press that moves less than this is a click. */
const DRAG_PX = 5

/** Two presses on an edge within this time fit the column; the pointer is captured, so that no double click comes from the edge. */
const TWICE_MS = 400

type Drag = { kind: 'size' | 'move'; id: string; x: number; width: number; moved: boolean }
export type Drop = { at: number; side: 'before' | 'after' }

const placedAt = (element: EventTarget, placed: PlacedColumns<unknown>): Placed<unknown> | undefined => {
  const cell = element instanceof Element ? element.closest<HTMLElement>('[data-at]') : null
  const at = Number(cell?.dataset['at'] ?? -1)
  return at < placed.pinned.length ? placed.pinned[at] : placed.rest[at - placed.pinned.length]
}

/** Resizing by the edge of a header (twice: `fit`), reordering by dragging it. `clicked` hears of a press that was neither. */
export function useHeaderDrag(
  placed: PlacedColumns<unknown>,
  layout: GridLayout,
  change: (layout: GridLayout) => void,
  clicked: (column: Placed<unknown>) => void,
  fit: (column: Placed<unknown>) => void,
) {
  const lastEdge = useRef({ id: '', at: -TWICE_MS })
  const drag = useRef<Drag | null>(null)
  const [drop, setDrop] = useState<Drop | null>(null)

  const onPointerDown = useCallback(
    (event: PointerEvent<HTMLElement>) => {
      const column = placedAt(event.target, placed)
      if (!column || event.button !== 0) return
      const edge = event.target instanceof HTMLElement && event.target.dataset['edge'] !== undefined
      drag.current = {
        kind: edge ? 'size' : 'move',
        id: column.column.id,
        x: event.clientX,
        width: column.width,
        moved: false,
      }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    [placed],
  )

  const onPointerMove = useCallback(
    (event: PointerEvent<HTMLElement>) => {
      const now = drag.current
      if (!now) return
      const by = event.clientX - now.x
      if (!now.moved && Math.abs(by) < DRAG_PX && now.kind === 'move') return
      now.moved = true
      if (now.kind === 'size') return change(sizeColumn(layout, now.id, now.width + by))
      const under = document.elementFromPoint(event.clientX, event.currentTarget.getBoundingClientRect().top + 8)
      const target = under && placedAt(under, placed)
      const box = under?.closest('[data-at]')?.getBoundingClientRect()
      setDrop(
        target && box ? { at: target.at, side: event.clientX < box.left + box.width / 2 ? 'before' : 'after' } : null,
      )
    },
    [placed, layout, change],
  )

  const onPointerUp = useCallback(
    (event: PointerEvent<HTMLElement>) => {
      const now = drag.current
      drag.current = null
      setDrop(null)
      if (!now) return
      const all = [...placed.pinned, ...placed.rest]
      if (!now.moved) {
        const column = all.find((one) => one.column.id === now.id)
        if (!column || event.type !== 'pointerup') return
        if (now.kind === 'move') return clicked(column)
        const twice = lastEdge.current.id === now.id && event.timeStamp - lastEdge.current.at < TWICE_MS
        lastEdge.current = { id: twice ? '' : now.id, at: event.timeStamp }
        if (twice) fit(column)
        return
      }
      if (now.kind === 'size' || !drop) return
      const target = all[drop.at]
      const next = drop.side === 'before' ? target : all[drop.at + 1]
      if (!target || target.column.id === now.id) return
      const pin = target.at < placed.pinned.length
      change(moveColumn(layout, now.id, next?.column.id ?? null, pin))
    },
    [placed, layout, change, clicked, fit, drop],
  )

  return { drop, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp } }
}
