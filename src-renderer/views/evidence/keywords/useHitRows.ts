import { useCallback } from 'react'
import type { AppError } from '#contract/appError'
import type { KeywordHit } from '#contract/keywords'
import { useBackend } from '../../../backend/BackendContext.ts'
import { useCall } from '../../../backend/query.ts'
import { PAGE_ROWS, type PagedRows } from '../../../grid/pagedRows.ts'
import { useFreshRows } from '../../../grid/useFreshRows.ts'
import type { HitsInput } from './hitParams.ts'

export type HitRows = {
  data: PagedRows<KeywordHit> | null
  total: number
  failure: AppError | null
  retry: () => void
  pending: boolean
}

/** The hits that match, page by page; the first page is asked through the cache that topics make stale. */
export function useHitRows(input: HitsInput): HitRows {
  const backend = useBackend()
  const first = useCall('keywords.hits', { ...input, limit: PAGE_ROWS, offset: 0 })
  const page = first.isPlaceholderData ? undefined : first.data
  const more = useCallback(
    async (asked: { offset: number; limit: number }, signal: AbortSignal) =>
      (await backend.call('keywords.hits', { ...input, ...asked }, { signal })).hits,
    [backend, input],
  )
  const data = useFreshRows(page ? { total: page.total, rows: page.hits } : null, more)
  return {
    data,
    total: data?.total ?? 0,
    failure: first.error,
    retry: () => void first.refetch(),
    pending: first.isPlaceholderData || first.isPending,
  }
}
