import type { KeyboardEvent, ReactNode, Ref } from 'react'
import type { GridColumn, GridLayout, GridSort } from './gridColumn.ts'
import type { GridData } from './gridData.ts'
import type { GridSelection } from './gridSelection.ts'
import type { GridTree } from './treeRows.ts'

export type GridHandle = { focus(): void; showRow(row: number): void; showColumn(id: string): void }
export type GridPlace = { row: number; column: string }

export type GridProps<R> = {
  /** What the rows are, for those who hear the page. */
  label: string
  columns: readonly GridColumn<R>[]
  data: GridData<R>
  layout?: GridLayout
  onLayout?: (layout: GridLayout) => void
  sort?: GridSort | null
  /** Headers of sortable columns sort: ascending, descending, order of the source. */
  onSort?: (sort: GridSort | null) => void
  selection?: GridSelection
  onSelection?: (selection: GridSelection) => void
  /** Enter or a double click. */
  onOpen?: (row: number) => void
  /** Ctrl+C. */
  onCopy?: () => void
  /** The menu of a cell: right click, the menu key or Shift+F10. */
  cellMenu?: (place: GridPlace) => ReactNode
  /** Further items in the menu of a column. */
  columnItems?: (column: string) => ReactNode
  /** Keys the grid does not know; true: done. */
  onKey?: (event: KeyboardEvent, place: GridPlace) => boolean
  /** A word for the bar and tint at the left of a row, styled as .tone-<word>. */
  toneOf?: (row: R) => string | undefined
  /** The rows are a tree: Left and Right close and open its branches. */
  tree?: GridTree<R>
  /** Shown in place of rows when there are none. */
  empty?: ReactNode
  ref?: Ref<GridHandle>
}
