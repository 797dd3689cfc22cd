/** What a reader of times answers where the text is not written in its format. */
export const MALFORMED = Number.NaN
/** What it answers where the text is well-formed but stands for "no time": a date of zeros, an epoch of 0, the year 9999. */
export const NO_TIME = Number.NEGATIVE_INFINITY

/** Microseconds since 1970 stay exact integers between these years; nothing outside them is taken for a time. */
const FIRST_YEAR = 1685
const LAST_YEAR = 2254
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A local time (seconds since 1970 as if the clock showed UTC) turned into seconds since 1970 UTC. */
export type ToUtc = (localSeconds: number) => number

/** Days since 1970-01-01 of a date of the Gregorian calendar (the algorithm of Howard Hinnant, "days_from_civil"). */
export function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/**
 * Microseconds since 1970 UTC of a date and a time of day, MALFORMED where there is no such day or time, NO_TIME for the
 * marks of absent times (0000-00-00, years before 1685 or after 2254, exactly 1970-01-01 00:00:00).
 * `offset` is the text's own offset in seconds east of UTC, NaN where it has none and `toUtc` must know.
 */
export function instantOf(
  year: number,
  month: number,
  day: number,
  secondOfDay: number,
  micros: number,
  offset: number,
  toUtc: ToUtc,
): number {
  if (year === 0 && month === 0 && day === 0) return NO_TIME
  if (month < 1 || month > 12 || day < 1 || day > (DAYS_IN_MONTH[month - 1] ?? 0)) return MALFORMED
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return MALFORMED
  if (year < FIRST_YEAR || year > LAST_YEAR) return NO_TIME
  const local = daysSince1970(year, month, day) * 86_400 + secondOfDay
  if (local === 0 && micros === 0) return NO_TIME
  const seconds = Number.isNaN(offset) ? toUtc(local) : local - offset
  return seconds === 0 && micros === 0 ? NO_TIME : seconds * 1_000_000 + micros
}

/** Instants read from counters: NO_TIME for 0 and for years that dates would not be taken from either. */
export function instantOfMicros(micros: number): number {
  if (micros === 0 || micros < -8_993_000_000_000_000 || micros > 8_993_000_000_000_000) return NO_TIME
  return micros
}
