export const MINUTE_S = 60
export const HOUR_S = 3_600
export const DAY_S = 86_400

/** Windows that questions look back over, in seconds. */
const WINDOWS_S = [HOUR_S, DAY_S, 3 * DAY_S, 7 * DAY_S, 14 * DAY_S, 30 * DAY_S, 90 * DAY_S]
/** Nothing happens so shortly before it would leave a window: answers stay the same for so long after `now`. */
export const STEADY_S = 15 * MINUTE_S
/** What began outside a window must also have ended there. */
const VISIT_S = 2 * MINUTE_S

export type DemoClock = {
  /** Seconds since 1970, whole. */
  now: number
  /** So many seconds ago, moved away from the edges of windows. */
  ago(seconds: number): number
  /** So many seconds into the hour of the clock that began at least `hours` hours ago; 2 to 20 keep within one day. */
  inHour(hours: number, seconds: number): number
}

export function createClock(now: Date): DemoClock {
  const at = Math.floor(now.getTime() / 1000)
  return {
    now: at,
    ago(seconds) {
      const edge = WINDOWS_S.find((window) => seconds > window - STEADY_S && seconds <= window + VISIT_S)
      return at - (edge === undefined ? seconds : seconds - STEADY_S - VISIT_S)
    },
    inHour: (hours, seconds) => at - (at % HOUR_S) - hours * HOUR_S + seconds,
  }
}
