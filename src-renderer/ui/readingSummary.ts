import type { Reading } from '#contract/datasets'
import { formatNoun } from './formatNumber.ts'

/** What a mapping says of a file, in a few words: `zone Europe/Berlin, 3 columns mapped, 1 taken apart`. */
export function readingSummary(reading: Reading): string {
  const { timeColumn, timeZone, profile, fields = {}, splits = {}, dayFirst = {}, first } = reading
  const mapped = Object.keys(fields).length
  const apart = Object.values(splits).filter((split) => split !== null).length
  return [
    timeColumn === undefined ? '' : timeColumn === null ? 'rows have no time' : `time column ${timeColumn}`,
    timeZone === undefined ? '' : `zone ${timeZone}`,
    profile === undefined ? '' : profile === '' ? 'no profile' : 'another profile',
    Object.keys(dayFirst).length === 0 ? '' : 'order of day and month',
    mapped === 0 ? '' : `${formatNoun(mapped, 'column')} mapped`,
    apart === 0 ? '' : `${formatNoun(apart, 'column')} taken apart`,
    first === undefined || first.length === 0 ? '' : `${formatNoun(first.length, 'column')} shown first`,
  ]
    .filter(Boolean)
    .join(', ')
}
