import type { ReactNode } from 'react'
import { Menu, MenuDivider, MenuItem } from '@blueprintjs/core'
import {
  ArrowLeft,
  ArrowRight,
  ArrowsHorizontal,
  EyeOff,
  EyeOpen,
  Pin,
  SortAsc,
  SortDesc,
  Unpin,
} from '@blueprintjs/icons'
import { hideColumn, moveColumn, pinColumn, type Placed, type PlacedColumns } from './columnLayout.ts'
import type { GridLayout, GridSort } from './gridColumn.ts'

type ColumnMenuProps = {
  placed: Placed<unknown>
  columns: PlacedColumns<unknown>
  layout: GridLayout
  sort: GridSort | null
  onLayout: (layout: GridLayout) => void
  onSort: ((sort: GridSort | null) => void) | undefined
  onFit: (placed: Placed<unknown>) => void
  /** Further items of this column. */
  more?: ReactNode
}

/** What can be done with a column: all that the mouse does on a header, and more. */
export function ColumnMenu({ placed, columns, layout, sort, onLayout, onSort, onFit, more }: ColumnMenuProps) {
  const { id, sortable } = placed.column
  const part = placed.at < columns.pinned.length ? columns.pinned : columns.rest
  const pinned = part === columns.pinned
  const here = part.indexOf(placed)
  const before = part[here - 1]
  const afterNext = part[here + 2]
  const sorted = sort?.column === id ? sort.descending : undefined
  return (
    <Menu aria-label={`Column ${placed.column.title}`}>
      {sortable && onSort && (
        <>
          <MenuItem
            icon={<SortAsc />}
            text="Sort ascending"
            active={sorted === false}
            onClick={() => onSort({ column: id, descending: false })}
          />
          <MenuItem
            icon={<SortDesc />}
            text="Sort descending"
            active={sorted === true}
            onClick={() => onSort({ column: id, descending: true })}
          />
          <MenuItem text="Order of the source" disabled={sort === null} onClick={() => onSort(null)} />
          <MenuDivider />
        </>
      )}
      {more && (
        <>
          {more}
          <MenuDivider />
        </>
      )}
      <MenuItem
        icon={pinned ? <Unpin /> : <Pin />}
        text={pinned ? 'Unpin' : 'Pin at the left'}
        onClick={() => onLayout(pinColumn(layout, id, !pinned))}
      />
      <MenuItem
        icon={<EyeOff />}
        text="Hide"
        disabled={columns.count < 2}
        onClick={() => onLayout(hideColumn(layout, id))}
      />
      <MenuItem icon={<ArrowsHorizontal />} text="Fit the width" onClick={() => onFit(placed)} />
      <MenuItem
        icon={<ArrowLeft />}
        text="Move left"
        disabled={!before}
        onClick={() => before && onLayout(moveColumn(layout, id, before.column.id, pinned))}
      />
      <MenuItem
        icon={<ArrowRight />}
        text="Move right"
        disabled={here === part.length - 1}
        onClick={() => onLayout(moveColumn(layout, id, afterNext?.column.id ?? null, pinned))}
      />
      <MenuDivider />
      <MenuItem
        icon={<EyeOpen />}
        text={layout.hidden.length === 0 ? 'Show all columns' : `Show all columns (${layout.hidden.length} hidden)`}
        disabled={layout.hidden.length === 0}
        onClick={() => onLayout({ ...layout, hidden: [] })}
      />
    </Menu>
  )
}
