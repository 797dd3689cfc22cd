import type { RowView } from './analyzer.ts'
import { densest } from './densest.ts'
import { TIMES_MAX } from './failedLogons.ts'
import { gatheredSubjects, type GatheredSubjects, type Memory } from './gathered.ts'
import { bytes, counts, reals, signed } from './numbers.ts'
import { rowLists } from './numberLists.ts'
import { subjectTable, SUBJECTS_MAX } from './subjectTable.ts'

/** Sources with the accounts that failed to log on from there, and when each did first. */
export type SprayedAccounts = Pick<GatheredSubjects, 'key' | 'size' | 'note' | 'total' | 'finding'> & {
  see(key: string, account: string, row: RowView): void
  /** How many accounts failed, and the most within a window; `cut` where there are more than could be kept. */
  accounts(spray: number): { count: number; most: number; cut: boolean }
  /** Their names, at most `most`, in the order in which they came. */
  names(spray: number, most: number): string[]
}

/** Bytes an account takes beside its name. */
const EACH = 16
const BETWEEN = '\n'

/** `window` in microseconds. */
export function sprayedAccounts(memory: Memory, window: number): SprayedAccounts {
  const sprays = gatheredSubjects(memory)
  const accounts = subjectTable(memory.room, EACH)
  const lists = rowLists(memory.room, SUBJECTS_MAX)
  const [list, count, cut] = [signed(), counts(), bytes()]
  /** By account: its first failure, NaN where no row has a time. */
  const earliest = reals()

  function account(spray: number, name: string, time: number): void {
    const key = `${spray}${BETWEEN}${name}`
    const known = accounts.find(key)
    if (known >= 0) {
      const before = earliest.at(known)
      if (Number.isNaN(before) || time < before) earliest.set(known, time)
      return
    }
    if (count.at(spray) >= TIMES_MAX) return
    const made = accounts.at(key)
    const newest = made < 0 ? 0 : lists.add(list.at(spray), made, 0)
    if (newest === 0) return cut.set(spray, 1)
    earliest.set(made, time)
    list.set(spray, newest)
    count.set(spray, count.at(spray) + 1)
  }

  return {
    ...{ key: sprays.key, size: sprays.size, note: sprays.note, total: sprays.total, finding: sprays.finding },
    see(key, name, row) {
      const spray = sprays.at(key)
      if (spray < 0 || name === '') return
      account(spray, name, row.time ?? Number.NaN)
      sprays.gather(spray, row, 'username')
    },
    accounts(spray) {
      const times = Float64Array.from(lists.of(list.at(spray)), ({ value }) => earliest.at(value))
      const timed = times.filter((time) => !Number.isNaN(time)).sort()
      const most = densest(timed, window).count + times.length - timed.length
      return { count: count.at(spray), most, cut: cut.at(spray) === 1 }
    },
    names: (spray, most) =>
      lists
        .of(list.at(spray))
        .slice(0, most)
        .map(({ value }) => accounts.key(value))
        .map((key) => key.slice(key.indexOf(BETWEEN) + BETWEEN.length)),
  }
}
