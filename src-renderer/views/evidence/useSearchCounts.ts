import { useEffect, useState } from 'react'
import type { Search } from '#contract/searches'
import { AppError } from '#contract/appError'
import { useBackend } from '../../backend/BackendContext.ts'

/** What a search finds now; a text: why that is not known. */
export type SearchCount = number | string

/** Counts the searches one after the other, in their order; another list, or one that changed, is counted anew. */
export function useSearchCounts(searches: readonly Search[], stamp: string): ReadonlyMap<string, SearchCount> {
  const backend = useBackend()
  const [counts, setCounts] = useState<{ key: string; known: ReadonlyMap<string, SearchCount> }>({
    key: '',
    known: new Map(),
  })
  const key = `${stamp} ${searches.map(({ id, updatedAt }) => `${id} ${updatedAt}`).join()}`
  useEffect(() => {
    const controller = new AbortController()
    const known = new Map<string, SearchCount>()
    const go = async (): Promise<void> => {
      for (const { id } of searches) {
        const count = await backend.call('searches.run', { id }, { signal: controller.signal }).then(
          ({ total }): SearchCount => total,
          (error: unknown) => (error instanceof AppError ? error.message : String(error)),
        )
        if (controller.signal.aborted) return
        known.set(id, count)
        setCounts({ key, known: new Map(known) })
      }
    }
    void go()
    return () => controller.abort()
    // oxlint-disable-next-line react/exhaustive-deps -- the key says whether the list is another one
  }, [backend, key])
  return counts.key === key ? counts.known : new Map()
}
