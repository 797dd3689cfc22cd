import { NO_TIME, type ToUtc } from './calendar.ts'
import { readCompact, readCounter, readDotnet, readExcel, readFiletime, readTicks, readWebkit } from './counters.ts'
import { isSlashDate, orderEvidence, orderOf, slashFormat, type OrderEvidence } from './dayMonth.ts'
import { readNamedMonth } from './namedMonths.ts'
import { readYearFirst, readYearLast } from './numericDates.ts'
import { zoneToUtc } from './zones.ts'

/** How the times of a column are written. Without an offset in the text the zone comes from outside. */
export const timeFormats = [
  'iso',
  'ymd',
  'mdy',
  'dmy',
  'compact',
  'apache',
  'month-name',
  'rfc2822',
  'dotnet',
  'epoch-s',
  'epoch-ms',
  'epoch-us',
  'epoch-ns',
  'filetime',
  'webkit',
  'dotnet-ticks',
  'excel',
] as const
export type TimeFormat = (typeof timeFormats)[number]

export type DetectedTime = {
  format: TimeFormat
  /** Share of the filled samples that the format reads or knows as "no time". */
  share: number
  /** Every time carries its own offset or is a count of UTC: no zone is needed from outside. */
  zoned: boolean
  /** No sample could tell day from month: the order that keeps the times closer together was taken, else month first. */
  ambiguous: boolean
  /** How many dates can be read in one order of day and month only. */
  order: OrderEvidence
  /** 'UTC' where the header says so: LastModifiedTimeUTC, TimeGenerated [UTC], time-UTC. */
  headerZone: 'UTC' | null
}

/** Reads one cell: microseconds since 1970 UTC, null where it holds no time. */
export type TimeReader = (text: string) => number | null

/** Share of the filled samples that must read as times. Below it a stray word makes the column text. */
const TIME_SHARE = 0.9
/** Samples looked at to find the format; telling day from month uses all of them. */
const SAMPLES = 400
/** Epochs are believed in this stretch, years 1990 to 2100, unless the cell says 0. */
const EPOCH_FROM = 631_152_000_000_000
const EPOCH_TO = 4_102_444_800_000_000
/** What tools write where there is no value. Such samples count as empty. */
const BLANK = new Set([
  '',
  '-',
  '--',
  '(empty)',
  'n/a',
  'na',
  'nan',
  'nat',
  'none',
  'null',
  '(null)',
  'never',
  'not set',
  'not a time',
  '00/00/0000 --:--:--',
  'unknown',
])
/** Longer texts are no times. */
const LONGEST = 80
const LONGEST_BLANK = Math.max(...[...BLANK].map((text) => text.length))

function isBlank(text: string): boolean {
  // Most texts are too long to be one, and nothing has to be cut off their ends.
  if (text.length > LONGEST_BLANK && text.charCodeAt(0) > 32 && text.charCodeAt(text.length - 1) < 127) {
    if (text.charCodeAt(text.length - 1) > 32) return false
  }
  return BLANK.has(text.trim().toLowerCase())
}
/** Names of columns that hold times, for the formats that look like any other number. Words, camel case or not. */
const TIME_NAME =
  /(?:^|[^a-z])(?:ts|time|times|date|datetime|timestamp|epoch|when|created|modified|accessed|expires|generated|firstseen|lastseen|start|end|starttime|endtime|createdat|updatedat|filetime)(?:[^a-z]|$)|(?:time|timestamp|datetime|date|epoch)(?:utc|us|ms|ns)?$|^(?:ts|time|date|timestamp)/i
const NOT_TIME_NAME =
  /(?:duration|elapsed|timeout|time[_ -]?to|delta|count|lifetime|uptime|rtt|interval|time[_ -]?zone|(?:cpu|user|kernel|run|cycle|face)[_ -]?time|size|bytes|port)/i

type Read = (text: string, toUtc: ToUtc) => number
const reads: Record<TimeFormat, Read> = {
  iso: readYearFirst,
  ymd: readYearFirst,
  mdy: (text, toUtc) => readYearLast(text, true, toUtc),
  dmy: (text, toUtc) => readYearLast(text, false, toUtc),
  compact: readCompact,
  apache: readNamedMonth,
  'month-name': readNamedMonth,
  rfc2822: readNamedMonth,
  dotnet: readDotnet,
  'epoch-s': (text) => readCounter(text, 0, 0),
  'epoch-ms': (text) => readCounter(text, 3, 0),
  'epoch-us': (text) => readCounter(text, 6, 0),
  'epoch-ns': (text) => readCounter(text, 9, 0),
  filetime: readFiletime,
  webkit: readWebkit,
  'dotnet-ticks': readTicks,
  excel: readExcel,
}

