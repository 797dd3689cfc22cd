import { instantOf, MALFORMED, type ToUtc } from './calendar.ts'
import { zoneAbbreviations } from './namedMonths.ts'

/**
 * Readers of dates written in digits: 2019-01-15T05:15:11.7671234Z, 2019/01/15 05:15:11, 1/15/2019 5:15:11 AM,
 * 15.01.2019 05:15. They run for every row of millions: character codes only, no regular expression, no Date, no slices.
 * Digits after the microsecond are cut off. Answers as in calendar.ts.
 */
export type DateOrder = 'ymd' | 'mdy' | 'dmy'

const isDigit = (code: number): boolean => code >= 48 && code <= 57
/** Space, tab, no-break space, narrow no-break space (Windows writes it before AM). */
const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 0xa0 || code === 0x202f

/** Reads text whose year stands first. */
export function readYearFirst(text: string, toUtc: ToUtc): number {
  const at = skipSpaces(text, 0)
  const year = fourDigits(text, at)
  const separator = text.charCodeAt(at + 4)
  if (year < 0 || (separator !== 45 && separator !== 47 && separator !== 46)) return MALFORMED
  let next = at + 5
  const month = oneOrTwo(text, next)
  next += width(text, next)
  if (month < 0 || text.charCodeAt(next) !== separator) return MALFORMED
  next++
  const day = oneOrTwo(text, next)
  if (day < 0) return MALFORMED
  return readRest(text, next + width(text, next), year, month, day, toUtc)
}

/** Reads text whose year stands last: `monthFirst` says which of the two before it is the month. */
export function readYearLast(text: string, monthFirst: boolean, toUtc: ToUtc): number {
  let next = skipSpaces(text, 0)
  const first = oneOrTwo(text, next)
  next += width(text, next)
  const separator = text.charCodeAt(next)
  if (first < 0 || (separator !== 45 && separator !== 47 && separator !== 46)) return MALFORMED
  next++
  const second = oneOrTwo(text, next)
  next += width(text, next)
  if (second < 0 || text.charCodeAt(next) !== separator) return MALFORMED
  next++
  let year = fourDigits(text, next)
  if (year >= 0) next += 4
  else {
    if (!isDigit(text.charCodeAt(next)) || !isDigit(text.charCodeAt(next + 1)) || isDigit(text.charCodeAt(next + 2)))
      return MALFORMED
    year = oneOrTwo(text, next)
    // The century of two digits as POSIX has it (strptime %y).
    year += year < 69 ? 2000 : 1900
    next += 2
  }
  return readRest(text, next, year, monthFirst ? first : second, monthFirst ? second : first, toUtc)
}

/** The time of day and the zone after a date; neither has to be there. */
function readRest(text: string, start: number, year: number, month: number, day: number, toUtc: ToUtc): number {
  const end = trimmedEnd(text)
  let next = start
  if (next >= end) return instantOf(year, month, day, 0, 0, Number.NaN, toUtc)
  let code = text.charCodeAt(next)
  if (code === 44) code = text.charCodeAt(++next)
  if (code !== 84 && code !== 116 && code !== 95 && !isSpace(code)) return MALFORMED
  next = skipSpaces(text, next + 1)
  clock.offset = Number.NaN
  next = readClock(text, next, end)
  return next === end ? instantOf(year, month, day, clock.second, clock.micros, clock.offset, toUtc) : MALFORMED
}

/** What readClock has read last; one object for all calls, so that reading a row allocates nothing. */
const clock = { second: 0, micros: 0, offset: Number.NaN }

/** Reads HH:MM[:SS[.fraction]][ AM][zone] from `start`; gives the index after it, or -1. */
function readClock(text: string, start: number, end: number): number {
  let hour = oneOrTwo(text, start)
  let next = start + width(text, start)
  if (hour < 0 || text.charCodeAt(next) !== 58) return -1
  const minute = twoDigits(text, next + 1)
  if (minute < 0 || minute > 59) return -1
  next += 3
  let second = 0
  let micros = 0
  if (text.charCodeAt(next) === 58) {
    second = twoDigits(text, next + 1)
    if (second < 0 || second > 60) return -1
    next += 3
    const mark = text.charCodeAt(next)
    if ((mark === 46 || mark === 44) && isDigit(text.charCodeAt(next + 1))) {
      next++
      let unit = 100_000
      for (let code = text.charCodeAt(next); isDigit(code); code = text.charCodeAt(++next)) {
        micros += (code - 48) * unit
        unit = unit === 1 ? 0 : unit / 10
      }
    }
  }
  const gap = skipSpaces(text, next)
  const letter = text.charCodeAt(gap) | 32
  // PST and PDT begin like PM.
  if ((letter === 97 || letter === 112) && (text.charCodeAt(gap + 2) | 32) !== 116) {
    let after = gap + 1
    if (text.charCodeAt(after) === 46) after = skipSpaces(text, after + 1)
    if ((text.charCodeAt(after) | 32) !== 109 || hour < 1 || hour > 12) return -1
    after++
    if (text.charCodeAt(after) === 46) after++
    hour = (hour % 12) + (letter === 112 ? 12 : 0)
    next = after
  }
  if (hour > 23 && !(hour === 24 && minute === 0 && second === 0 && micros === 0)) return -1
  clock.second = hour * 3600 + minute * 60 + second
  clock.micros = micros
  return next >= end ? next : readOffset(text, next, end)
}

/** Reads Z, UTC, GMT, EST and the like or an offset such as +02:00, +0200, +02 into clock.offset; gives the index after it, or -1. */
function readOffset(text: string, start: number, end: number): number {
  const next = skipSpaces(text, start)
  const code = text.charCodeAt(next)
  if ((code | 32) === 122) {
    clock.offset = 0
    return next + 1
  }
  if (code === 43 || code === 45 || code === 0x2212) {
    const hours = twoDigits(text, next + 1)
    if (hours < 0 || hours > 18) return -1
    const colon = text.charCodeAt(next + 3) === 58 ? 1 : 0
    let after = next + 3
    let minutes = 0
    if (after < end) {
      minutes = twoDigits(text, after + colon)
      if (minutes < 0 || minutes > 59) return -1
      after += colon + 2
    }
    clock.offset = (hours * 60 + minutes) * (code === 43 ? 60 : -60)
    return after
  }
  const hours =
    end - next < 3 || end - next > 4 ? undefined : zoneAbbreviations.get(text.slice(next, end).toLowerCase())
  if (hours === undefined) return -1
  clock.offset = hours * 3_600
  return end
}

function skipSpaces(text: string, start: number): number {
  let at = start
  while (isSpace(text.charCodeAt(at))) at++
  return at
}

function trimmedEnd(text: string): number {
  let end = text.length
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--
  return end
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at)
  const ones = text.charCodeAt(at + 1)
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : -1
}

function fourDigits(text: string, at: number): number {
  const high = twoDigits(text, at)
  const low = twoDigits(text, at + 2)
  return high < 0 || low < 0 || isDigit(text.charCodeAt(at + 4)) ? -1 : high * 100 + low
}

/** How many digits stand at `at`: 1 or 2 (1 also where there is none, and oneOrTwo then says -1). */
const width = (text: string, at: number): number => (isDigit(text.charCodeAt(at + 1)) ? 2 : 1)

function oneOrTwo(text: string, at: number): number {
  const first = text.charCodeAt(at)
  if (!isDigit(first)) return -1
  const second = text.charCodeAt(at + 1)
  return isDigit(second) ? (first - 48) * 10 + second - 48 : first - 48
}
