/** How a column with dates such as 01/02/2024 is read; null for other columns. */
export function dayMonthOf(column: {
  timeFormat: string | null
  dayMonthSource?: 'data' | 'profile' | 'assumed' | 'contradictory' | 'user' | undefined
}): { dayFirst: boolean | null; note: string } | null {
  const { timeFormat, dayMonthSource } = column
  const dayFirst = timeFormat === 'dmy' ? true : timeFormat === 'mdy' ? false : null
  if (dayFirst === null && dayMonthSource !== 'contradictory') return null
  return { dayFirst, note: dayMonthSource === undefined ? '' : notes[dayMonthSource] }
}

const notes = {
  data: 'as the dates tell',
  profile: 'as this tool writes them',
  assumed: 'assumed: no date tells',
  contradictory: 'the dates contradict each other',
  user: 'set by you',
}

export const dayFirstText = (dayFirst: boolean): string => (dayFirst ? 'Day first, 31/12' : 'Month first, 12/31')
