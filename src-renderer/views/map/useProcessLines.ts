import { useEffect, useMemo, useRef, useState } from 'react'
import type { AppError } from '#contract/appError'
import type { Input, Output } from '#contract/contract'
import type { ProcessLine } from '#contract/processes'
import { useBackend } from '../../backend/BackendContext.ts'
import { useCall } from '../../backend/query.ts'
import { pagedRows, type PagedRows } from '../../grid/pagedRows.ts'

export type TreeQuestion = Omit<Input<'processes.tree'>, 'limit' | 'offset' | 'focus'>
export type ProcessLines = {
  data: PagedRows<ProcessLine> | null
  /** What is known of the tree beside its lines. */
  tree: Output<'processes.tree'> | undefined
  failure: AppError | null
  retry: () => void
  pending: boolean
}

/** Lines asked for first; the others follow as they come into view. */
const FIRST = 200

/**
 * The lines of a tree, page by page. The first page is asked through the cache that topics make stale; the old lines stay
 * on screen until the new ones are here. `focus`: the process whose line is wanted.
 */
export function useProcessLines(question: TreeQuestion, focus: string | null): ProcessLines {
  const backend = useBackend()
  const key = JSON.stringify(question)
  const input = useMemo<TreeQuestion>(() => JSON.parse(key), [key])
  const first = useCall('processes.tree', { ...input, limit: FIRST, offset: 0, ...(focus === null ? {} : { focus }) })
  const [shown, setShown] = useState<{ data: PagedRows<ProcessLine>; page: Output<'processes.tree'> } | null>(null)
  const old = useRef<PagedRows<ProcessLine> | null>(null)
  const page = first.data

  useEffect(() => {
    if (!page || first.isPlaceholderData) return
    const next = pagedRows<readonly ProcessLine[], ProcessLine>({
      total: page.total,
      fetch: async ({ offset, limit }, signal) =>
        offset === 0 && limit <= page.processes.length
          ? page.processes
          : (await backend.call('processes.tree', { ...input, limit, offset }, { signal })).processes,
      rows: (blocks) => blocks.get('') ?? [],
    })
    const swap = (): void => {
      stop()
      old.current?.close()
      old.current = next
      setShown({ data: next, page })
    }
    const stop = next.subscribe(swap)
    if (page.total === 0) swap()
    else next.show({ first: 0, last: Math.min(page.total, FIRST) - 1, columns: [] })
    return stop
  }, [backend, input, page, first.isPlaceholderData])

  useEffect(() => () => old.current?.close(), [])
  return {
    data: shown?.data ?? null,
    tree: shown?.page,
    failure: first.error,
    retry: () => void first.refetch(),
    pending: first.isPlaceholderData || first.isPending,
  }
}
