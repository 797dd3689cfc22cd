import { instantOf, MALFORMED, NO_TIME, type ToUtc } from './calendar.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
const FULL_NAMES =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:r|rs)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)$/
/** Hours east of UTC: the names of RFC 2822 and the European and Japanese ones that mean one thing only. */
export const zoneAbbreviations = new Map([
  ...Object.entries({
    utc: 0,
    gmt: 0,
    z: 0,
    ut: 0,
    est: -5,
    edt: -4,
    cst: -6,
    cdt: -5,
    mst: -7,
    mdt: -6,
    pst: -8,
    pdt: -7,
  }),
  ...Object.entries({ wet: 0, west: 1, cet: 1, cest: 2, eet: 2, eest: 3, msk: 3, jst: 9 }),
])
const TOKEN = /[a-z]+|\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?|[+-]\d{2}:?\d{2}(?!\d|-)|\d+/g

/**
 * Reads a time that names its month: Apache (15/Jan/2019:05:15:11 +0000), RFC 2822 (Tue, 15 Jan 2019 05:15:11 +0000),
 * Jan 15 2019 05:15:11, Tue Jan 15 05:15:11 UTC 2019, 15-Jan-2019, January 15, 2019 5:15:11 AM, Jan 15, 2019 @
 * 05:15:11.767 (Kibana). A text without a year
 * (syslog) is MALFORMED: a year is never made up. Answers as in calendar.ts.
 */
export function readNamedMonth(text: string, toUtc: ToUtc): number {
  if (text.length < 8 || text.length > 60) return MALFORMED
  // Apache joins date and time with a colon, which would read as 2019:05:15.
  const plain = text.toLowerCase().replace(/(\/\d{4}):(?=\d{2}:)/, '$1 ')
  if (/[^a-z0-9 \t\u00a0\u202f,.:/+\-[\]()@]/.test(plain)) return MALFORMED
  // What mactime writes where a file has no such time; its output begins with them.
  if (/^\s*xxx xxx 00 0000\b/.test(plain)) return NO_TIME
  let month = 0
  let day = 0
  let year = -1
  let seconds = -1
  let micros = 0
  let offset = Number.NaN
  let half = ''
  for (const token of plain.match(TOKEN) ?? []) {
    const first = token.charCodeAt(0)
    if (first >= 97) {
      const short = token.slice(0, 3)
      const zone = zoneAbbreviations.get(token)
      if ((token === 'am' || token === 'pm') && seconds >= 0 && half === '') half = token
      else if (zone !== undefined && seconds >= 0) offset = zone * 3600
      else if (token === 't' || token === 'at') continue
      else if (!FULL_NAMES.test(token)) return MALFORMED
      else if (MONTHS.includes(short) && month === 0) month = MONTHS.indexOf(short) + 1
      else if (!DAYS.has(short)) return MALFORMED
    } else if (token.includes(':') && first >= 48) {
      if (seconds >= 0) return MALFORMED
      const [hours, minutes, rest = '0'] = token.split(':')
      if (Number(hours) > 23 || Number(minutes) > 59 || parseInt(rest) > 60) return MALFORMED
      seconds = Number(hours) * 3600 + Number(minutes) * 60 + parseInt(rest)
      micros = Number((rest.split(/[.,]/)[1] ?? '').padEnd(6, '0').slice(0, 6))
    } else if (first === 43 || first === 45) {
      // 15-01-2019 has no month name, so a sign before four digits is an offset only after the time of day.
      if (seconds < 0 && year < 0 && token.length === 5) year = Number(token.slice(1))
      else if (seconds < 0) return MALFORMED
      else offset = (Number(token.slice(1, 3)) * 60 + Number(token.slice(-2))) * (first === 45 ? -60 : 60)
    } else if (token.length === 4 && year < 0) year = Number(token)
    else if (token.length <= 2 && day === 0) day = Number(token)
    else if (token.length === 2 && year < 0 && seconds < 0) year = Number(token) + (Number(token) < 69 ? 2000 : 1900)
    else return MALFORMED
  }
  if (month === 0 || day === 0 || year < 0) return MALFORMED
  if (half !== '') {
    const hour = Math.floor(seconds / 3600)
    if (hour < 1 || hour > 12) return MALFORMED
    seconds = (seconds % 3600) + ((hour % 12) + (half === 'pm' ? 12 : 0)) * 3600
  }
  return instantOf(year, month, day, Math.max(0, seconds), micros, offset, toUtc)
}
