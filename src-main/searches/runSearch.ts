import { AppError } from '#contract/appError'
import type { Search, SearchRun } from '#contract/searches'
import type { Store } from '../worker/pool.ts'

/** Datasets counted by one run; a hunt with more says which are left out. */
const DATASETS_MAX = 500

/**
 * Counts what a search finds now, dataset by dataset. One that lacks a field of the query, or cannot be read, finds nothing
 * and says why. AppError 'invalid-input' for a query that cannot be read at all, 'cancelled'.
 */
export async function runSearch(store: Store, search: Search, signal: AbortSignal): Promise<SearchRun> {
  const filter = {
    q: search.q,
    ...(search.from === null ? {} : { from: search.from }),
    ...(search.to === null ? {} : { to: search.to }),
  }
  const { datasets } = await store
    .read()
    .datasets.list({ huntId: search.huntId, state: 'ready', limit: DATASETS_MAX, offset: 0 })
  const wanted = datasets.filter(({ id }) => search.datasetId === null || id === search.datasetId)
  const counted = await Promise.all(
    wanted.map(async ({ id, name }) => {
      try {
        return { id, name, rows: await store.read({ signal, key: id }).rows.count(id, filter), leftOut: null }
      } catch (error) {
        const leftOut = excuseOf(error)
        if (leftOut === null) throw error
        return { id, name, rows: 0, leftOut }
      }
    }),
  )
  return { search, total: counted.reduce((sum, { rows }) => sum + rows, 0), datasets: counted }
}

function excuseOf(error: unknown): string | null {
  if (!(error instanceof AppError)) return null
  const field = error.detail?.['column']
  if (error.code === 'invalid-input' && typeof field === 'string') return `It has no field ${field}.`
  return error.code === 'dataset-damaged' ? error.message : null
}
