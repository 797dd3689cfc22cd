import type { Column } from '#contract/datasets'
import type { Beginning } from '../beginning.ts'
import { looksForIocs } from '../cellFindings.ts'
import { recordGate } from '../recordGate.ts'
import { createRecordReader, type BadRecord } from '../recordReader.ts'
import { isTimeFormat } from '../times.ts'
import { zoneToUtc } from '../zones.ts'
import { CHUNK, type FastColumn, type FastPlan } from './fastPlan.ts'

/** The plan of the fast import, and the bad records that stand before the first row. Null where the beginning is not enough to find that. */
export function fastPlanOf(
  beginning: Beginning,
  head: Buffer,
  complete: boolean,
  path: string,
  size: number,
): { plan: FastPlan; before: BadRecord[] } | null {
  const { dialect, plan } = beginning
  const found = findStart(beginning, head, complete)
  if (!found) return null
  return {
    before: found.before,
    plan: {
      path,
      size,
      chunk: CHUNK,
      start: found.start,
      line: found.line,
      delimiter: dialect.delimiter.charCodeAt(0),
      quote: dialect.quote === '' ? 0 : dialect.quote.charCodeAt(0),
      columns: plan.columns.map((column) =>
        fastColumn(column, column.position === plan.timePosition ? plan.timeZone : null),
      ),
      least: plan.least,
      comments: dialect.comments,
      placed: false,
      undecided: beginning.undecided,
      timeColumn: plan.timePosition,
      hosts: plan.hosts,
      unset: plan.unset,
    },
  }
}

function fastColumn(column: Column, rowZone: string | null): FastColumn {
  const look = looksForIocs(column) ? { ioc: column.ioc } : null
  if (column.type !== 'time') return { type: column.type === 'text' ? 'text' : 'number', time: null, look }
  const format = column.timeFormat
  if (format === null || !isTimeFormat(format)) throw new Error('A time column has no format.')
  const zone = rowZone ?? column.timeZone ?? 'UTC'
  return { type: 'time', time: { format, zone, seconds: fixedOffset(zone), instant: rowZone === null }, look: null }
}

/** Seconds east of UTC of a zone whose clocks never change, null for the others. */
const fixedOffset = (zone: string): number | null =>
  /^\s*(?:Z|Etc\/UTC|(?:UTC|GMT)?(?:[+-]\d{1,2}(?::?\d{2})?)?)\s*$/i.test(zone) ? 0 - zoneToUtc(zone)(0) : null

/** Where the record behind title and header begins. */
function findStart(
  beginning: Beginning,
  head: Buffer,
  complete: boolean,
): { start: number; line: number; before: BadRecord[] } | null {
  const before: BadRecord[] = []
  let wanted = beginning.title + beginning.headerRecords
  if (wanted === 0) return { start: beginning.offset, line: beginning.line, before }
  const gate = recordGate(beginning, () => reader.raw(), { row: () => undefined, bad: (record) => before.push(record) })
  let end = -1
  let line = 0
  const reader = createRecordReader(beginning, {
    bad: (record) => gate.bad(record),
    record(cells, place) {
      gate.record(cells, place)
      if (--wanted > 0) return
      end = place.offset + place.length
      line = place.line
      for (let at = head.indexOf(10, place.offset); at !== -1 && at < end; at = head.indexOf(10, at + 1)) line++
      reader.stop()
    },
  })
  reader.push(head.subarray(beginning.offset))
  if (complete) reader.end()
  if (end < 0) return null
  if (head[end] === 13) end++
  if (head[end] === 10) return { start: end + 1, line: line + 1, before }
  return complete && end === head.length ? { start: end, line: line + 1, before } : null
}
