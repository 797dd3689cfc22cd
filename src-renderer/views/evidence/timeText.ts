import type { TimeRange } from '../../state/timeRange.ts'
import { formatSecond, formatSpan, type Zone } from '../../ui/formatTime.ts'

/** A stretch of time as text; an open end is said. */
export function timeText({ from, to }: TimeRange, zone: Zone): string {
  if (from !== null && to !== null) return formatSpan(from, to, zone)
  if (from !== null) return `from ${formatSecond(from, zone)}`
  return to === null ? 'all times' : `before ${formatSecond(to, zone)}`
}
