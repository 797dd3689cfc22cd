import { instantOf, instantOfMicros, MALFORMED, type ToUtc } from './calendar.ts'

/** Seconds from 1601-01-01 (FILETIME, WebKit) and from 0001-01-01 (.NET) to 1970-01-01. */
const SECONDS_1601 = 11_644_473_600
const SECONDS_0001 = 62_135_596_800

const DECIMAL = /^\s*(-?)(\d{1,20})(?:[.,](\d+))?\s*$/

/** Spreadsheets write long numbers so: 1.5475293E9. */
const SCIENTIFIC = /^\s*(-?\d)(?:[.,](\d{1,20}))?e\+?(\d{1,2})\s*$/i

/** The same number without an exponent. */
function plain(text: string): string {
  const [, whole = '', fraction = '', power] = SCIENTIFIC.exec(text) ?? []
  if (power === undefined) return text
  const digits = fraction.padEnd(Number(power), '0')
  const below = digits.slice(Number(power))
  return `${whole}${digits.slice(0, Number(power))}${below === '' ? '' : `.${below}`}`
}

/**
 * Reads a counter of `perSecond` = 10^power units since `epoch` seconds before 1970, with an optional fraction and exponent.
 * Works on the digits: counters of nanoseconds are beyond what a double holds. Rounds towards the past.
 */
export function readCounter(text: string, power: number, epoch: number): number {
  const match = DECIMAL.exec(plain(text))
  if (!match) return MALFORMED
  const whole = (match[2] ?? '').padStart(power + 1, '0')
  const digits = whole + (match[3] ?? '')
  const split = whole.length - power
  const seconds = Number(digits.slice(0, split))
  const below = digits.slice(split)
  if (seconds === 0 && Number(below) === 0) return instantOfMicros(0)
  const micros = Number(below.padEnd(6, '0').slice(0, 6))
  if (match[1] === '') return instantOfMicros((seconds - epoch) * 1_000_000 + micros)
  return instantOfMicros(-(seconds * 1_000_000 + micros + (/[1-9]/.test(below.slice(6)) ? 1 : 0)) - epoch * 1_000_000)
}

export const readFiletime = (text: string): number => readCounter(text, 7, SECONDS_1601)
export const readWebkit = (text: string): number => readCounter(text, 6, SECONDS_1601)
export const readTicks = (text: string): number => readCounter(text, 7, SECONDS_0001)

/** Reads an Excel serial: days since 1899-12-30, to the nearest millisecond (a double holds no more). Local time. */
export function readExcel(text: string, toUtc: ToUtc): number {
  if (!DECIMAL.test(text)) return MALFORMED
  const days = Number(text.replace(',', '.'))
  if (days <= 0) return instantOfMicros(0)
  const millis = Math.round((days - 25_569) * 86_400_000)
  const seconds = Math.floor(millis / 1000)
  return instantOfMicros(toUtc(seconds) * 1_000_000 + (millis - seconds * 1000) * 1000)
}

const DOTNET = /^\s*\\?\/Date\((-?\d{1,17})(?:[+-]\d{4})?\)\\?\/\s*$/i

/** Reads /Date(1547529311767)/ and /Date(1547529311767+0200)/: milliseconds since 1970 UTC, the offset is only for show. */
export function readDotnet(text: string): number {
  const match = DOTNET.exec(text)
  return match ? readCounter(match[1] ?? '', 3, 0) : MALFORMED
}

const COMPACT =
  /^\s*(\d{4})(\d{2})(\d{2})(?:[T _-]?(\d{2})(\d{2})(?:(\d{2})(?:[.,]?(\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2,4}(?::\d{2})?)?\s*$/i

/** Reads 20190115051511, 20190115T051511Z, 20190115 and WMI's 20190115051511.767000+120 (offset in minutes). */
export function readCompact(text: string, toUtc: ToUtc): number {
  const match = COMPACT.exec(text)
  if (!match) return MALFORMED
  const hour = Number(match[4] ?? 0)
  const minute = Number(match[5] ?? 0)
  const second = Number(match[6] ?? 0)
  if (hour > 23 || minute > 59 || second > 60) return MALFORMED
  const micros = Number((match[7] ?? '').padEnd(6, '0').slice(0, 6))
  const time = hour * 3600 + minute * 60 + second
  return instantOf(Number(match[1]), Number(match[2]), Number(match[3]), time, micros, offsetOf(match[8]), toUtc)
}

function offsetOf(text: string | undefined): number {
  if (text === undefined) return Number.NaN
  if (/^[a-z]/i.test(text)) return 0
  const sign = text.startsWith('-') ? -1 : 1
  const digits = text.slice(1).replace(':', '')
  const minutes = digits.length === 3 ? Number(digits) : Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return sign * minutes * 60
}
