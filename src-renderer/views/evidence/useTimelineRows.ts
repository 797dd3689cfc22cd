import { useEffect, useMemo, useRef, useState } from 'react'
import type { TimelineEvent } from '#contract/rows'
import type { AppError } from '#contract/appError'
import { useBackend } from '../../backend/BackendContext.ts'
import { useCall } from '../../backend/query.ts'
import { PAGE_ROWS, type PagedRows } from '../../grid/pagedRows.ts'
import { timelineInput, timelineRows, type TimelinePage, type TimelineQuery } from './timelineRows.ts'

export type TimelineState = {
  shown: { data: PagedRows<TimelineEvent>; page: TimelinePage; query: TimelineQuery } | null
  pending: boolean
  failure: AppError | null
  retry: () => void
}

/** The timeline of a hunt. The first page goes through the cache that topics make stale; the old rows stay until the new ones are here. */
export function useTimelineRows(query: TimelineQuery): TimelineState {
  const backend = useBackend()
  const [shown, setShown] = useState<TimelineState['shown']>(null)
  const old = useRef<PagedRows<TimelineEvent> | null>(null)
  const key = JSON.stringify(query)
  const wanted = useMemo<TimelineQuery>(() => JSON.parse(key), [key])
  const first = useCall('rows.timeline', { ...timelineInput(wanted), limit: PAGE_ROWS, offset: 0 })
  const page = first.data

  useEffect(() => {
    if (!page || first.isPlaceholderData) return
    const data = timelineRows(backend, wanted, page)
    const swap = (): void => {
      stop()
      old.current?.close()
      old.current = data
      setShown({ data, page, query: wanted })
    }
    const stop = data.subscribe(swap)
    if (page.total === 0) swap()
    else data.show({ first: 0, last: Math.min(page.total, PAGE_ROWS) - 1, columns: [] })
    return stop
  }, [backend, wanted, page, first.isPlaceholderData])

  useEffect(() => () => old.current?.close(), [])
  return {
    shown,
    pending: first.isPlaceholderData || first.isPending,
    failure: first.error,
    retry: () => void first.refetch(),
  }
}
