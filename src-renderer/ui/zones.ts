const OFFSET = /^(?:UTC|GMT)?([+\-−])(\d{1,2}):?(\d{2})?$/i
const UTC = /^(?:UTC|GMT|Z|Etc\/UTC)$/i

/** The zones a browser knows, UTC and the zone of this computer first. */
export function zoneNames(): readonly string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return [...new Set(['UTC', own, ...Intl.supportedValuesOf('timeZone')])]
}

const formats = new Map<string, Intl.DateTimeFormat | null>()
function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone)
  if (known !== undefined) return known
  let format: Intl.DateTimeFormat | null
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  } catch {
    format = null
  }
  formats.set(zone, format)
  return format
}

/** Minutes east of UTC at a moment (milliseconds since 1970 UTC); null for an unknown zone. */
export function zoneOffset(zone: string, at: number): number | null {
  if (UTC.test(zone)) return 0
  const text = OFFSET.test(zone)
    ? zone
    : formatOf(zone)
        ?.formatToParts(at)
        .find((part) => part.type === 'timeZoneName')?.value
  if (text === undefined) return null
  const match = OFFSET.exec(text)
  if (!match) return UTC.test(text) ? 0 : null
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return match[1] === '+' ? minutes : -minutes
}

/** `UTC+02:00` */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  const digits = [Math.floor(size / 60), Math.floor(size % 60)].map((value) => String(value).padStart(2, '0')).join(':')
  return `UTC${minutes < 0 ? '−' : '+'}${digits}`
}

export type ClockReading = { zone: string; skewSeconds: number }

/**
 * The instant that a time without an offset would be when read otherwise; null where a zone is not known. A time that
 * clocks showed twice is taken as the first of the two.
 */
export function readOtherwise(iso: string, now: ClockReading, then: ClockReading): string | null {
  const at = Date.parse(iso)
  const before = zoneOffset(now.zone, at - now.skewSeconds * 1_000)
  if (Number.isNaN(at) || before === null) return null
  const local = at - now.skewSeconds * 1_000 + before * 60_000
  const guess = zoneOffset(then.zone, local)
  const first = guess === null ? null : zoneOffset(then.zone, local - guess * 60_000 - 3_600_000)
  if (guess === null || first === null) return null
  const fits = zoneOffset(then.zone, local - first * 60_000) === first
  const offset = fits ? first : (zoneOffset(then.zone, local - guess * 60_000) ?? guess)
  const finer = /\.\d{3}(\d{3})/.exec(iso)?.[1] ?? ''
  return new Date(local - offset * 60_000 + then.skewSeconds * 1_000).toISOString().replace('Z', `${finer}Z`)
}
