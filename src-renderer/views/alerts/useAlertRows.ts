import { useCallback, useMemo } from 'react'
import type { Alert } from '#contract/alerts'
import type { AppError } from '#contract/appError'
import { useBackend } from '../../backend/BackendContext.ts'
import { useCall } from '../../backend/query.ts'
import { PAGE_ROWS, type PagedRows } from '../../grid/pagedRows.ts'
import { useFreshRows } from '../../grid/useFreshRows.ts'
import type { AlertParams } from './alertParams.ts'

/** The input of alerts.list without paging. */
export const alertsInput = ({ filter, sort, descending }: AlertParams) => ({
  ...filter,
  sort,
  ...(descending === null ? {} : { descending }),
})

export type AlertRows = {
  data: PagedRows<Alert> | null
  total: number
  failure: AppError | null
  retry: () => void
  pending: boolean
}

/** The alerts that match, page by page; the first page is asked through the cache that topics make stale. */
export function useAlertRows(params: AlertParams): AlertRows {
  const backend = useBackend()
  const key = JSON.stringify(alertsInput(params))
  const input = useMemo<ReturnType<typeof alertsInput>>(() => JSON.parse(key), [key])
  const first = useCall('alerts.list', { ...input, limit: PAGE_ROWS, offset: 0 })
  const page = first.isPlaceholderData ? undefined : first.data
  const more = useCallback(
    async (asked: { offset: number; limit: number }, signal: AbortSignal) =>
      (await backend.call('alerts.list', { ...input, ...asked }, { signal })).alerts,
    [backend, input],
  )
  const data = useFreshRows(page ? { total: page.total, rows: page.alerts } : null, more)
  return {
    data,
    total: data?.total ?? 0,
    failure: first.error,
    retry: () => void first.refetch(),
    pending: first.isPlaceholderData || first.isPending,
  }
}
