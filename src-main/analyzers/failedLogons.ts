import type { RowSource, RowView } from './analyzer.ts'
import { densest } from './densest.ts'
import { gatheredSubjects, type GatheredSubjects, type Memory } from './gathered.ts'
import { LOGON_FIELDS, logonOf, type Logon } from './logonRow.ts'
import { bytes, counts, reals, signed } from './numbers.ts'
import { realLists } from './numberLists.ts'
import type { Shared } from './shared.ts'

/** Accounts with the sources they failed to log on from: when, how often, and whether a logon succeeded. */
export type FailedLogons = Pick<GatheredSubjects, 'key' | 'size' | 'note' | 'total' | 'finding'> & {
  see(row: RowView, logon: Logon): void
  /** Whose logons these are. */
  whose(subject: number, source: RowSource): { account: string; where: string }
  restricted(subject: number): number
  /** The most failures within a window; `cut` where more times than could be kept were seen. */
  most(subject: number): { count: number; cut: boolean }
  /** Whether a logon succeeded within a window after the most failures; `mark` must have been called. */
  succeededAfter(subject: number): boolean
  /**
   * Goes over the rows once more where somebody failed at least `minimum` times within a window and logged on as well: a
   * success tells something only once all failures are known, and there are too many to keep.
   */
  mark(source: RowSource, minimum: number): void
}

/** Times of failures kept per account and source; later ones are counted. */
export const TIMES_MAX = 10_000
/** ... and of all of them. */
const ALL_TIMES_MAX = 1_000_000

/** Address or name a logon came from, else the host where it happened. */
export const whereOf = (row: RowView, logon: Logon, shared: Shared): string =>
  logon.source || shared.lower(row.text('hostname'))

/** `window` in microseconds. */
export function failedLogons(memory: Memory, shared: Shared, window: number): FailedLogons {
  const subjects = gatheredSubjects(memory)
  const times = realLists(memory.room, ALL_TIMES_MAX)
  const [list, timed, cut] = [signed(), counts(), bytes()]
  const [untimed, restricted, succeeded] = [counts(), counts(), counts()]
  /** 1 where successes are looked for after `end`, 2 where one was found. */
  const [state, end] = [bytes(), reals()]
  const keyOf = (row: RowView, logon: Logon): string => `${logon.account} from ${whereOf(row, logon, shared)}`

  function keepTime(subject: number, time: number): void {
    if (timed.at(subject) >= TIMES_MAX) return
    const newest = times.add(list.at(subject), time, 0)
    if (newest === 0) return cut.set(subject, 1)
    list.set(subject, newest)
    timed.set(subject, timed.at(subject) + 1)
  }

  function denseOf(subject: number): { count: number; end: number | null } {
    const sorted = Float64Array.from(times.of(list.at(subject)), ({ value }) => value).sort()
    return densest(sorted, window)
  }

  return {
    ...{ key: subjects.key, size: subjects.size, note: subjects.note },
    ...{ total: subjects.total, finding: subjects.finding },
    see(row, logon) {
      const subject = subjects.at(keyOf(row, logon))
      if (subject < 0) return
      if (logon.outcome === 'succeeded') return succeeded.set(subject, succeeded.at(subject) + 1)
      if (row.time === null) untimed.set(subject, untimed.at(subject) + 1)
      else keepTime(subject, row.time)
      if (logon.restricted) restricted.set(subject, restricted.at(subject) + 1)
      // A row without a name still shows where the attempt came from.
      subjects.gather(subject, row, row.text('username') === '' ? 'src_ip' : 'username')
    },
    whose(subject, source) {
      const row = source.at(subjects.first(subject).row, LOGON_FIELDS)
      const logon = logonOf(row, shared)
      return logon === null
        ? { account: '', where: '' }
        : { account: logon.account, where: whereOf(row, logon, shared) }
    },
    restricted: (subject) => restricted.at(subject),
    most: (subject) => ({ count: denseOf(subject).count + untimed.at(subject), cut: cut.at(subject) === 1 }),
    succeededAfter: (subject) => state.at(subject) === 2,
    mark(source, minimum) {
      let looking = false
      for (let subject = 0; subject < subjects.size(); subject += 1) {
        if (succeeded.at(subject) === 0 || subjects.total(subject) < minimum) continue
        const dense = denseOf(subject)
        if (dense.count + untimed.at(subject) < minimum) continue
        state.set(subject, dense.end === null ? 2 : 1)
        end.set(subject, dense.end ?? 0)
        looking ||= dense.end !== null
      }
      if (!looking) return
      for (const row of source.rows(LOGON_FIELDS)) {
        const { time } = row
        const logon = time === null ? null : logonOf(row, shared)
        if (time === null || logon?.outcome !== 'succeeded') continue
        const subject = subjects.find(keyOf(row, logon))
        if (subject >= 0 && state.at(subject) === 1 && time >= end.at(subject) && time <= end.at(subject) + window)
          state.set(subject, 2)
      }
    },
  }
}
