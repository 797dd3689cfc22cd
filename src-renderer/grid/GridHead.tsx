import type { HTMLAttributes } from 'react'
import type { Placed } from './columnLayout.ts'
import type { GridSort } from './gridColumn.ts'
import { HeaderCell } from './HeaderCell.tsx'
import type { Drop } from './useHeaderDrag.ts'

type GridHeadProps = HTMLAttributes<HTMLDivElement> & {
  pinned: readonly Placed<unknown>[]
  pinnedWidth: number
  rest: readonly Placed<unknown>[]
  sort: GridSort | null
  drop: Drop | null
  /** Place of the column that takes the focus; -1: the focus is in the rows. */
  focusColumn: number
}

/** The header: always in view, moved sideways with the columns that scroll. */
export function GridHead({ pinned, pinnedWidth, rest, sort, drop, focusColumn, ...handlers }: GridHeadProps) {
  const cell = (one: Placed<unknown>) => (
    <HeaderCell
      key={one.column.id}
      placed={one}
      sorted={sort?.column === one.column.id ? (sort.descending ? 'descending' : 'ascending') : undefined}
      focus={one.at === focusColumn}
      drop={drop?.at === one.at ? drop.side : undefined}
    />
  )
  return (
    <div role="row" aria-rowindex={1} className="grid-head" {...handlers}>
      <div className="grid-rest" style={{ left: pinnedWidth }} role="presentation">
        <div className="grid-shift" role="presentation">
          {rest.map(cell)}
        </div>
      </div>
      <div className="grid-pins" style={{ width: pinnedWidth }} role="presentation">
        {pinned.map(cell)}
      </div>
    </div>
  )
}
