import { useEffect, useMemo, useRef, useState } from 'react'
import type { Alert } from '#contract/alerts'
import type { AppError } from '#contract/appError'
import { useBackend } from '../../backend/BackendContext.ts'
import { useCall } from '../../backend/query.ts'
import { pagedRows, type PagedRows } from '../../grid/pagedRows.ts'
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

/**
 * The alerts that match, page by page. The first page is asked through the cache that topics make stale: when it changes,
 * so may every other page, and they are read anew while the old ones stay on screen.
 */
export function useAlertRows(params: AlertParams): AlertRows {
  const backend = useBackend()
  const key = JSON.stringify(alertsInput(params))
  const input = useMemo<ReturnType<typeof alertsInput>>(() => JSON.parse(key), [key])
  const first = useCall('alerts.list', { ...input, limit: 200, offset: 0 })
  const [shown, setShown] = useState<PagedRows<Alert> | null>(null)
  const old = useRef<PagedRows<Alert> | null>(null)
  const page = first.data

  useEffect(() => {
    if (!page || first.isPlaceholderData) return
    const next = pagedRows<readonly Alert[], Alert>({
      total: page.total,
      fetch: async ({ offset, limit }, signal) =>
        offset === 0
          ? page.alerts
          : (await backend.call('alerts.list', { ...input, limit, offset }, { signal })).alerts,
      rows: (blocks) => blocks.get('') ?? [],
    })
    const swap = (): void => {
      stop()
      old.current?.close()
      old.current = next
      setShown(next)
    }
    const stop = next.subscribe(swap)
    if (page.total === 0) swap()
    else next.show({ first: 0, last: Math.min(page.total, 200) - 1, columns: [] })
    return stop
  }, [backend, input, page, first.isPlaceholderData])

  useEffect(() => () => old.current?.close(), [])
  return {
    data: shown,
    total: shown?.total ?? 0,
    failure: first.error,
    retry: () => void first.refetch(),
    pending: first.isPlaceholderData || first.isPending,
  }
}
