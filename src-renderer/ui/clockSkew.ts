/** The contract takes no more, either way; in seconds. */
const SECONDS_MAX = 1e10

/** Seconds in `30`, `-90`, `+0:01:30`, `1:00:00`, `2:30` (minutes and seconds), `30 s`; null for anything else. */
export function parseSkew(text: string): number | null {
  const match = /^([+\-−]?)\s*(?:(?:(\d+):)?([0-5]?\d):)?(\d+(?:\.\d{1,6})?)\s*s?$/.exec(text.trim())
  if (!match) return text.trim() === '' ? 0 : null
  const [, sign = '', hours, minutes, rest = '0'] = match
  if (minutes !== undefined && Number(rest) >= 60) return null
  const seconds = Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(rest)
  if (seconds > SECONDS_MAX) return null
  return seconds === 0 || sign === '' || sign === '+' ? seconds : -seconds
}

const two = (value: number): string => String(value).padStart(2, '0')

/** `+30 s`, `−1:00:00`, `+0:01:30.5`; `0 s` for none. */
export function formatSkew(seconds: number): string {
  if (seconds === 0) return '0 s'
  const sign = seconds < 0 ? '−' : '+'
  const micros = Math.round(Math.abs(seconds) * 1e6)
  const whole = Math.floor(micros / 1e6)
  const digits =
    micros % 1e6 === 0
      ? ''
      : `.${String(micros % 1e6)
          .padStart(6, '0')
          .replace(/0+$/, '')}`
  if (whole < 60) return `${sign}${whole}${digits} s`
  return `${sign}${Math.floor(whole / 3_600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${digits}`
}
