import type { Column } from '#contract/datasets'
import type { Cell, RowsPage } from '#contract/rows'
import { instantColumn, partOf, partTable, quoteName } from '../../importer/datasetFile.ts'
import { isoOfUs, isoOfUsOrNull } from '../conditions.ts'
import type { DatasetHandle } from '../datasetFiles.ts'
import { axisOf } from '../timeAxis.ts'
import { countMatching, placesOf, positionOf } from '../rowPlaces.ts'
import { columnNamed, conditionOf, matchesOf, narrowedCondition, type RowFilter, type RowQuestion } from '../rowView.ts'
import { countTimes, timeLines } from '../segments/countTimes.ts'
import { stretchesOf } from '../segments/seriesOverTime.ts'
import { facetsOf } from '../segments/facetsOf.ts'

/** Columns sent when none are named. */
const COLUMNS_DEFAULT = 60
/** Longer text is cut in pages; rows.get has the whole. In UTF-16 units. */
const CELL_MAX = 4_096

type Raw = (string | number | null)[]

/** A page of a sorted or filtered view, column by column. AppError 'not-found' for an unknown column. */
export function page(
  handle: DatasetHandle,
  question: RowQuestion & { columns?: string[] | undefined; limit: number; offset: number; soon?: boolean | undefined },
): RowsPage {
  const wanted = question.columns?.map((name) => columnNamed(handle, name)) ?? handle.columns.slice(0, COLUMNS_DEFAULT)
  const { numbers, total, counted } = placesOf(handle, question)
  const times = new Map(select(handle, 'rows', ['_time'], numbers).map((row) => [Number(row[0]), row[1]]))
  return {
    total,
    counted,
    offset: question.offset,
    rows: numbers,
    times: numbers.map((row) => isoOfUsOrNull(numberOrNull(times.get(row)))),
    columns: cellsOf(handle, wanted, numbers),
  }
}

/** Cells of the wanted columns for the given rows; one question per table part. */
export function cellsOf(
  handle: DatasetHandle,
  wanted: readonly Column[],
  rows: readonly number[],
): RowsPage['columns'] {
  const pages = new Map(
    wanted.map((column) => [
      column.name,
      { name: column.name, cells: new Array<Cell>(rows.length).fill(null), cut: new Array<number>() },
    ]),
  )
  const place = new Map(rows.map((row, index) => [row, index]))
  for (const part of new Set(wanted.map((column) => partOf(column.position)))) {
    const inPart = wanted.filter((column) => partOf(column.position) === part)
    for (const row of select(
      handle,
      partTable(part),
      inPart.map((column) => column.name),
      rows,
    )) {
      const index = place.get(Number(row[0])) ?? 0
      inPart.forEach((column, n) => {
        const target = pages.get(column.name)
        const cell = row[n + 1] ?? null
        if (!target) return
        const cut = typeof cell === 'string' && cell.length > CELL_MAX
        target.cells[index] = cut ? cell.slice(0, CELL_MAX) : cell
        if (cut) target.cut.push(index)
      })
    }
  }
  return [...pages.values()]
}

function select(handle: DatasetHandle, table: string, names: readonly string[], rows: readonly number[]): Raw[] {
  const cells = names.map((name) => `, ${quoteName(name)}`).join('')
  return handle.db
    .prepare<[string], Raw>(`SELECT _row${cells} FROM ${table} WHERE _row IN (SELECT value FROM json_each(?))`)
    .raw()
    .all(JSON.stringify(rows))
}

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)

export type StoredRecord = {
  row: number
  line: number
  offset: number
  length: number
  time: number | null
  cells: { column: Column; stored: Cell; instant: number | null }[]
}

/** One row with every cell as stored; null when the dataset has no such row. Instants in microseconds. */
export function get(handle: DatasetHandle, row: number): StoredRecord | null {
  const place = handle.db
    .prepare<[number], Raw>('SELECT _line, _offset, _length, _time FROM rows WHERE _row = ?')
    .raw()
    .get(row)
  if (!place) return null
  const time = numberOrNull(place[3])
  const cells: StoredRecord['cells'] = []
  const parts = new Set(handle.columns.map((column) => partOf(column.position)))
  for (const part of parts) {
    const inPart = handle.columns.filter((column) => partOf(column.position) === part)
    const names = inPart.flatMap((column) =>
      column.type === 'time' && column.name !== handle.timeColumn
        ? [column.name, instantColumn(column.name)]
        : [column.name],
    )
    const found = select(handle, partTable(part), names, [row])[0] ?? []
    const byName = new Map(names.map((name, n) => [name, found[n + 1] ?? null]))
    for (const column of inPart) {
      const instant = column.name === handle.timeColumn ? time : numberOrNull(byName.get(instantColumn(column.name)))
      cells.push({ column, stored: byName.get(column.name) ?? null, instant: column.type === 'time' ? instant : null })
    }
  }
  return { row, line: Number(place[0]), offset: Number(place[1]), length: Number(place[2]), time, cells }
}

export { countMatching as count, positionOf as position }

export type Facets = {
  /** `by`: the value of the second column, where pairs are counted. */
  values: { value: Cell; by?: Cell; count: number }[]
  distinct: number
  empty: number
  total: number
}

/**
 * The most (or least) frequent values of a column with exact counts, over the rows that match. Rows are counted by keep_going(), here
 * and in the histogram: grouping sorts first and counts then, and both have to be stopped.
 */
