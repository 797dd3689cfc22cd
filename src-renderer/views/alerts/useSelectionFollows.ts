import { useEffect, useRef } from 'react'
import type { Alert } from '#contract/alerts'
import type { GridData } from '../../grid/gridData.ts'
import { moveCursor, type GridSelection } from '../../grid/gridSelection.ts'
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

/** The alerts under the marks; undefined where one is not here. */
const markedIds = (data: Rows, { rows }: GridSelection): (string | undefined)[] =>
  firstRows(rows, LOOKED_AT).map((row) => data?.rowAt(row)?.id)

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
  const { data, openId, selection, onSelection, onOpen } = followed
  const before = useRef<{ data: Rows; marked: (string | undefined)[]; here: boolean }>({
    data,
    marked: [],
    here: false,
  })
  useEffect(() => {
    const { data: old, marked, here } = before.current
    if (!data || old === data) return
    let next = selection
    if (next.rows.length > 0) {
      const now = markedIds(data, next)
      const same = old?.total === data.total && now.every((id, n) => id !== undefined && id === marked[n])
      if (!same) next = { ...next, rows: [] }
    }
    const { cursor } = next
    if (openId !== null && (cursor === null || data.rowAt(cursor)?.id !== openId)) {
      const found = placeOf(data, openId)
      if (found !== undefined) next = { ...moveCursor(next, found), rows: next.rows }
      else if (here) {
        const last = data.total === 0 ? null : Math.min(cursor ?? 0, data.total - 1)
        next = { cursor: last, anchor: last, rows: [] }
        onOpen(last === null ? undefined : data.rowAt(last))
      }
    }
    if (next !== selection) onSelection(next)
  })
  // After the one above: what it compares with is how things stood at the last commit.
  useEffect(() => {
    const { cursor } = selection
    before.current = {
      data,
      marked: markedIds(data, selection),
      here: openId !== null && cursor !== null && data?.rowAt(cursor)?.id === openId,
    }
  })
}