/**
 * The reader of a column. `zone` (IANA name or offset) holds for times without an offset of their own; formats that count
 * from an epoch ignore it. Fractions beyond the microsecond are cut off. No time: malformed text, 0, exactly 1970-01-01
 * 00:00:00, and years before 1685 (0001, 1601) or after 2254 (9999). Fails with invalid-input for an unknown zone.
 */
export function timeReader(format: TimeFormat, zone: string): TimeReader {
  const read = reads[format]
  const toUtc = zoneToUtc(zone)
  return (text) => {
    const micros = read(text, toUtc)
    return Number.isFinite(micros) ? micros : null
  }
}

export const isTimeFormat = (name: string): name is TimeFormat => timeFormats.some((format) => format === name)

/** True where the name of a column promises times. */
export const isTimeName = (header: string): boolean => {
  const words = header.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
  return TIME_NAME.test(words) && !NOT_TIME_NAME.test(words)
}

/**
 * The format in which a column writes its times, judged by samples (at least 90 % of the filled ones must read), or null.
 * Counters of seconds and the like are times only in a column named like one, or where `saidToBeTime` (profile, analyst);
 * then Excel serials are tried too. Whether 01/02/2019 is January or February is decided once, over all samples,
 * unless `dayFirst` says it; then the times that can be read in that order are times, however few.
 */
export function detectTimeFormat(
  samples: readonly string[],
  header: string,
  saidToBeTime = false,
  dayFirst?: boolean,
): DetectedTime | null {
  const filled = filledOf(samples)
  const tooLong = samples.filter((text) => text.length > LONGEST).length
  if (filled.length === 0 || tooLong > filled.length * (1 - TIME_SHARE)) return null
  const step = Math.max(1, Math.floor(filled.length / SAMPLES))
  const chosen = step === 1 ? filled : filled.filter((_, index) => index % step === 0)
  const named = saidToBeTime || isTimeName(header)
  const format = formatOf(chosen, filled, named, saidToBeTime, dayFirst)
  if (!format) return null
  const { share, real, zoned } = trial(format, chosen)
  const slash = format === 'mdy' || format === 'dmy'
  const said = slash && dayFirst !== undefined
  if (said ? real === 0 : share < TIME_SHARE) return null
  // A column of zeros is no column of times, unless someone says so.
  if (real === 0 && !named) return null
  const headerZone =
    /(?:^|[^a-z])(?:utc|gmt)(?:[^a-z]|$)|[a-z](?:UTC|Utc)$/.test(header) || /\b(?:utc|gmt)\b/i.test(header)
      ? 'UTC'
      : null
  const order = slash ? orderEvidence(filled) : NO_EVIDENCE
  return { format, share, zoned, ambiguous: slash && !said && orderOf(order) === null, order, headerZone }
}

const NO_EVIDENCE: OrderEvidence = { monthFirst: 0, dayFirst: 0 }
const filledOf = (samples: readonly string[]): string[] =>
  samples.filter((text) => text.length <= LONGEST && !isBlank(text))

/** Whether a column is written in a format: 90 % of its filled samples can be read, and some of them are times. */
export function isWrittenAs(format: TimeFormat, samples: readonly string[]): boolean {
  const { share, real } = trial(format, filledOf(samples).slice(0, SAMPLES))
  return share >= TIME_SHARE && real > 0
}

/** Dates of a column that holds no times because some have the day first and others the month; null for any other column. */
export function contradictoryOrder(samples: readonly string[]): OrderEvidence | null {
  const filled = filledOf(samples)
  const order = orderEvidence(filled)
  if (order.monthFirst === 0 || order.dayFirst === 0) return null
  const dates = filled.reduce((sum, text) => sum + Number(isSlashDate(text)), 0)
  return dates >= samples.length * TIME_SHARE ? order : null
}

