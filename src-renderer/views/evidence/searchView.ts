import type { Column } from '#contract/datasets'
import type { Search } from '#contract/searches'
import type { GridLayout } from '../../grid/gridColumn.ts'
import { link } from '../../state/places.ts'
import type { TimeRange } from '../../state/timeRange.ts'
import type { Zone } from '../../ui/formatTime.ts'
import { sortToParam, type Sort } from './rowsParams.ts'

/** What of a view is kept by a saved search. */
export type SearchView = Pick<Search, 'datasetId' | 'q' | 'from' | 'to' | 'columns' | 'sort' | 'zone'>

/** Shown columns by name, in their order; null when they are as the dataset opens. `cols` is the part of the URL. */
export function shownColumns(
  cols: string | null,
  layout: GridLayout,
  columns: readonly Column[],
): SearchView['columns'] {
  if (cols === null) return null
  const hidden = new Set(layout.hidden)
  const pinned = new Set(layout.pinned)
  const byId = new Map(columns.map((column) => [String(column.position), column.name]))
  return layout.order.flatMap((id) => {
    const name = byId.get(id)
    return name === undefined || hidden.has(id) ? [] : [{ name, pinned: pinned.has(id) }]
  })
}

/** The columns of a search as the URL of a dataset says them; null: as it opens. Those it lacks are left out. */
export function columnsParamOf(wanted: SearchView['columns'], columns: readonly Column[]): string | null {
  if (wanted === null) return null
  const byName = new Map(columns.map(({ name, position }) => [name, position]))
  const parts = wanted.flatMap(({ name, pinned }) => {
    const position = byName.get(name)
    return position === undefined ? [] : [`${position}${pinned ? '!' : ''}`]
  })
  return parts.length === 0 ? null : parts.join(',')
}

export const viewOf = (
  datasetId: string | null,
  q: string,
  { from, to }: TimeRange,
  columns: SearchView['columns'],
  sort: Sort,
  zone: Zone,
): SearchView => ({ datasetId, q, from, to, columns, sort, zone })

/** Where a search leads: the rows of its dataset, or the timeline of the hunt. `columns`: of the dataset. */
export function searchLink(search: Search, columns: readonly Column[]): string {
  const shared = { q: search.q, from: search.from, to: search.to, zone: search.zone, search: search.id }
  if (search.datasetId === null) return link.timeline(search.huntId, shared)
  return link.rows(search.huntId, {
    ds: search.datasetId,
    ...shared,
    sort: sortToParam(search.sort),
    cols: columnsParamOf(search.columns, columns),
  })
}

/** What a search looks at. */
export const targetText = ({ datasetId, datasetName }: Search): string =>
  datasetId === null ? 'every dataset' : (datasetName ?? 'a deleted dataset')
