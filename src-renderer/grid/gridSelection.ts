import { hasRow, NO_ROWS, rangeOf, toggleRow, withRows, type RowRanges } from './rowRanges.ts'

/** `cursor`: the row that is looked at. `rows`: what was selected beside that; empty means the cursor row alone. */
export type GridSelection = { cursor: number | null; anchor: number | null; rows: RowRanges }
export const NOTHING_SELECTED: GridSelection = { cursor: null, anchor: null, rows: NO_ROWS }

export const selectedRows = ({ cursor, rows }: GridSelection): RowRanges =>
  rows.length > 0 || cursor === null ? rows : [[cursor, cursor]]

export const isSelected = (selection: GridSelection, row: number): boolean =>
  selection.rows.length > 0 ? hasRow(selection.rows, row) : selection.cursor === row

/** A click or a move to a row. `extend`: Shift, from where the selection began. `toggle`: Ctrl, this row in or out. */
export function selectRow(
  selection: GridSelection,
  row: number,
  how: { extend?: boolean; toggle?: boolean } = {},
): GridSelection {
  if (how.extend) {
    const anchor = selection.anchor ?? selection.cursor ?? row
    const kept = how.toggle ? selection.rows : NO_ROWS
    return { cursor: row, anchor, rows: withRows(kept, rangeOf(anchor, row)) }
  }
  if (how.toggle) return { cursor: row, anchor: row, rows: toggleRow(selectedRows(selection), row) }
  return { cursor: row, anchor: row, rows: NO_ROWS }
}

/** Moves the cursor; what was selected by Space, Ctrl or Shift stays. */
export const moveCursor = (selection: GridSelection, row: number): GridSelection => ({
  ...selection,
  cursor: row,
  anchor: row,
})

/** Space: the first one selects the row of the cursor, the next one takes it out again. */
export const toggleCursor = (selection: GridSelection): GridSelection =>
  selection.cursor === null
    ? selection
    : { ...selection, anchor: selection.cursor, rows: toggleRow(selection.rows, selection.cursor) }
