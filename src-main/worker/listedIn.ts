import type { Listing } from '#contract/intel'
import type { IocType, Verdict } from '#contract/values'
import { all } from '../sqlite/queries/iocs.read.ts'
import type { ReadContext } from './contexts.ts'
import { intelMatcher, verdictOf } from './intelMatcher.ts'

/** Listed indicators of one dataset; more are left out and counted. */
const HITS_MAX = 50_000
/** Lines of lists told with a hit. */
const LISTINGS_MAX = 10

/** An indicator of a dataset that lists speak of. */
export type Hit = { type: IocType; value: string; verdict: Verdict; listings: Listing[] }

/**
 * The indicators of a dataset that lists name (`only`: these lists), what stands on an allow list left out. `left`: beyond
 * HITS_MAX. AppError 'cancelled', 'dataset-damaged'.
 */
export function listedIn(
  context: ReadContext,
  datasetId: string,
  only: readonly string[] | undefined,
  now: number,
): { hits: Hit[]; left: number } {
  const matcher = intelMatcher(context.db, now, only)
  const allowing = only === undefined ? matcher : intelMatcher(context.db, now)
  const hits: Hit[] = []
  let left = 0
  for (const [type, value] of all(context.datasets.open(datasetId))) {
    const listings = matcher.listings(type, value).filter(({ purpose, expired }) => purpose === 'verdict' && !expired)
    const verdict = verdictOf(listings)
    if (verdict === null || allowing.judged(type, value).allowed) continue
    if (hits.length < HITS_MAX) hits.push({ type, value, verdict, listings: listings.slice(0, LISTINGS_MAX) })
    else left++
  }
  return { hits, left }
}
