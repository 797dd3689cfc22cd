import type { Zone } from './formatTime.ts'

const TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6}))?)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i

/**
 * A time as people type it: `2019-01-15`, `2019-01-15 04:15`, with seconds and up to six digits more, in the zone of the
 * window unless it names its own. ISO 8601 in UTC; null when it is none, such as 2019-02-30.
 */
export function parseTime(text: string, zone: Zone): string | null {
  const found = TIME.exec(text.trim())
  if (!found) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const fraction = (found[7] ?? '').padEnd(6, '0')
  const ms = Number(fraction.slice(0, 3))
  const asUtc = new Date(Date.UTC(year, month - 1, day, hour, minute, second, ms))
  const real = asUtc.getUTCFullYear() === year && asUtc.getUTCMonth() === month - 1 && asUtc.getUTCDate() === day
  if (!real || hour > 23 || minute > 59 || second > 59) return null
  const at = found[8] ? new Date(asUtc.getTime() - offset(found[8])) : zone === 'utc' ? asUtc : local(found, ms)
  const finer = fraction.slice(3) === '000' ? '' : fraction.slice(3)
  return at.toISOString().replace('Z', `${finer}Z`)
}

const local = (found: RegExpExecArray, ms: number): Date => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  return new Date(year, month - 1, day, hour, minute, second, ms)
}

/** Milliseconds east of UTC. */
function offset(text: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}
