import { useEffect, useRef } from 'react'
import type { Alert } from '#contract/alerts'
import type { GridData } from '../../grid/gridData.ts'
import { moveCursor, selectedRows, type GridSelection } from '../../grid/gridSelection.ts'
import { firstRows } from '../../grid/rowRanges.ts'

/** Rows looked through for the open alert, and marked rows compared. */
const LOOKED_AT = 500

type Rows = GridData<Alert> | null

/** Are the marked rows of both lists the same alerts? Rows that are not here count as others. */
function sameMarked(before: Rows, after: Rows, selection: GridSelection): boolean {
  if (!before || !after || before.total !== after.total) return false
  const rows = firstRows(selectedRows(selection), LOOKED_AT)
  return rows.every((row) => before.rowAt(row) !== undefined && before.rowAt(row)?.id === after.rowAt(row)?.id)
}

/**
 * A selection is a set of places in a list, but what the analyst chose are alerts. When the list is read anew the cursor
 * goes where the open alert now stands, and marks are taken off where other alerts have come under them: an action must
 * never hit an alert that was not chosen.
 */
export function useSelectionFollows(
  data: Rows,
  openId: string | null,
  selection: GridSelection,
  setSelection: (next: GridSelection) => void,
): void {
  const before = useRef<Rows>(null)
  useEffect(() => {
    const old = before.current
    before.current = data
    if (!data || old === data) return
    let next = selection
    if (next.rows.length > 0 && !sameMarked(old, data, next)) next = { ...next, rows: [] }
    if (openId !== null && (next.cursor === null || data.rowAt(next.cursor)?.id !== openId)) {
      const found = Array.from({ length: Math.min(data.total, LOOKED_AT) }, (_, row) => row).find(
        (row) => data.rowAt(row)?.id === openId,
      )
      if (found !== undefined) next = { ...moveCursor(next, found), rows: next.rows }
    }
    if (next.cursor !== null && next.cursor >= data.total)
      next = { ...next, cursor: data.total > 0 ? data.total - 1 : null }
    if (next !== selection) setSelection(next)
  }, [data, openId, selection, setSelection])
}
