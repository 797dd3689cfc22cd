import { useEffect, useRef, useState } from 'react'
import type { AppError } from '#contract/appError'
import type { KeywordHit } from '#contract/keywords'
import { useBackend } from '../../../backend/BackendContext.ts'
import { useCall } from '../../../backend/query.ts'
import { pagedRows, PAGE_ROWS, type PagedRows } from '../../../grid/pagedRows.ts'
import type { HitsInput } from './hitParams.ts'

export type HitRows = {
  data: PagedRows<KeywordHit> | null
  total: number
  failure: AppError | null
  retry: () => void
  pending: boolean
}

/**
 * The hits that match, page by page. The first page is asked through the cache that topics make stale: when it changes, so
 * may every other page, and they are read anew while the old ones stay on screen.
 */
export function useHitRows(input: HitsInput): HitRows {
  const backend = useBackend()
  const first = useCall('keywords.hits', { ...input, limit: PAGE_ROWS, offset: 0 })
  const [shown, setShown] = useState<PagedRows<KeywordHit> | null>(null)
  const old = useRef<PagedRows<KeywordHit> | null>(null)
  const page = first.data

  useEffect(() => {
    if (!page || first.isPlaceholderData) return
    const next = pagedRows<readonly KeywordHit[], KeywordHit>({
      total: page.total,
      fetch: async ({ offset, limit }, signal) =>
        offset === 0 ? page.hits : (await backend.call('keywords.hits', { ...input, limit, offset }, { signal })).hits,
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
    else next.show({ first: 0, last: Math.min(page.total, PAGE_ROWS) - 1, columns: [] })
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
