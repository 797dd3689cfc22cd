import type { Column } from '#contract/datasets'
import type { RowsPage, TimelineEvent } from '#contract/rows'
import { alertsOfRows } from '../sqlite/queries/alertRows.read.ts'
import type { ReadContext } from './contexts.ts'
import { eventColumns, type EventSource } from './eventColumns.ts'

/** Characters of one cell in the short text of an event. */
const PART_MAX = 300

/** A dataset as its events are told: here, or of a copy of it on a server. */
export type TimelineSource = EventSource & {
  id: string
  /** Cells that say that there is nothing, beside "-". */
  unset: readonly string[]
}

/** The columns whose cells make the events. */
export function timelineColumns(source: EventSource): Column[] {
  const { host, user, event, text } = eventColumns(source)
  return [...new Set([host, user, ...event, ...text])].filter((column) => column !== null)
}

/** Rows of a dataset as events of a timeline, without their times. `columns`: the cells of timelineColumns, one per row. */
export function timelineEvents(
  { db }: Pick<ReadContext, 'db'>,
  source: TimelineSource,
  rows: readonly number[],
  columns: RowsPage['columns'],
): TimelineEvent[] {
  const { host, user, event, text } = eventColumns(source)
  const cells = new Map(columns.map((column) => [column.name, column.cells]))
  const unset = new Set(['-', ...source.unset])
  const textOf = (name: string | undefined, n: number): string => {
    const cell = name === undefined ? null : (cells.get(name)?.[n] ?? null)
    const found = cell === null ? '' : String(cell)
    return unset.has(found) ? '' : found
  }
  const marks = new Map(alertsOfRows(db, source.id, rows).map((mark) => [mark.row, mark]))
  return rows.map((row, n) => ({
    datasetId: source.id,
    row,
    time: '',
    host: textOf(host?.name, n).slice(0, PART_MAX),
    user: textOf(user?.name, n).slice(0, PART_MAX),
    event: [...new Set(event.map(({ name }) => textOf(name, n)))].filter(Boolean).join(' ').slice(0, PART_MAX),
    parts: text.flatMap((column) => {
      const found = textOf(column.name, n).slice(0, PART_MAX)
      return found === '' ? [] : [{ column: column.fields[0] ?? column.name, text: found }]
    }),
    alerts: marks.get(row)?.alerts ?? 0,
    severity: marks.get(row)?.severity ?? null,
  }))
}
