/** Milliseconds of what a relative time counts in. */
const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/**
 * `now`, `now-7d`, `now+15m` (s, m, h, d, w), as Kibana and Grafana write them, as the instant it names in UTC; any other text
 * as it is. Five digits, so that years keep four. `now`: milliseconds since 1970.
 */
export function withoutNow(text: string, now: number): string {
  const [whole, sign, count, unit] = /^now(?:([+-])(\d{1,5})([smhdw]))?$/i.exec(text) ?? []
  if (whole === undefined) return text
  const away = Number(count ?? 0) * (UNITS[(unit ?? 's').toLowerCase()] ?? 0)
  return new Date(sign === '-' ? now - away : now + away).toISOString()
}
