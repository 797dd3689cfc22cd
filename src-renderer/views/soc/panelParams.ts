import type { PanelShape } from '#contract/soc'
import type { GridSort } from '../../grid/gridColumn.ts'
import { setParams } from '../../state/route.ts'
import type { PanelParams } from './usePanel.ts'

/** Filters that are numbers; all others are texts. */
const NUMBERS = new Set(['campaign_id', 'campaign', 'days', 'min_hits', 'status', 'dow', 'hour', 'at_least', 'at_most'])

/** What the URL says of a panel: its filters under their own names, and `sort`, `order`. */
export function panelParams({ filters, sorts }: PanelShape, params: URLSearchParams): PanelParams {
  const asked: PanelParams = {}
  for (const name of filters) {
    const value = params.get(name)
    if (value === null || value === '') continue
    if (!NUMBERS.has(name)) asked[name] = value
    else if (Number.isFinite(Number(value))) asked[name] = Number(value)
  }
  const sort = sortIn(params)
  if (sort && sorts.includes(sort.column)) {
    asked['sort'] = sort.column
    asked['order'] = sort.descending ? 'DESC' : 'ASC'
  }
  return asked
}

export function sortIn(params: URLSearchParams): GridSort | null {
  const column = params.get('sort')
  return column === null ? null : { column, descending: params.get('order') !== 'ASC' }
}

export const setSort = (sort: GridSort | null): void =>
  setParams({ sort: sort?.column ?? null, order: sort === null ? null : sort.descending ? 'DESC' : 'ASC' })

export const clearFilters = ({ filters }: PanelShape): void =>
  setParams(Object.fromEntries(filters.map((name) => [name, null])))
