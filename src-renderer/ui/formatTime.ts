/** The zone in which times are shown. */
export type Zone = 'utc' | 'local'

const two = (value: number) => String(value).padStart(2, '0')

/** Digits of a second as the source had them, at most six: the instant of Date stops at three. */
const fraction = (iso: string): string => /\.(\d{1,6})/.exec(iso)?.[0].replace(/\.0+$/, '') ?? ''

/** `UTC`, or for the local zone its offset at that moment: `UTC+02:00`. */
export function zoneLabel(zone: Zone, at: Date = new Date()): string {
  if (zone === 'utc') return 'UTC'
  const minutes = -at.getTimezoneOffset()
  if (minutes === 0) return 'UTC+00:00'
  const size = Math.abs(minutes)
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

const day = (at: Date, zone: Zone) =>
  zone === 'utc' ? at.toISOString().slice(0, 10) : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`

const clock = (at: Date, zone: Zone) =>
  zone === 'utc' ? at.toISOString().slice(11, 19) : [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')

/** `2021-12-19 14:51:04.123456` without the zone, for columns and axes that say it once. Text that is no time comes back as it is. */
export function formatTimeBare(iso: string, zone: Zone): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return `${day(at, zone)} ${clock(at, zone)}${fraction(iso)}`
}

/** `2021-12-19 14:51:04 UTC`. Never relative. */
export function formatTime(iso: string, zone: Zone): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? iso : `${formatTimeBare(iso, zone)} ${zoneLabel(zone, at)}`
}

/** To the second, for times that people made. */
export const formatSecond = (iso: string, zone: Zone): string => formatTime(iso.replace(/\.\d+/, ''), zone)

/** `2021-12-19` */
export function formatDay(iso: string, zone: Zone): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? iso : day(at, zone)
}

/** `2020-07-09 – 2024-09-03`; within one day `2019-01-15 04:15 – 05:25`, within one minute with seconds. */
export function formatRange(from: string, to: string, zone: Zone): string {
  const [start, end] = [formatTimeBare(from, zone), formatTimeBare(to, zone)]
  if (start.slice(0, 10) !== end.slice(0, 10)) return `${start.slice(0, 10)} – ${end.slice(0, 10)}`
  const length = start.slice(0, 16) === end.slice(0, 16) ? 19 : 16
  return start.slice(0, length) === end.slice(0, length)
    ? start.slice(0, length)
    : `${start.slice(0, length)} – ${end.slice(11, length)}`
}

/** To the second with the zone once: `2021-10-21 20:40:12 – 20:40:43 UTC`; one instant `2021-10-21 20:40:12 UTC`. */
export function formatSpan(from: string, to: string, zone: Zone): string {
  const [start, end] = [formatSecond(from, zone), formatSecond(to, zone)]
  if (start === end) return start
  const rest = start.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : end
  // Summer time may begin between the two: then each says its own offset.
  return zoneLabel(zone, new Date(from)) === zoneLabel(zone, new Date(to))
    ? `${start.slice(0, 19)} – ${rest}`
    : `${start} – ${end}`
}
