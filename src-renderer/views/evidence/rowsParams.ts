import { useMemo } from 'react'
import { setParams, useRoute } from '../../state/route.ts'

export type Sort = { column: string; descending: boolean } | null

export const sortToParam = (sort: Sort): string | null => (sort === null ? null : `${sort.descending ? 'desc' : 'asc'}:${sort.column}`)

export function sortFromParam(param: string | null): Sort {
  const found = /^(asc|desc):(.+)$/s.exec(param ?? '')
  return found?.[2] === undefined ? null : { column: found[2], descending: found[1] === 'desc' }
}

/** What of the Rows tab stands in the URL. A new query or order is a step in the history; a selected row is not. */
export function useRowsParams() {
  const { params } = useRoute()
  const q = params.get('q') ?? ''
  const sortParam = params.get('sort')
  const cols = params.get('cols')
  const rowParam = Number(params.get('row'))
  const row = Number.isInteger(rowParam) && rowParam > 0 ? rowParam : null
  const sort = useMemo(() => sortFromParam(sortParam), [sortParam])
  return {
    q,
    sort,
    cols,
    row,
    setQ: (next: string) => setParams({ q: next.trim() === '' ? null : next.trim() }, { replace: false }),
    setSort: (next: Sort) => setParams({ sort: sortToParam(next) }, { replace: false }),
    setCols: (next: string | null) => setParams({ cols: next }),
    setRow: (next: number | null) => setParams({ row: next }),
  }
}
