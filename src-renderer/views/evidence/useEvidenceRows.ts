import { useCallback, useEffect, useRef, useState } from 'react'
import { AppError } from '#contract/appError'
import type { Backend } from '../../backend/backend.ts'
import { useBackend } from '../../backend/BackendContext.ts'
import { PAGE_ROWS, type PagedRows } from '../../grid/pagedRows.ts'
import { evidenceRows, isEverything, rowsInput, type EvidenceRow, type RowsQuery } from './evidenceRows.ts'

/** What the grid shows: the rows of one query. The old ones stay until the first page of the new ones is here. */
export type ShownRows = {
  query: RowsQuery
  data: PagedRows<EvidenceRow>
  /** Where the wanted row stands; null when there is none or the query leaves it out. */
  position: number | null
  /** These are the first rows only: the others are still looked for. */
  counting: boolean
}
export type RowsState = { shown: ShownRows | null; pending: boolean; failure: AppError | null; retry: () => void }

type Wanted = { query: RowsQuery; rows: number; order: ReadonlyMap<string, string>; row: number | null }

/** Where a row stands under a query; without query and sort that is its number. */
export async function positionOf(
  backend: Backend,
  query: RowsQuery,
  row: number,
  signal: AbortSignal,
): Promise<number | null> {
  if (isEverything(query) && query.sort === null) return row - 1
  return (await backend.call('rows.position', { ...rowsInput(query), row }, { signal })).position
}

/** Resolves when the rows asked for by `ask` are here or could not be had; an abort before that closes the data. */
function firstChange(data: PagedRows<EvidenceRow>, signal: AbortSignal, ask: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      data.close()
      reject(new AppError('cancelled', 'The rows are no longer wanted.'))
    }
    const stop = data.subscribe(() => {
      stop()
      signal.removeEventListener('abort', onAbort)
      resolve()
    })
    signal.addEventListener('abort', onAbort)
    ask()
  })
}

/** The rows of a query with their first ones, at `position` where it is known. */
async function begin(
  backend: Backend,
  { query, order }: Wanted,
  total: number,
  position: number | null,
  signal: AbortSignal,
  early = false,
): Promise<PagedRows<EvidenceRow>> {
  const data = evidenceRows(backend, query, total, order, early)
  if (total === 0) return data
  const first = Math.max(0, (position ?? 0) - 20)
  await firstChange(data, signal, () =>
    data.show({ first, last: Math.min(total - 1, first + 60), columns: [...order.keys()].slice(0, 12) }),
  )
  const failure = data.failure()
  if (failure === undefined) return data
  data.close()
  throw failure instanceof Error ? failure : new AppError('internal', 'The first rows could not be read.')
}

/** How many rows match. Where that takes long the first ones are shown meanwhile. */
async function countRows(
  backend: Backend,
  wanted: Wanted,
  signal: AbortSignal,
  showFirst: (shown: ShownRows) => void,
): Promise<number> {
  const { query, rows, row } = wanted
  if (isEverything(query)) return rows
  const input = rowsInput({ ...query, sort: null })
  if (row === null) {
    const asked = { ...input, offset: 0, limit: PAGE_ROWS, columns: [], soon: true }
    // Rare rows come one by one: each is shown while the others are looked for, and the last time the count goes on alone.
    for (let shown = 0; shown < PAGE_ROWS;) {
      const early = await backend.call('rows.page', asked, { signal })
      if (early.counted) return early.total
      if (early.rows.length === shown) continue
      if (query.sort !== null) {
        // The first of the rows found so far; the others are put among them when all are known.
        const found = Math.min(PAGE_ROWS, early.total)
        const data = await begin(backend, wanted, found, null, signal, true)
        showFirst({ query, data, position: null, counting: true })
        break
      }
      shown = early.rows.length
      // The same thread counts: these rows come first.
      const data = await begin(backend, wanted, shown, null, signal)
      showFirst({ query, data, position: null, counting: true })
    }
  }
  return (await backend.call('rows.count', input, { signal })).count
}

async function load(
  backend: Backend,
  wanted: Wanted,
  signal: AbortSignal,
  showFirst: (shown: ShownRows) => void,
): Promise<ShownRows> {
  const { query, row } = wanted
  const total = await countRows(backend, wanted, signal, showFirst)
  const found = row === null || total === 0 ? null : await positionOf(backend, query, row, signal)
  const position = found !== null && found < total ? found : null
  return { query, data: await begin(backend, wanted, total, position, signal), position, counting: false }
}

/** Loads the rows of a query. `row`: the row to begin at; a change of it alone loads nothing. */
export function useEvidenceRows(
  query: RowsQuery,
  rows: number,
  order: ReadonlyMap<string, string>,
  row: () => number | null,
): RowsState {
  const backend = useBackend()
  const [shown, setShown] = useState<ShownRows | null>(null)
  const [failure, setFailure] = useState<AppError | null>(null)
  const [again, setAgain] = useState(0)
  const wantedRow = useRef(row)
  useEffect(() => {
    wantedRow.current = row
  })

  useEffect(() => {
    const controller = new AbortController()
    const show = (next: ShownRows) => {
      if (controller.signal.aborted) return next.data.close()
      setFailure(null)
      setShown(next)
    }
    load(backend, { query, rows, order, row: wantedRow.current() }, controller.signal, show).then(
      show,
      (error: unknown) => {
        if (controller.signal.aborted) return
        setFailure(error instanceof AppError ? error : new AppError('internal', String(error)))
      },
    )
    return () => controller.abort()
  }, [backend, query, rows, order, again])

  useEffect(() => () => shown?.data.close(), [shown])

  const retry = useCallback(() => setAgain((count) => count + 1), [])
  return { shown, pending: shown?.query !== query, failure, retry }
}
