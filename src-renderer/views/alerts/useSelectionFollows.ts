import { useEffect, useRef } from 'react'
import type { Alert } from '#contract/alerts'
import type { GridData } from '../../grid/gridData.ts'
import { moveCursor, selectedRows, type GridSelection } from '../../grid/gridSelection.ts'
import { firstRows } from '../../grid/rowRanges.ts'

/** Rows looked through for the open alert, and marked rows compared. */
const LOOKED_AT = 500

type Rows = GridData<Alert> | null
type Followed = {
  data: Rows
  openId: string | null
  selection: GridSelection
  onSelection: (next: GridSelection) => void
  onOpen: (alert: Alert | undefined) => void
}

/** Are the marked rows of both lists the same alerts? Rows that are not here count as others. */
function sameMarked(before: Rows, after: Rows, selection: GridSelection): boolean {
  if (!before || !after || before.total !== after.total) return false
  const rows = firstRows(selectedRows(selection), LOOKED_AT)
  return rows.every((row) => before.rowAt(row) !== undefined && before.rowAt(row)?.id === after.rowAt(row)?.id)
}

function placeOf(data: GridData<Alert>, id: string): number | undefined {
  const looked = Array.from({ length: Math.min(data.total, LOOKED_AT) }, (_, row) => row)
  return looked.find((row) => data.rowAt(row)?.id === id)
}

/**
 * A selection is a set of places in a list, but what the analyst chose are alerts. When the list is read anew the cursor
 * goes where the open alert now stands; where a filter no longer matches it the next one opens. Marks are taken off where
 * other alerts have come under them: an action must never hit an alert that was not chosen.
 */
export function useSelectionFollows(followed: Followed): void {
  const latest = useRef(followed)
  useEffect(() => {
    latest.current = followed
  })
  const before = useRef<Rows>(null)
  const { data } = followed
  useEffect(() => {
    const { openId, selection, onSelection, onOpen } = latest.current
    const old = before.current
    before.current = data
    if (!data || old === data) return
    let next = selection
    if (next.rows.length > 0 && !sameMarked(old, data, next)) next = { ...next, rows: [] }
    const { cursor } = next
    if (openId !== null && (cursor === null || data.rowAt(cursor)?.id !== openId)) {
      const found = placeOf(data, openId)
      const last = data.total === 0 ? null : Math.min(cursor ?? 0, data.total - 1)
      if (found !== undefined) next = { ...moveCursor(next, found), rows: next.rows }
      else if (cursor !== null && old?.rowAt(cursor)?.id === openId) {
        next = { cursor: last, anchor: last, rows: [] }
        onOpen(last === null ? undefined : data.rowAt(last))
      }
    }
    if (next !== selection) onSelection(next)
  }, [data])
}
