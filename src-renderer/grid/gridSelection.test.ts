import { describe, expect, it } from 'vitest'
import { isSelected, moveCursor, NOTHING_SELECTED, selectedRows, selectRow, toggleCursor } from './gridSelection.ts'
import { firstRows } from './rowRanges.ts'

const rowsOf = (selection: Parameters<typeof selectedRows>[0]) => firstRows(selectedRows(selection), 100)
const clicked = selectRow(NOTHING_SELECTED, 5)

describe('selection in a grid', () => {
  it('is the row that was clicked, and forgets the rest', () => {
    expect(rowsOf(clicked)).toEqual([5])
    expect(rowsOf(selectRow(selectRow(clicked, 9, { extend: true }), 2))).toEqual([2])
  })

  it('extends from where it began, in both directions', () => {
    const down = selectRow(clicked, 8, { extend: true })
    expect(rowsOf(down)).toEqual([5, 6, 7, 8])
    expect(rowsOf(selectRow(down, 3, { extend: true }))).toEqual([3, 4, 5])
  })

  it('takes rows in and out with Ctrl', () => {
    const two = selectRow(clicked, 9, { toggle: true })
    expect(rowsOf(two)).toEqual([5, 9])
    expect(rowsOf(selectRow(two, 5, { toggle: true }))).toEqual([9])
  })

  it('stays while the cursor moves on, and grows by Space', () => {
    const first = toggleCursor(clicked)
    const second = toggleCursor(moveCursor(first, 7))
    expect(rowsOf(second)).toEqual([5, 7])
    expect(isSelected(second, 6)).toBe(false)
    expect(rowsOf(toggleCursor(second))).toEqual([5])
  })
})
