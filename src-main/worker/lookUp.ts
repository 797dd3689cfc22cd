import type { Lookup } from '#contract/intel'
import type { IndicatorType } from '#contract/values'
import { indicatorsOf } from '../importer/indicators/indicatorOf.ts'
import { hostnameOfCell } from '../importer/iocColumns.ts'
import type { ReadContext } from './contexts.ts'
import { intelMatcher, verdictOf } from './intelMatcher.ts'

/** What a text is taken for: an indicator in any form, else a host name; null for what is neither. */
export function meantBy(text: string): { type: IndicatorType; value: string } | null {
  const found = indicatorsOf(text)
  const first = typeof found === 'string' ? undefined : found[0]
  if (first) return { type: first.type, value: first.value }
  const fingerprint = indicatorsOf(text, 'fingerprint')
  if (/_|^\d/.test(text) && typeof fingerprint !== 'string' && fingerprint[0]) return fingerprint[0]
  const host = hostnameOfCell(text)
  return host === null ? null : { type: 'hostname', value: host }
}

/** What all lists say about each of the values. `now` in milliseconds. AppError 'cancelled'. */
export function lookUp({ db, goOn }: ReadContext, values: readonly string[], now: number): Lookup[] {
  const matcher = intelMatcher(db, now)
  return values.map((value) => {
    goOn()
    const meant = meantBy(value)
    if (meant === null) return { value, type: null, normal: value.trim(), verdict: null, listings: [] }
    const listings = matcher.listings(meant.type, meant.value)
    return { value, type: meant.type, normal: meant.value, verdict: verdictOf(listings), listings }
  })
}
