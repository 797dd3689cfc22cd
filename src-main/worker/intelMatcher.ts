import type { Listing } from '#contract/intel'
import { verdicts, type IndicatorType, type Verdict } from '#contract/values'
import { placesToLook } from '../importer/indicators/placesToLook.ts'
import type { ReadDb } from '../sqlite/db.ts'
import { activeLists, indicatorOfRow, linesOf, prefixes, typesHeld } from '../sqlite/queries/intel.read.ts'

export type IntelMatcher = {
  /** Lines of lists that speak of a value: worst first, expired ones last. */
  listings(type: IndicatorType, value: string): Listing[]
  /** The verdict that counts, null where no list says one, and whether the value is on an allow list. */
  judged(type: IndicatorType, value: string): { verdict: Verdict | null; allowed: boolean }
}

const NOT_LISTED = { verdict: null, allowed: false } as const

/**
 * Looks values up in all lists that are on (`only`: in these). Made for one question: what changes later it does not see.
 * `now` in milliseconds decides what has expired.
 */
export function intelMatcher(db: ReadDb, now: number, only?: readonly string[]): IntelMatcher {
  const lists = activeLists(db, only)
  const lines = linesOf(db)
  // Most types stand in no list: then nothing needs to be looked up for them.
  const present = new Set<IndicatorType>(lists.size === 0 ? [] : typesHeld(db))
  const lengths = present.has('network') ? prefixes(db, new Set(lists.keys())) : { v4: [], v6: [] }

  function listings(type: IndicatorType, value: string): Listing[] {
    if (present.size === 0) return []
    const found: Listing[] = []
    for (const place of placesToLook(type, value, lengths)) {
      if (!present.has(place.type)) continue
      for (const row of lines(place.type, place.value)) {
        const list = lists.get(row.content)
        if (!list) continue
        const said = indicatorOfRow(row, list, now)
        if (place.by === 'subdomain' && !said.subdomains) continue
        found.push({ ...said, listId: list.id, list: list.name, purpose: list.purpose, by: place.by })
      }
    }
    return found.length < 2 ? found : found.sort(worstFirst)
  }

  return {
    listings,
    judged(type, value) {
      const found = listings(type, value)
      if (found.length === 0) return NOT_LISTED
      return { verdict: verdictOf(found), allowed: found.some((one) => one.purpose === 'allow' && !one.expired) }
    },
  }
}

/** The worst verdict of what has not expired; null where nothing is left. Listings come worst first. */
export const verdictOf = (listings: readonly Listing[]): Verdict | null =>
  listings.find(({ expired }) => !expired)?.verdict ?? null

const worstFirst = (a: Listing, b: Listing): number =>
  Number(a.expired) - Number(b.expired) ||
  verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
  (b.confidence ?? 0) - (a.confidence ?? 0) ||
  (a.list < b.list ? -1 : 1)
