import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useBackend } from '../../backend/BackendContext.ts'
import { NOTHING_SELECTED, type GridSelection } from '../../grid/gridSelection.ts'
import { positionOf, type ShownRows } from './useEvidenceRows.ts'

/** The URL follows the cursor when it rests: browsers refuse hundreds of changes in a row. */
const URL_SETTLE_MS = 250
const none = () => () => {}
const zero = () => 0

/**
 * Selection in the grid and `row=` in the URL, kept together: our own moves are written to the URL, a `row=` that came by
 * link, back or forward is looked up and selected (`onArrive`). `rowNumber` is the row of the cursor, also when the query leaves it out.
 */
export function useRowCursor(
  shown: ShownRows | null,
  urlRow: number | null,
  setUrlRow: (row: number | null) => void,
  onArrive: () => void,
) {
  const backend = useBackend()
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED)
  const [from, setFrom] = useState<ShownRows | null>(null)
  const [lost, setLost] = useState<number | null>(null)
  const known = useRef<number | null>(null)

  // Another query or order: the same row where it stands now.
  if (shown !== from) {
    setFrom(shown)
    setLost(null)
    const position = shown?.position ?? null
    setSelection(position === null ? NOTHING_SELECTED : { cursor: position, anchor: position, rows: [] })
  }

  useSyncExternalStore(shown?.data.subscribe ?? none, shown?.data.version ?? zero)
  const cursor = shown === from ? selection.cursor : null
  const rowHere = cursor === null ? null : (shown?.data.rowAt(cursor)?.row ?? null)
  const rowNumber = rowHere ?? (cursor === null ? (lost ?? urlRow) : null)

  useEffect(() => {
    if (rowHere === null) return
    if (known.current === null) known.current = urlRow
    if (rowHere === known.current) return
    const timer = setTimeout(() => {
      known.current = rowHere
      setUrlRow(rowHere)
    }, URL_SETTLE_MS)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react/exhaustive-deps -- only our own moves are written
  }, [rowHere])

  useEffect(() => {
    if (!shown || urlRow === known.current) return
    known.current = urlRow
    if (urlRow === null || urlRow === rowHere) return
    onArrive()
    const controller = new AbortController()
    positionOf(backend, shown.query, urlRow, controller.signal).then(
      (position) => {
        if (controller.signal.aborted) return
        const inside = position !== null && position < shown.data.total
        setLost(inside ? null : urlRow)
        setSelection(inside ? { cursor: position, anchor: position, rows: [] } : NOTHING_SELECTED)
      },
      () => undefined,
    )
    return () => controller.abort()
    // oxlint-disable-next-line react/exhaustive-deps -- only a changed URL is followed
  }, [backend, shown, urlRow])

  /** The row to begin at when the query changes: one that came by URL, else that of the cursor. For effects only. */
  const wantedRow = () => (urlRow !== known.current ? urlRow : null) ?? rowNumber
  return { selection, setSelection, rowNumber, wantedRow }
}
