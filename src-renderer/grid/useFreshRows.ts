import { useEffect, useRef, useState } from 'react'
import { PAGE_ROWS, pagedRows, type PagedRows } from './pagedRows.ts'

/** The first page of a list as it is now. */
export type FirstRows<R> = { total: number; rows: readonly R[] }

/**
 * A list page by page, made anew whenever its first page is another one: when that changes, so may every other page. The old
 * rows stay on screen until the new first page is here. `first` null: it is not known. `more` reads the pages behind it and
 * must be the same function as long as the list is the same.
 */
export function useFreshRows<R>(
  first: FirstRows<R> | null,
  more: (page: { offset: number; limit: number }, signal: AbortSignal) => Promise<readonly R[]>,
): PagedRows<R> | null {
  const [shown, setShown] = useState<PagedRows<R> | null>(null)
  const old = useRef<PagedRows<R> | null>(null)
  const [total, rows] = [first?.total, first?.rows]

  useEffect(() => {
    if (total === undefined || rows === undefined) return
    const next = pagedRows<readonly R[], R>({
      total,
      fetch: async (page, signal) => (page.offset === 0 ? rows : more(page, signal)),
      rows: (blocks) => blocks.get('') ?? [],
    })
    const swap = (): void => {
      stop()
      old.current?.close()
      old.current = next
      setShown(next)
    }
    const stop = next.subscribe(swap)
    if (total === 0) swap()
    else next.show({ first: 0, last: Math.min(total, PAGE_ROWS) - 1, columns: [] })
    return stop
  }, [total, rows, more])

  useEffect(() => () => old.current?.close(), [])
  return shown
}
