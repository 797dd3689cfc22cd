import { formatTimeBare } from '../ui/formatTime.ts'
import type { Zone } from '../ui/formatTime.ts'

const DAY = 86_400

/** What an axis over `seconds` says at a moment: the parts that differ. */
export function tickText(ms: number, seconds: number, zone: Zone): string {
  const text = formatTimeBare(new Date(ms).toISOString(), zone)
  if (seconds > 120 * DAY) return text.slice(0, 7)
  if (seconds > 4 * DAY) return text.slice(0, 10)
  if (seconds > DAY) return text.slice(5, 16)
  return seconds > 600 ? text.slice(11, 16) : text.slice(11, 19)
}

/** "day", "2 h", "90 s": the length of a bucket. */
export function bucketText(seconds: number): string {
  const steps: [number, string, string][] = [
    [DAY, 'day', 'days'],
    [3600, 'hour', 'hours'],
    [60, 'minute', 'minutes'],
    [1, 'second', 'seconds'],
  ]
  const fit = steps.find(([size]) => seconds >= size) ?? [1, 'second', 'seconds']
  const count = Math.round((seconds / fit[0]) * 10) / 10
  return count === 1 ? fit[1] : `${count} ${fit[2]}`
}