export function facets(
  handle: DatasetHandle,
  question: RowFilter & {
    column: string
    by?: string | undefined
    limit: number
    order?: 'most' | 'least' | undefined
  },
): Facets {
  const counted = facetsOf(handle, question)
  if (counted) return counted
  const column = columnNamed(handle, question.column)
  const part = partOf(column.position)
  const condition = narrowedCondition(handle, question)
  const join = part === 0 ? '' : `JOIN ${partTable(part)} USING (_row)`
  const rows = handle.db
    .prepare<unknown[], { value: Cell; n: number; distinct: number; total: number; empty: number }>(
      `WITH g AS MATERIALIZED (
         SELECT ${quoteName(column.name)} AS value, sum(keep_going()) AS n FROM rows ${join} WHERE keep_going() AND ${condition.text} GROUP BY 1)
       SELECT value, n, (SELECT count(*) FROM g WHERE value IS NOT NULL) AS "distinct", (SELECT coalesce(sum(n), 0) FROM g) AS total,
         (SELECT coalesce(sum(n), 0) FROM g WHERE value IS NULL) AS empty
       FROM g ORDER BY value IS NULL, n ${question.order === 'least' ? 'ASC' : 'DESC'}, value LIMIT ?`,
    )
    .all(condition.values, question.limit)
  const first = rows[0]
  return {
    values: rows.filter((row) => row.value !== null).map((row) => ({ value: row.value, count: row.n })),
    distinct: first?.distinct ?? 0,
    empty: first?.empty ?? 0,
    total: first?.total ?? 0,
  }
}

export type Histogram = {
  from: string | null
  to: string | null
  bucketSeconds: number | null
  buckets: { start: string; rows: number }[]
  rowsWithoutTime: number
}

/**
 * Rows per equal stretch of time over the whole span of the dataset, so that a query never moves the axis; `from` and `to`
 * make it the axis of that stretch.
 */
export function histogram(handle: DatasetHandle, question: RowFilter & { buckets: number }): Histogram {
  const axis = axisOf(handle, question)
  const condition = conditionOf(handle, question)
  if (!axis) {
    return { from: null, to: null, bucketSeconds: null, buckets: [], rowsWithoutTime: countMatching(handle, question) }
  }
  const { start, size, seconds } = axis
  const everything = condition.text === '1' && seconds >= handle.timelineSeconds
  const segments = everything ? null : handle.segments()
  const asked = { start, size, buckets: stretchesOf(axis, handle.timelineSeconds), by: null }
  const counted = segments && countTimes(segments, asked, matchesOf(handle, question), handle.goOn)
  // The driver binds numbers as REAL; the casts keep the division whole.
  const rows = counted
    ? timeLines(counted)
    : everything
      ? handle.db
          .prepare<unknown[], { n: number | null; rows: number }>(
            'SELECT (start_us - CAST(? AS INTEGER)) / CAST(? AS INTEGER) AS n, sum(rows) AS rows FROM timeline GROUP BY 1 ORDER BY 1',
          )
          .all(start, size)
      : handle.db
          .prepare<unknown[], { n: number | null; rows: number }>(
            `SELECT (_time - CAST(? AS INTEGER)) / CAST(? AS INTEGER) AS n, sum(keep_going()) AS rows FROM rows WHERE keep_going() AND ${condition.text} GROUP BY 1 ORDER BY 1`,
          )
          .all(start, size, condition.values)
  const buckets: Histogram['buckets'] = []
  let dated = 0
  let dateless = 0
  for (const row of rows) {
    if (row.n === null) {
      dateless = row.rows
      continue
    }
    dated += row.rows
    buckets.push({ start: isoOfUs(start + row.n * size), rows: row.rows })
  }
  return {
    from: axis.from,
    to: axis.to,
    bucketSeconds: seconds,
    buckets,
    rowsWithoutTime: everything ? handle.rows - dated : dateless,
  }
}

/** What a hunt's overview needs from one dataset. Times in microseconds. */
export function summary(handle: DatasetHandle): {
  hosts: { host: string; rows: number }[]
  timeline: { start: number; rows: number }[]
  timelineSeconds: number
} {
  return {
    hosts: handle.db
      .prepare<[], { host: string; rows: number }>('SELECT value AS host, rows FROM hosts ORDER BY rows DESC, value')
      .all(),
    timeline: handle.db
      .prepare<[], { start: number; rows: number }>('SELECT start_us AS start, rows FROM timeline ORDER BY start_us')
      .all(),
    timelineSeconds: handle.timelineSeconds,
  }
}

export type QuarantineRow = { id: number; line: number; offset: number; length: number; reason: string; raw: string }

/** Records that were not kept, in the order of the source. */
export function quarantine(
  handle: DatasetHandle,
  limit: number,
  offset: number,
): { quarantine: QuarantineRow[]; total: number } {
  const rows = handle.db
    .prepare<[number, number], QuarantineRow>(
      'SELECT id, line, offset, length, reason, raw FROM quarantine ORDER BY id LIMIT ? OFFSET ?',
    )
    .all(limit, offset)
  const counted = handle.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM quarantine').get()
  return { quarantine: rows, total: counted?.n ?? 0 }
}

/** Where the record of a row lies in its source, in bytes; null when the dataset has no such row. */
export function place(handle: DatasetHandle, row: number): { offset: number; length: number } | null {
  const found = handle.db
    .prepare<[number], { offset: number; length: number }>(
      'SELECT _offset AS offset, _length AS length FROM rows WHERE _row = ?',
    )
    .get(row)
  return found ?? null
}

/** Times of the given rows, in microseconds; rows that do not exist are left out. */
export function timesOf(handle: DatasetHandle, rows: readonly number[]): [row: number, time: number | null][] {
  return select(handle, 'rows', ['_time'], rows).map((line) => [Number(line[0]), numberOrNull(line[1])])
}
