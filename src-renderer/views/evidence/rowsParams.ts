import { useMemo } from 'react'
import { setParams, useRoute } from '../../state/route.ts'
import { rangeIn } from '../../state/timeRange.ts'

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
/** The column that colours the bars, by position; `none`; null: as it opens. */
const setBy = (next: string | null): void => setParams({ by: next })
/** The column whose statistics are open, by position. */
const setField = (next: number | null): void => setParams({ field: next })

/** The copy that answers; null: this computer. */
const setCopy = (next: string | null): void => setParams({ copy: next }, { replace: false })

const whole = (param: string | null, least: number): number | null => {
  const number = Number(param)
  return param !== null && Number.isInteger(number) && number >= least ? number : null
}

/** What of the Rows tab stands in the URL. The setters are always the same. */
export function useRowsParams() {
  const { params } = useRoute()
  const q = params.get('q') ?? ''
  const sortParam = params.get('sort')
  const cols = params.get('cols')
  const by = params.get('by')
  const copy = params.get('copy')
  const row = whole(params.get('row'), 1)
  const field = whole(params.get('field'), 0)
  const { from, to } = rangeIn(params)
  const sort = useMemo(() => sortFromParam(sortParam), [sortParam])
  const range = useMemo(() => ({ from, to }), [from, to])
  return useMemo(
    () => ({
      ...{ q, sort, cols, row, range, by, field, copy },
      ...{ setQ, setSort, setCols, setRow, setBy, setField, setCopy },
    }),
    [q, sort, cols, row, range, by, field, copy],
  )
}
