/** Microseconds since 1970 UTC as ISO 8601, with three digits of a second, or six where they say more. */
export function isoOfMicroseconds(us: number): string {
  const ms = Math.floor(us / 1000)
  const rest = us - ms * 1000
  const iso = new Date(ms).toISOString()
  return rest === 0 ? iso : `${iso.slice(0, -1)}${String(rest).padStart(3, '0')}Z`
}
