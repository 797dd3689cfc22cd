import type { Input } from '#contract/contract'
import { rowCount, type RowRanges } from '../../../grid/rowRanges.ts'
import { rowsInput, type RowsQuery } from '../evidenceRows.ts'

export type Choice = Pick<Input<'rows.tag'>, 'datasetId' | 'rows' | 'filter' | 'view'>

/** The selected rows of a view, for calls. All of them are its question, so that nothing depends on what was loaded. */
export function choiceOf(query: RowsQuery, selected: RowRanges, total: number): Choice {
  // Rows have the same numbers in a copy; marks stand here.
  const { datasetId, sort, ...filter } = rowsInput({ ...query, copy: null })
  if (rowCount(selected) === total) return { datasetId, filter }
  const stretches = selected.map(([first, last]): [number, number] => [first, last])
  return { datasetId, view: { ...filter, ...(sort ? { sort } : {}), stretches } }
}

/** Whether the rows that a query finds change with tags and annotations. */
export const asksMarks = (q: string): boolean => /(^|[\s(:-])_?(tag|note):/i.test(q)
