import type { ClickhouseValue } from './answerCells.ts'

const ZONED = /^(?:Nullable\()?DateTime(?:64\(\d+(?:, *'([^']+)')?\)|\('([^']+)'\))?\)?$/
const LOCAL = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(\.\d+)?$/

/** The zone of a column of times; `server` where it names none; null when it holds no times. */
export function zoneOf(type: string, server: string): string | null {
  const found = ZONED.exec(type)
  return found ? (found[1] ?? found[2] ?? server) : null
}

/**
 * A wall-clock time of ClickHouse as ISO 8601 in UTC. Users who may set nothing get times like that: in the hour that a zone
 * has twice in autumn the earlier one is taken. Other text stays as it is.
 */
export function isoTime(value: ClickhouseValue, zone: string): ClickhouseValue {
  const found = typeof value === 'string' ? LOCAL.exec(value) : null
  if (!found) return value
  const [, year, month, day, hour, minute, second, fraction = ''] = found
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  if (Number(year) < 1970) return value
  // The offset at the wall clock's own reading, then at the instant that gives: right but for the hour that does not exist.
  const guess = wall - offsetMs(wall, zone)
  const iso = new Date(wall - offsetMs(guess, zone)).toISOString()
  return `${iso.slice(0, 19)}${fraction}Z`
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** By how much the wall clock of a zone is ahead of UTC at an instant. */
function offsetMs(instant: number, zone: string): number {
  if (zone === 'UTC') return 0
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    })
    formats.set(zone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
}
