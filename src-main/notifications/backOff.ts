/** How often and when a notification is tried again; milliseconds. */
export type Pace = {
  /** After the first failure; doubled by each further one, up to `mostMs`. */
  firstMs: number
  mostMs: number
  /** Times that it is sent before it is given up. */
  attempts: number
  /** A receiver may ask for a longer pause, up to this. */
  askedMostMs: number
  /** What waited so long is given up: nobody waits for it any more. */
  ageMs: number
}

export const pace: Pace = {
  firstMs: 5_000,
  mostMs: 10 * 60_000,
  attempts: 8,
  askedMostMs: 60 * 60_000,
  ageMs: 24 * 60 * 60_000,
}

/**
 * Pause after the nth failure: exponential, between half and all of it by chance, so that many do not come back at once; never
 * shorter than what the receiver asked for.
 */
export function pauseMs(
  failures: number,
  retryAfter: string | null,
  now: number,
  { firstMs, mostMs, askedMostMs }: Pace,
  chance = Math.random(),
): number {
  const most = Math.min(mostMs, firstMs * 2 ** (failures - 1))
  return Math.max(most * (0.5 + chance / 2), Math.min(askedMostMs, askedMs(retryAfter, now)))
}

/** Retry-After: seconds, or a date; 0 for anything else. */
function askedMs(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return 0
  if (/^\d{1,9}$/.test(retryAfter.trim())) return Number(retryAfter) * 1000
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? 0 : Math.max(0, date - now)
}
