import type { Bound } from './predicate.ts'

/** A text as a number, decimal or hexadecimal as 0xa08; null when it is none, or none that a double can hold. */
export function numberOf(text: string): number | null {
  if (!number.test(text)) return hexadecimal.test(text) ? Number(text) : null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

/** What counts as a number, for RE2 and JavaScript. */
export const NUMBER = '^[-+]?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$'
const number = new RegExp(NUMBER)
/** What also does: at most 64 bits, as Windows writes process ids, addresses and states. */
export const HEXADECIMAL = '^0[xX][0-9a-fA-F]{1,16}$'
const hexadecimal = new RegExp(HEXADECIMAL)

/** Seconds of what a bound leaves open. */
const UNITS = { m: 60, h: 3_600, d: 86_400 }

/**
 * The stretch of time a bound names, in microseconds since 1970 UTC: a date is the whole day, a minute the whole minute, so
 * that `[2019-01-15 TO 2019-01-15]` is that day. Null when the text is no time.
 */
export function instantOf(text: string): { first: number; last: number } | null {
  const found =
    /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?)?)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(
      text,
    )
  if (!found) return null
  const [, year, month, day, hour, minute, second, fraction, zone] = found
  const given = {
    y: Number(year),
    mo: Number(month ?? 1),
    d: Number(day ?? 1),
    h: Number(hour ?? 0),
    mi: Number(minute ?? 0),
    s: Number(second ?? 0),
  }
  const start = Date.UTC(given.y, given.mo - 1, given.d, given.h, given.mi, given.s)
  if (Number.isNaN(start) || given.mo > 12 || given.d > 31 || given.h > 23 || given.mi > 59 || given.s > 60) return null
  const offset = zoneMinutes(zone) * 60_000
  const micros = Number((fraction ?? '').padEnd(6, '0').slice(0, 6) || 0)
  const first = (start - offset) * 1000 + micros
  return { first, last: first + lengthOf(given, { month, day, hour, minute, second, fraction }) - 1 }
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

type Parts = Partial<Record<'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction', string | undefined>>

function lengthOf(given: { y: number; mo: number }, parts: Parts): number {
  const second = 1_000_000
  if (parts.fraction !== undefined) return 10 ** Math.max(0, 6 - parts.fraction.length)
  if (parts.second !== undefined) return second
  if (parts.minute !== undefined) return second * UNITS.m
  if (parts.hour !== undefined) return second * UNITS.h
  if (parts.day !== undefined) return second * UNITS.d
  const next = parts.month === undefined ? Date.UTC(given.y + 1, 0, 1) : Date.UTC(given.y, given.mo, 1)
  return (next - Date.UTC(given.y, given.mo - 1, 1)) * 1000
}

/** Whole microseconds, both ends included; null leaves an end open. */
export type Instants = { first: number | null; last: number | null }

/**
 * A range of times: a date as a bound is the whole day, from its first microsecond to its last. Null when a bound is no time.
 */
export function instantsOf(from: Bound | null, to: Bound | null): Instants | null {
  const start = from && instantOf(from.text)
  const end = to && instantOf(to.text)
  if ((from && !start) || (to && !end)) return null
  return {
    first: from && start ? (from.inclusive ? start.first : start.last + 1) : null,
    last: to && end ? (to.inclusive ? end.last : end.first - 1) : null,
  }
}
