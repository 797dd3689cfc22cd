import type { Column } from '#contract/datasets'
import type { ToUtc } from './calendar.ts'
import { readYearLast } from './numericDates.ts'

export type SlashFormat = 'mdy' | 'dmy'

/** Which of the dates written in digits, year last, can be read in one order only; the others in both or in none. */
export type OrderEvidence = { monthFirst: number; dayFirst: number }

const asItIs: ToUtc = (local) => local

const readable = (text: string, format: SlashFormat): boolean =>
  !Number.isNaN(readYearLast(text, format === 'mdy', asItIs))

/** Whether the text is a date in at least one of both orders. */
export const isSlashDate = (text: string): boolean => readable(text, 'mdy') || readable(text, 'dmy')

/** Counts the dates that tell day from month: 15/01/2024 and 01/15/2024 do, 01/02/2024 does not. */
export function orderEvidence(filled: readonly string[]): OrderEvidence {
  let monthFirst = 0
  let dayFirst = 0
  for (const text of filled) {
    const match = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-]/.exec(text)
    if (!match) continue
    if (Number(match[1]) > 12) dayFirst++
    if (Number(match[2]) > 12) monthFirst++
  }
  return { monthFirst, dayFirst }
}

/** The order most of the telling dates have; null where none tells or they disagree evenly. */
export const orderOf = ({ monthFirst, dayFirst }: OrderEvidence): SlashFormat | null =>
  monthFirst === dayFirst ? null : monthFirst > dayFirst ? 'mdy' : 'dmy'

/** The order of a column without a word of the analyst: what the dates tell, else what keeps them closer together, else month first. */
export function slashFormat(filled: readonly string[]): SlashFormat {
  const told = orderOf(orderEvidence(filled))
  if (told) return told
  const spread = (format: SlashFormat): number => {
    let low = Infinity
    let high = -Infinity
    for (const text of filled) {
      const micros = readYearLast(text, format === 'mdy', asItIs)
      if (!Number.isFinite(micros)) continue
      low = Math.min(low, micros)
      high = Math.max(high, micros)
    }
    return high - low
  }
  const [mdy, dmy] = [spread('mdy'), spread('dmy')]
  // Twelve-hour clocks come with month first; dots with day first.
  if (mdy === dmy) return filled.some((text) => /^\s*\d+\./.test(text)) ? 'dmy' : 'mdy'
  return dmy < mdy ? 'dmy' : 'mdy'
}

const first = (format: SlashFormat): string => (format === 'dmy' ? 'day' : 'month')

/** What was decided about day and month without certainty, for people; null where there is nothing to say. */
export function orderWarning(
  name: string,
  format: SlashFormat | null,
  { monthFirst, dayFirst }: OrderEvidence,
  said: boolean,
): string | null {
  if (monthFirst > 0 && dayFirst > 0) {
    const both = `${name}: of its first dates ${dayFirst} can only be read with the day first, ${monthFirst} only with the month first`
    if (format === null) return `${both}. They were taken as text; say which comes first to read the others as times`
    return `${both}; ${first(format)} first was taken and the others have no time`
  }
  if (said || format === null || monthFirst + dayFirst > 0) return null
  return `${name}: whether day or month comes first cannot be told from the data; ${first(format)} first was taken`
}

const UNREAD = 'filled cells are no time with the'

/** What is to be said about a time column once all its rows were read, `timed` of them with a time; null where all dates fit the order. */
export function unreadDates({ name, timeFormat, dayMonthSource, filled }: Column, timed: number): string | null {
  if (filled <= timed || (timeFormat !== 'mdy' && timeFormat !== 'dmy')) return null
  if (dayMonthSource !== 'assumed' && dayMonthSource !== 'data') return null
  const other = timeFormat === 'mdy' ? 'day' : 'month'
  const count = (filled - timed).toLocaleString('en-US')
  return `${name}: ${count} ${UNREAD} ${first(timeFormat)} first. Where the ${other} comes first, say so in the time of the dataset`
}

/** A warning of unreadDates: it holds for one reading of the rows only. */
export const isUnreadDates = (warning: string): boolean => warning.includes(UNREAD)
