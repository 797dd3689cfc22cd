import { useMemo } from 'react'
import { setParams, useRoute } from '../../state/route.ts'

export type Sort = { column: string; descending: boolean } | null

export const sortToParam = (sort: Sort): string | null =>
  sort === null ? null : `${sort.descending ? 'desc' : 'asc'}:${sort.column}`

export function sortFromParam(param: string | null): Sort {
  const found = /^(asc|desc):(.+)$/s.exec(param ?? '')
  return found?.[2] === undefined ? null : { column: found[2], descending: found[1] === 'desc' }
}

// Changes of the URL. A new query or order is a step in the history; columns and the selected row are not.
const setQ = (next: string): void => setParams({ q: next.trim() === '' ? null : next.trim() }, { replace: false })
const setSort = (next: Sort): void => setParams({ sort: sortToParam(next) }, { replace: false })
const setCols = (next: string | null): void => setParams({ cols: next })
const setRow = (next: number | null): void => setParams({ row: next })

/** What of the Rows tab stands in the URL. The setters are always the same. */
export function useRowsParams() {
  const { params } = useRoute()
  const q = params.get('q') ?? ''
  const sortParam = params.get('sort')
  const cols = params.get('cols')
  const rowParam = Number(params.get('row'))
  const row = Number.isInteger(rowParam) && rowParam > 0 ? rowParam : null
  const sort = useMemo(() => sortFromParam(sortParam), [sortParam])
  return useMemo(() => ({ q, sort, cols, row, setQ, setSort, setCols, setRow }), [q, sort, cols, row])
}
