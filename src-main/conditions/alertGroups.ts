import { EVIDENCE_MAX } from '../analyzers/analyzer.ts'

/** Rows of one actor that make one alert. Times in microseconds since 1970 UTC. */
export type AlertGroup = {
  actor: string
  rows: number[]
  total: number
  firstTime: number | null
  lastTime: number | null
  /** The one they all name, '' where none does; null: several. */
  host: string | null
  user: string | null
}

/** Groups that are open at once, and rows kept in them: what comes beyond that is counted, and old groups end early. */
const OPEN_MAX = 100_000
const ROWS_MAX = 1_000_000

export type GroupRow = { row: number; time: number | null; actor: string; host: string; user: string }

/**
 * Groups rows that come ordered by time: those of an actor within `window` (microseconds) after the first are one. `late`:
 * how far a row may lie behind the newest one. A group is handed out once nothing can join it any more.
 */
export function alertGroups(window: number, late: number, openMax = OPEN_MAX) {
  const open = new Map<string, AlertGroup>()
  let kept = 0

  function* over(now: number | null): Generator<AlertGroup> {
    for (const [key, group] of open) {
      const ended = group.firstTime !== null && (now === null || group.firstTime + window + late < now)
      if (!ended && open.size < openMax) return
      open.delete(key)
      kept -= group.rows.length
      yield group
    }
  }

  return {
    *add({ row, time, actor, host, user }: GroupRow): Generator<AlertGroup> {
      yield* over(time)
      const key = actor.toLowerCase()
      let group = open.get(key)
      const joins =
        group !== undefined &&
        (time === null ? group.firstTime === null : group.firstTime !== null && time - group.firstTime <= window)
      if (group !== undefined && (!joins || window === 0)) {
        open.delete(key)
        kept -= group.rows.length
        yield group
        group = undefined
      }
      if (group === undefined) {
        group = { actor, rows: [], total: 0, firstTime: time, lastTime: time, host, user }
        open.set(key, group)
      }
      if (!same(group.host, host)) group.host = null
      if (!same(group.user, user)) group.user = null
      group.total += 1
      if (time !== null) group.lastTime = Math.max(group.lastTime ?? time, time)
      if (group.rows.length < EVIDENCE_MAX && (kept < ROWS_MAX || group.rows.length === 0)) {
        group.rows.push(row)
        kept += 1
      }
    },
    *rest(): Generator<AlertGroup> {
      for (const group of open.values()) yield group
      open.clear()
    },
  }
}

/** Names are one in any case. */
const same = (known: string | null, now: string): boolean =>
  known === now || (known !== null && known.toLowerCase() === now.toLowerCase())
