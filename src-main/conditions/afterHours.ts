import { weekdays, type Weekday } from '#contract/values'

export type Hours = { zone: string; from: string; to: string; days: readonly Weekday[] }

const MINUTE = 60_000
/** Offsets change on quarters of an hour, everywhere and at all times that evidence has. */
const QUARTER = 15 * MINUTE
const DAY = 24 * 60
/** Offsets remembered; rows come ordered by time, so that few are needed. */
const KEPT_MAX = 1_000

/**
 * Whether a time, in microseconds since 1970 UTC, lies outside the working hours of a zone. `from` is inside, `to` outside;
 * hours that end before they begin go over midnight and belong to the day on which they begin. From and to the same: that
 * day has no working hours.
 */
export function afterHours({ zone, from, to, days }: Hours): (us: number) => boolean {
  const offsetAt = zoneOffsets(zone)
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  const working = new Set(days)
  return (us) => {
    const ms = Math.floor(us / 1000)
    const local = ms + offsetAt(ms)
    const minute = Math.floor(local / MINUTE)
    const ofDay = ((minute % DAY) + DAY) % DAY
    const day = Math.floor(minute / DAY)
    if (begin <= end) return !(working.has(weekdayOf(day)) && ofDay >= begin && ofDay < end)
    if (ofDay >= begin) return !working.has(weekdayOf(day))
    return !(ofDay < end && working.has(weekdayOf(day - 1)))
  }
}

const minutesOf = (clock: string): number => {
  const [hours, minutes] = clock.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): Weekday => weekdays[(((day + 3) % 7) + 7) % 7] ?? 'mon'

/** Milliseconds that the clocks of a zone are ahead of UTC. */
function zoneOffsets(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    era: 'short',
  })
  const kept = new Map<number, number>()
  return (ms) => {
    const quarter = Math.floor(ms / QUARTER)
    const known = kept.get(quarter)
    if (known !== undefined) return known
    const parts = new Map(format.formatToParts(quarter * QUARTER).map(({ type, value }) => [type, value]))
    const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type) ?? 0)
    const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year')
    const local = new Date(0)
    local.setUTCFullYear(year, part('month') - 1, part('day'))
    local.setUTCHours(part('hour'), part('minute'))
    const offset = local.getTime() - quarter * QUARTER
    if (kept.size >= KEPT_MAX) kept.clear()
    kept.set(quarter, offset)
    return offset
  }
}
