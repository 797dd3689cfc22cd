import { useMemo } from 'react'
import { setParams, useRoute } from '../../state/route.ts'
import type { GridColumn } from '../../grid/gridColumn.ts'
import type { Row } from './usePanel.ts'

/** Room for the scroll bar beside the columns, in px. */
const BAR = 14

const setHidden = (next: readonly string[] | null): void =>
  setParams({ hide: next === null ? null : next.join(',') || 'none' })

/**
 * Columns of a table that are not shown: those that were chosen so (`hide` in the URL), else the last ones, for which there is no
 * room in `width`; never what the rows are sorted by.
 */
export function useHiddenColumns(columns: readonly GridColumn<Row>[], width: number, sort: string | null) {
  const asked = useRoute().params.get('hide')
  const chosen = asked?.split(',')
  const key = columns
    .filter((column) => (chosen ? chosen.includes(column.id) : !fits(columns, column, width, sort)))
    .map(({ id }) => id)
    .join(',')
  const hidden = useMemo(() => (key === '' ? [] : key.split(',')), [key])
  return { hidden, setHidden }
}

function fits(
  columns: readonly GridColumn<Row>[],
  column: GridColumn<Row>,
  width: number,
  sort: string | null,
): boolean {
  if (width === 0 || column.id === sort) return true
  const before = columns.slice(0, columns.indexOf(column) + 1)
  const sorted = columns.filter(({ id }) => id === sort)
  const taken = [...new Set([...sorted, ...before])].reduce((sum, { width: own = 0 }) => sum + own, BAR)
  return taken <= width
}
