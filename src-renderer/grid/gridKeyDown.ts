import type { KeyboardEvent } from 'react'
import { moveByKey, type GridCursor } from './gridKeys.ts'
import { moveCursor, selectRow, toggleCursor, type GridSelection } from './gridSelection.ts'
import { rangeOf } from './rowRanges.ts'

/** What a key press needs to know of a grid, and what it can set in motion. `at.row` is -1 in the header. */
export type GridKeyTarget = {
  at: GridCursor
  /** The row the keys return to from the header. */
  cursorRow: number
  size: { rows: number; columns: number; page: number }
  selection: GridSelection
  toColumn(at: number): void
  toHeader(): void
  select(selection: GridSelection, align?: 'nearest' | 'none'): void
  refocus(): void
  openMenu(): void
  sort(): void
  open(): void
  copy: (() => void) | undefined
  /** Keys the grid does not know; true: done. */
  other(event: KeyboardEvent): boolean
}

const opensMenu = (event: KeyboardEvent, inHeader: boolean): boolean =>
  event.key === 'ContextMenu' ||
  (event.key === 'F10' && event.shiftKey) ||
  (inHeader && event.altKey && event.key === 'ArrowDown')

/** Does what the key says; false when it says nothing to the grid. */
export function gridKeyDown(event: KeyboardEvent, grid: GridKeyTarget): boolean {
  const { at, cursorRow, size, selection } = grid
  const ctrl = event.ctrlKey || event.metaKey
  const inHeader = at.row === -1
  if (opensMenu(event, inHeader)) {
    grid.openMenu()
    return true
  }
  const to = moveByKey({ key: event.key, ctrl, shift: event.shiftKey, alt: event.altKey }, at, size)
  if (to) {
    grid.toColumn(to.column)
    if (to.row === -1) grid.toHeader()
    else if (event.shiftKey && to.row !== at.row) grid.select(selectRow(selection, to.row, { extend: true }))
    else if (to.row !== at.row || selection.cursor === null) grid.select(moveCursor(selection, to.row))
    else grid.refocus()
    return true
  }
  if (inHeader) {
    if (event.key !== 'Enter' && event.key !== ' ') return false
    grid.sort()
    return true
  }
  const here = selection.cursor === null ? moveCursor(selection, cursorRow) : selection
  if (event.key === ' ') grid.select(toggleCursor(here))
  else if (event.key === 'Enter' && !ctrl) {
    if (selection.cursor === null) grid.select(here)
    grid.open()
  } else if (ctrl && event.key === 'a') {
    grid.select({ cursor: cursorRow, anchor: cursorRow, rows: size.rows > 0 ? rangeOf(0, size.rows - 1) : [] }, 'none')
  } else if (ctrl && event.key === 'c' && grid.copy) grid.copy()
  else if (event.key === 'Escape' && selection.rows.length > 0) {
    grid.select({ ...selection, rows: [] }, 'none')
    event.stopPropagation()
  } else return grid.other(event)
  return true
}
