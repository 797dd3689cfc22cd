import type { ColumnType } from '#contract/values'
import { detectTimeFormat, type DetectedTime } from './times.ts'

/** Share of the non-empty samples that must be lossless numbers before a column is stored as numbers. */
export const NUMBER_SHARE = 0.95

/** True where storing the number and printing it again gives exactly the same text. */
function isLosslessNumber(text: string): boolean {
  const first = text.charCodeAt(0)
  // Cheap way out: numbers start with a digit or a minus. Number('') and Number(' 1') never get further than this.
  if (first !== 45 && (first < 48 || first > 57)) return false
  if (text.length > 25) return false
  const value = Number(text)
  if (String(value) !== text) return false
  return !Number.isInteger(value) || Number.isSafeInteger(value)
}

const isLosslessInteger = (text: string): boolean => isLosslessNumber(text) && Number.isSafeInteger(Number(text))

/**
 * What the cells of a column are, judged by samples of it and leaving times aside: 'integer' or 'number' when at least
 * 95 % of the non-empty samples would be stored as such without loss, else 'text'. Empty samples do not count; a column
 * without any filled sample is text.
 */
export function columnTypeOf(samples: readonly string[]): Exclude<ColumnType, 'time'> {
  let filled = 0
  let integers = 0
  let numbers = 0
  for (const text of samples) {
    if (text === '') continue
    filled++
    if (!isLosslessNumber(text)) continue
    numbers++
    if (isLosslessInteger(text)) integers++
  }
  if (filled === 0) return 'text'
  if (integers >= filled * NUMBER_SHARE) return 'integer'
  return numbers >= filled * NUMBER_SHARE ? 'number' : 'text'
}

export type ColumnDecision = { type: ColumnType; time: DetectedTime | null }

/**
 * The type of a column, times first: a column of epoch seconds named like a time is a time, a plain column of integers is
 * not. `saidToBeTime` is true where a profile or the analyst names the column as a time; then epochs need no telling name.
 * `dayFirst`: what the analyst says about the order of day and month.
 */
export function decideColumn(
  samples: readonly string[],
  header: string,
  saidToBeTime = false,
  dayFirst?: boolean,
): ColumnDecision {
  const time = detectTimeFormat(samples, header, saidToBeTime, dayFirst)
  return time ? { type: 'time', time } : { type: columnTypeOf(samples), time: null }
}

/**
 * A cell as the dataset file keeps it, so that its text can always be had back exactly: null for an empty cell, a number
 * in an integer or number column where String(number) is exactly the text (integers within 2^53-1), else the text.
 */
export function storedCell(text: string, type: ColumnType): string | number | null {
  if (text === '') return null
  if (type === 'integer' || type === 'number') return isLosslessNumber(text) ? Number(text) : text
  return text
}
