import { AppError } from '#contract/appError'
import type { ToUtc } from './calendar.ts'

const OFFSET = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$/i
/** Clocks change at whole quarter hours, so one answer holds for a quarter of an hour. */
const STRETCH = 900
const CACHE_MAX = 200_000

/**
 * How a zone turns local times into UTC. `zone` is an IANA name (Europe/Berlin), 'UTC', 'Z', 'local' is not known here,
 * or an offset (+02:00, -0530, +2). A time that the clocks showed twice is taken as the first of the two; one that they
 * skipped is read with the offset that held before. Fails with invalid-input for an unknown zone.
 */
export function zoneToUtc(zone: string): ToUtc {
  const name = zone.trim()
  if (name === '' || /^(?:UTC|GMT|Z|Etc\/UTC)$/i.test(name)) return (local) => local
  const offset = OFFSET.exec(name)
  if (offset) {
    const seconds = (Number(offset[2]) * 60 + Number(offset[3] ?? 0)) * 60 * (offset[1] === '-' ? -1 : 1)
    return (local) => local - seconds
  }
  return ianaToUtc(name)
}

/** True where zoneToUtc knows the zone. */
export function isZone(zone: string): boolean {
  try {
    zoneToUtc(zone)
    return true
  } catch {
    return false
  }
}

function ianaToUtc(name: string): ToUtc {
  const offsetAt = offsetsOf(name)
  const cache = new Map<number, number>()
  let lastStretch = Number.NaN
  let lastOffset = 0
  return (local) => {
    const stretch = Math.floor(local / STRETCH)
    if (stretch === lastStretch) return local - lastOffset
    let offset = cache.get(stretch)
    if (offset === undefined) {
      offset = offsetOfLocal(stretch * STRETCH, offsetAt)
      if (cache.size >= CACHE_MAX) cache.clear()
      cache.set(stretch, offset)
    }
    lastStretch = stretch
    lastOffset = offset
    return local - offset
  }
}

function offsetOfLocal(local: number, offsetAt: (utc: number) => number): number {
  const before = offsetAt(local - 86_400)
  const after = offsetAt(local + 86_400)
  if (before === after || offsetAt(local - before) === before) return before
  return offsetAt(local - after) === after ? after : before
}

/** Seconds east of UTC at an instant (seconds since 1970 UTC). */
function offsetsOf(name: string): (utc: number) => number {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch (cause) {
    throw new AppError(
      'invalid-input',
      `The time zone ${name} is not known. Use an IANA name such as Europe/Berlin or an offset such as +02:00.`,
      undefined,
      { cause },
    )
  }
  return (utc) => {
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(utc * 1000)) part[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - utc
  }
}
