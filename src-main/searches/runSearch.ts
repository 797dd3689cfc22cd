import { AppError } from '#contract/appError'
import type { Dataset } from '#contract/datasets'
import type { Search, SearchRun } from '#contract/searches'
import type { Store } from '../worker/pool.ts'

/** Datasets that are looked up and counted at a time; a hunt may have any number. */
const PAGE = 500

/**
 * Counts what a search finds now, dataset by dataset. One that lacks a field of the query, or cannot be read, finds nothing
 * and says why. AppError 'invalid-input' for a query that cannot be read at all, 'cancelled'.
 */
export async function runSearch(store: Store, search: Search, signal: AbortSignal): Promise<SearchRun> {
  const { huntId, datasetId } = search
  const filter = {
    q: search.q,
    ...(search.from === null ? {} : { from: search.from }),
    ...(search.to === null ? {} : { to: search.to }),
  }
  const countOf = async ({ id, name }: Dataset): Promise<SearchRun['datasets'][number]> => {
    try {
      return { id, name, rows: await store.read({ signal, key: id }).rows.count(id, filter), leftOut: null }
    } catch (error) {
      const leftOut = excuseOf(error)
      if (leftOut === null) throw error
      return { id, name, rows: 0, leftOut }
    }
  }
  const counted: SearchRun['datasets'] = []
  for (let offset = 0, total = Infinity; offset < total; offset += PAGE) {
    const page = await store.read({ signal }).datasets.list({ huntId, state: 'ready', limit: PAGE, offset })
    total = page.total
    const wanted = page.datasets.filter(({ id }) => datasetId === null || id === datasetId)
    counted.push(...(await Promise.all(wanted.map(countOf))))
  }
  return { search, total: counted.reduce((sum, { rows }) => sum + rows, 0), datasets: counted }
}

function excuseOf(error: unknown): string | null {
  if (!(error instanceof AppError)) return null
  const field = error.detail?.['column']
  if (error.code === 'invalid-input' && typeof field === 'string') return `It has no field ${field}.`
  return error.code === 'dataset-damaged' ? error.message : null
}
