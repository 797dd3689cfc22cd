import type { Column } from '#contract/datasets'
import type { GridSort } from '../../grid/gridColumn.ts'
import { ROW_COLUMN } from './columnsParam.ts'
import type { Sort } from './rowsParams.ts'

/** The number of the row, as an order. */
const ROW_SORT = '_row'

/** The order of rows as the grid shows it: by ids of its columns. */
export function gridSortOf(sort: Sort, columns: readonly Column[]): GridSort | null {
  if (sort === null) return null
  const position = columns.find(({ name }) => name === sort.column)?.position
  return { column: sort.column === ROW_SORT ? ROW_COLUMN : String(position ?? ''), descending: sort.descending }
}

/** The order of rows that the grid asks for; null: of the source. */
export function rowsSortOf(sort: GridSort | null, byId: ReadonlyMap<string, Column>): Sort {
  const column = sort?.column === ROW_COLUMN ? ROW_SORT : byId.get(sort?.column ?? '')?.name
  return sort && column !== undefined ? { column, descending: sort.descending } : null
}
