import type { CanonicalField } from '#contract/values'
import { EVIDENCE_VALUE_MAX } from './analyzer.ts'
import type { Finding, FindingEvidence, RowSource, RowView } from './analyzer.ts'
import { plainly, shortCopy } from './gathered.ts'
import { counts, reals, signed } from './numbers.ts'
import type { Room } from './room.ts'
import type { NumberLists } from './numberLists.ts'
import { subjectTable, type SubjectTable } from './subjectTable.ts'
import type { TextTable } from './textTable.ts'

/** Values counted by key; of those that are rare so far also the rows, their times, and the one host and user they share. */
export type RareValues = Pick<SubjectTable, 'at' | 'key' | 'size' | 'note'> & {
  /** Counts the row for a value (`at` of its key). */
  see(value: number, row: RowView): void
  count(value: number): number
  firstRow(value: number): number
  finding(
    value: number,
    source: RowSource,
    told: Omit<Finding, 'evidence' | 'evidenceTotal' | 'host' | 'user' | 'firstTime' | 'lastTime'>,
  ): Finding
}

/** Bytes a value takes beside its key. */
const EACH = 40
const NAME_MAX = 256
/** No one host or user. */
const NONE = -1

/** `field` is shown as evidence; values of more than `maximumCount` rows are only counted. */
export function rareValues(of: {
  field: CanonicalField
  maximumCount: number
  room: Room
  rows: NumberLists
  names: TextTable
}): RareValues {
  const table = subjectTable(of.room, EACH)
  const [count, firstRow, evidence] = [counts(), counts(), signed()]
  const [firstTime, lastTime] = [reals(), reals()]
  const [host, user] = [signed(), signed()]
  const fields = [of.field]
  const nameOf = (text: string): number => (text === '' ? NONE : of.names.add(shortCopy(text, NAME_MAX)))

  function still(known: number, now: string): number {
    if (known === NONE) return NONE
    const name = nameOf(now)
    return name === known || of.names.text(known).toLowerCase() === now.toLowerCase() ? known : NONE
  }

  function* evidenceOf(value: number, source: RowSource): Generator<FindingEvidence> {
    const kept = of.rows.of(evidence.at(value)).map((entry) => entry.value)
    for (const row of kept.length > 0 ? kept.sort((a, b) => a - b) : [firstRow.at(value)]) {
      const view = source.at(row, fields)
      const text = shortCopy(view.text(of.field), EVIDENCE_VALUE_MAX)
      yield { datasetId: view.datasetId, row, field: view.column(of.field), value: text }
    }
  }

  return {
    ...{ at: table.at, key: table.key, size: table.size, note: table.note },
    see(value, row) {
      if (value < 0) return
      const seen = count.at(value) + 1
      count.set(value, seen)
      if (seen > of.maximumCount) {
        if (evidence.at(value) === 0) return
        of.rows.free(evidence.at(value))
        evidence.set(value, 0)
        return
      }
      const time = row.time ?? Number.NaN
      if (seen === 1) {
        firstRow.set(value, row.row)
        firstTime.set(value, time)
        lastTime.set(value, time)
        host.set(value, nameOf(row.text('hostname')))
        user.set(value, nameOf(row.text('username')))
      } else {
        if (!(time >= firstTime.at(value)) && !Number.isNaN(time)) firstTime.set(value, time)
        if (!(time <= lastTime.at(value)) && !Number.isNaN(time)) lastTime.set(value, time)
        host.set(value, still(host.at(value), row.text('hostname')))
        user.set(value, still(user.at(value), row.text('username')))
      }
      evidence.set(value, of.rows.add(evidence.at(value), row.row, 0) || evidence.at(value))
    },
    count: (value) => count.at(value),
    firstRow: (value) => firstRow.at(value),
    finding: (value, source, told) => ({
      ...plainly(told),
      evidence: evidenceOf(value, source),
      evidenceTotal: count.at(value),
      host: host.at(value) === NONE ? null : of.names.text(host.at(value)),
      user: user.at(value) === NONE ? null : of.names.text(user.at(value)),
      firstTime: Number.isNaN(firstTime.at(value)) ? null : firstTime.at(value),
      lastTime: Number.isNaN(lastTime.at(value)) ? null : lastTime.at(value),
    }),
  }
}