function formatOf(
  chosen: string[],
  filled: string[],
  named: boolean,
  said: boolean,
  dayFirst: boolean | undefined,
): TimeFormat | null {
  const first = chosen.find((text) => /\d/.test(text))
  if (first === undefined) return null
  if (chosen.every((text) => /^\s*-?\d+([.,]\d+)?\s*$/.test(text))) return named ? counterFormat(chosen, said) : null
  if (enough('iso', chosen)) {
    if (!named && chosen.every((text) => !text.includes(':') && text.includes('.'))) return null
    return /^\s*\d{4}\//.test(first) ? 'ymd' : 'iso'
  }
  if (dayFirst !== undefined && filled.filter(isSlashDate).length >= filled.length * TIME_SHARE)
    return dayFirst ? 'dmy' : 'mdy'
  if (enough('mdy', chosen) || enough('dmy', chosen)) {
    const bare = chosen.every((text) => !text.includes(':'))
    if (!named && bare && chosen.some((text) => /^\s*(?:\d+[.-]\d+[.-]\d|\d+\/\d+\/\d\d\s*$)/.test(text))) return null
    return slashFormat(filled)
  }
  if (enough('month-name', chosen)) {
    if (/\d\/[a-z]{3}\/\d{4}:/i.test(first)) return 'apache'
    return /^\s*(?:[a-z]{3},\s*)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|[a-z]{2,4})/i.test(first)
      ? 'rfc2822'
      : 'month-name'
  }
  if (enough('dotnet', chosen)) return 'dotnet'
  const stamped = chosen.every((text) => /\d{8}[T_ -]?\d{6}/.test(text))
  if ((named || stamped) && enough('compact', chosen)) return 'compact'
  // Numbers with a few stray words among them.
  return named && chosen.filter((text) => /^\d+(?:\.\d+)?$/.test(text)).length >= chosen.length * TIME_SHARE
    ? counterFormat(chosen, said)
    : null
}

/** Ticks before nanoseconds: ticks of our time are nanoseconds of 1990. */
const counterFormats = ['epoch-s', 'epoch-ms', 'epoch-us', 'dotnet-ticks', 'epoch-ns', 'filetime', 'webkit'] as const

/**
 * An Excel serial that nobody called a time: a day of the years 2000 to 2050 and a time of day with as many digits as Excel
 * writes. Seconds since a start have fewer digits, and not all of them lie between ten and fifteen hours.
 */
function isSerialOfOurTime(text: string): boolean {
  const match = /^\s*(\d{5})[.,]\d{5,}\s*$/.exec(text)
  return match !== null && Number(match[1]) >= 36_526 && Number(match[1]) < 54_789
}

/** The counter whose unit puts the samples into our time; but for ticks, magnitudes differ so much that only one can. */
function counterFormat(chosen: string[], said: boolean): TimeFormat | null {
  const inOurTime = (format: TimeFormat): number => {
    const read = reads[format]
    return chosen.filter((text) => {
      const micros = read(text, (local) => local)
      return micros === NO_TIME ? /^[\s0.,]*$/.test(text) : micros >= EPOCH_FROM && micros <= EPOCH_TO
    }).length
  }
  const needed = chosen.length * TIME_SHARE
  const real = chosen.some((text) => /[1-9]/.test(text))
  if (!real) return said ? 'epoch-s' : null
  const compact = chosen.filter((text) =>
    /^(?:19|20)\d{6}(?:\d{4}(?:\d{2}(?:[.,]?\d{3,6})?)?)?$/.test(text.trim()),
  ).length
  if (compact >= needed && enough('compact', chosen)) return 'compact'
  const found = counterFormats.find((format) => inOurTime(format) >= needed)
  if (found) return found
  const serials = chosen.filter(
    (text) => Number(text) === 0 || (Number(text) >= 20_000 && Number(text) <= 80_000),
  ).length
  return (said && serials >= needed) || chosen.every(isSerialOfOurTime) ? 'excel' : null
}

/** Whether so many samples can be read; gives up as soon as too many cannot. */
function enough(format: TimeFormat, chosen: string[]): boolean {
  const read = reads[format]
  let unread = 0
  for (const text of chosen)
    if (Number.isNaN(read(text, asItIs)) && (chosen.length - ++unread) / chosen.length < TIME_SHARE) return false
  return true
}

const asItIs: ToUtc = (local) => local

function trial(format: TimeFormat, chosen: string[]): { share: number; real: number; zoned: boolean } {
  const read = reads[format]
  let asked = false
  let readable = 0
  let real = 0
  const toUtc: ToUtc = (local) => {
    asked = true
    return local
  }
  for (const text of chosen) {
    const micros = read(text, toUtc)
    if (micros === NO_TIME) readable++
    else if (!Number.isNaN(micros)) {
      readable++
      real++
    }
  }
  return { share: readable / chosen.length, real, zoned: !asked }
}
