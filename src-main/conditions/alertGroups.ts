import { EVIDENCE_MAX } from '../analyzers/analyzer.ts'

/** Rows of one actor that make one alert. Times in microseconds since 1970 UTC. */
export type AlertGroup = {
  actor: string
  /** The first row that no other alert has. */
  first: PlacedRow
  rows: PlacedRow[]
  /** Rows that an alert before it tells of as well. */
  again: PlacedRow[]
  total: number
  /** What each dataset gives, by its place among those that are asked. */
  parts: Map<number, GroupPart>
  firstTime: number | null
  lastTime: number | null
  /** The one they all name, '' where none does; null: several. */
  host: string | null
  user: string | null
}

/** A row of one of the datasets that are asked together, by the place of the dataset. */
export type PlacedRow = { source: number; row: number }
export type GroupPart = { rows: number; firstTime: number | null; lastTime: number | null }

/** Groups that are open at once, and rows kept in them: what comes beyond that is counted, and old groups end early. */
const OPEN_MAX = 100_000
const ROWS_MAX = 1_000_000

export type GroupRow = PlacedRow & { time: number | null; actor: string; host: string; user: string }

/**
 * Rows of one actor that come at once: one that matches, or those that fill the window of a count together. `time` is when
 * the last of them came; `before` are rows of that window that an alert has already.
 */
export type Arrival = { time: number | null; rows: readonly GroupRow[]; before: readonly GroupRow[] }

/**
 * Groups what comes ordered by time: what an actor does within `window` (microseconds) after a group began is one. A group
 * is handed out once nothing can join it any more. One that begins amid a count takes along the rows that were counted.
 * Rows without a time are one group an actor and dataset: nothing says that they belong together.
 */
export function alertGroups(window: number, openMax = OPEN_MAX) {
  type Open = AlertGroup & { since: number | null }
  const open = new Map<string, Open>()
  let kept = 0

  function close(key: string, group: Open): AlertGroup {
    open.delete(key)
    kept -= group.rows.length
    return group
  }

  function* over(now: number | null): Generator<AlertGroup> {
    for (const [key, group] of open) {
      const ended = group.since !== null && (now === null || group.since + window < now)
      if (!ended && open.size < openMax) return
      yield close(key, group)
    }
  }

  function put(group: Open, { source, row, time, host, user }: GroupRow): void {
    if (!same(group.host, host)) group.host = null
    if (!same(group.user, user)) group.user = null
    group.total += 1
    extend(group, time)
    let part = group.parts.get(source)
    if (part === undefined) group.parts.set(source, (part = { rows: 0, firstTime: null, lastTime: null }))
    part.rows += 1
    extend(part, time)
    if (group.rows.length < EVIDENCE_MAX && (kept < ROWS_MAX || group.rows.length === 0)) {
      group.rows.push({ source, row })
      kept += 1
    }
  }

  return {
    *add({ time, rows, before }: Arrival): Generator<AlertGroup> {
      const [first] = rows
      if (first === undefined) return
      yield* over(time)
      const actor = first.actor.toLowerCase()
      const key = time === null ? `\0${first.source} ${actor}` : actor
      let group = open.get(key)
      const joins =
        group !== undefined &&
        (time === null ? group.since === null : group.since !== null && time - group.since <= window)
      if (group !== undefined && (!joins || window === 0)) {
        yield close(key, group)
        group = undefined
      }
      if (group === undefined) {
        const { source, row, host, user } = first
        group = {
          actor: first.actor,
          first: { source, row },
          rows: [],
          again: before.map((known) => ({ source: known.source, row: known.row })),
          parts: new Map(),
          total: 0,
          firstTime: null,
          lastTime: null,
          host,
          user,
          since: time,
        }
        open.set(key, group)
        for (const known of before) put(group, known)
      }
      for (const one of rows) put(group, one)
    },
    *rest(): Generator<AlertGroup> {
      for (const group of open.values()) yield group
      open.clear()
    },
  }
}

function extend(times: { firstTime: number | null; lastTime: number | null }, time: number | null): void {
  if (time === null) return
  times.firstTime = Math.min(times.firstTime ?? time, time)
  times.lastTime = Math.max(times.lastTime ?? time, time)
}

/** Names are one in any case. */
const same = (known: string | null, now: string): boolean =>
  known === now || (known !== null && known.toLowerCase() === now.toLowerCase())
