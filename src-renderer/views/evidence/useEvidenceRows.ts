import { useCallback, useEffect, useRef, useState } from 'react'
import { AppError } from '#contract/appError'
import type { Backend } from '../../backend/backend.ts'
import { useBackend } from '../../backend/BackendContext.ts'
import type { PagedRows } from '../../grid/pagedRows.ts'
import { evidenceRows, isEverything, rowsInput, type EvidenceRow, type RowsQuery } from './evidenceRows.ts'

/** What the grid shows: the rows of one query. The old ones stay until the first page of the new ones is here. */
export type ShownRows = {
  query: RowsQuery
  data: PagedRows<EvidenceRow>
  /** Where the wanted row stands; null when there is none or the query leaves it out. */
  position: number | null
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

async function load(backend: Backend, { query, rows, order, row }: Wanted, signal: AbortSignal): Promise<ShownRows> {
  const input = rowsInput({ ...query, sort: null })
  const total = isEverything(query) ? rows : (await backend.call('rows.count', input, { signal })).count
  const found = row === null || total === 0 ? null : await positionOf(backend, query, row, signal)
  const position = found !== null && found < total ? found : null
  const data = evidenceRows(backend, query, total, order)
  if (total > 0) {
    const first = Math.max(0, (position ?? 0) - 20)
    await firstChange(data, signal, () =>
      data.show({ first, last: Math.min(total - 1, first + 60), columns: [...order.keys()].slice(0, 12) }),
    )
    const failure = data.failure()
    if (failure !== undefined) {
      data.close()
      throw failure instanceof Error ? failure : new AppError('internal', 'The first rows could not be read.')
    }
  }
  return { query, data, position }
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
    load(backend, { query, rows, order, row: wantedRow.current() }, controller.signal).then(
      (next) => {
        if (controller.signal.aborted) return next.data.close()
        setFailure(null)
        setShown(next)
      },
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
