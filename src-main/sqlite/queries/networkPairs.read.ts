import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import type { Severity } from '#contract/values'
import { partOf, partTable, quoteName } from '../../importer/datasetFile.ts'
import type { RowCondition } from '../../predicate/compileSqlite.ts'
import type { DatasetHandle } from '../datasetFiles.ts'
import type { ReadDb } from '../db.ts'
import { narrowedCondition, type RowFilter } from '../rowView.ts'

/** SQLite joins at most 64 tables. */
const PARTS_MAX = 60
/** In larger datasets times are told only of so few pairs: telling them costs sorting the rows once more. */
const TIMED_ROWS_MAX = 200_000
const TIMED_PAIRS_MAX = 10_000
/** Columns of one field that are looked at, best first. */
const COLUMNS_MAX = 4
/** Windows and Zeek exports write this where there is nothing. */
const NOTHING = '-'
/** Between the texts of an end that takes more than one field. */
export const BETWEEN = '\u001f'

/** The columns of each field of an end, best first. A value is the first of a field that is not empty. */
export type EndColumns = readonly (readonly Column[])[]
export type PairQuestion = {
  from: EndColumns
  to: EndColumns
  /** Columns of numbers of bytes that are added up: groups of which each row has one. */
  bytes: readonly (readonly Column[])[]
  filter: RowFilter
  /** The axis of time, in microseconds; null: times are not asked for. */
  axis: { start: number; size: number } | null
  /** Only rows whose first cell that is not empty here is one of the words, in any case. */
  only?: { columns: readonly Column[]; words: readonly string[] } | null
  most: number
}
export type PairRow = {
  from: string
  to: string
  count: number
  bytes: number | null
  first: number | null
  last: number | null
  times: [number, number][]
}

/** Columns of one end as SQL; NULL where a field is empty. */
function valueOf(handle: DatasetHandle, end: EndColumns): string {
  const unset = [NOTHING, '', ...handle.unsetMarks].map((mark) => `'${mark.replaceAll("'", "''")}'`).join(', ')
  const fields = end.map((columns) => {
    const cells = columns
      .slice(0, COLUMNS_MAX)
      .map(
        ({ name }) => `CASE WHEN ${quoteName(name)} IN (${unset}) THEN NULL ELSE CAST(${quoteName(name)} AS TEXT) END`,
      )
    return cells.length === 1 ? `${cells[0]}` : `coalesce(${cells.join(', ')})`
  })
  return fields.join(` || '${BETWEEN}' || `)
}

type PairLine = Omit<PairRow, 'from' | 'to' | 'times'> & { a: string; b: string; times: string | null }
type Bound = RowCondition['values'] & { words?: string; start?: number; size?: number }

/**
 * What two groups of columns say together in the rows that match: every pair once with its rows, bytes and times, pairs of
 * most rows first. SQLite counts, so that no row comes here. Times are told where pairs are not too many. `left`: rows of
 * the pairs beyond `most`. AppError 'cancelled', 'too-large', 'invalid-input'.
 */
export function pairsOf(handle: DatasetHandle, question: PairQuestion): { pairs: PairRow[]; left: number } {
  const { axis, only, most } = question
  const condition = narrowedCondition(handle, question.filter)
  const columns = [...question.from, ...question.to, ...question.bytes, only?.columns ?? []].flat()
  const parts = [...new Set(columns.map(({ position }) => partOf(position)))].filter((part) => part > 0)
  if (parts.length > PARTS_MAX)
    throw new AppError('too-large', `The columns of this map lie in over ${PARTS_MAX} tables.`)
  const joins = parts.map((part) => ` JOIN ${partTable(part)} USING (_row)`).join('')
  const [a, b] = [valueOf(handle, question.from), valueOf(handle, question.to)]
  const values: Bound = { ...condition.values }
  // Rows without one of the ends are most of a log of many kinds of events: they are not sorted.
  const where = ['keep_going()', `${a} IS NOT NULL`, `${b} IS NOT NULL`, condition.text]
  if (only) {
    where.push(`lower(${valueOf(handle, [only.columns])}) IN (SELECT value FROM json_each(@words))`)
    values.words = JSON.stringify(only.words.map((word) => word.toLowerCase()))
  }
  const rows = `FROM rows${joins} WHERE ${where.join(' AND ')}`
  const told = `count(*) AS count, CAST(${bytesOf(question.bytes)} AS INTEGER) AS bytes, min(_time) AS first, max(_time) AS last`
  const read = (sql: string, bound: Bound): PairRow[] => {
    const pairs: PairRow[] = []
    for (const line of handle.db
      .prepare<[Bound], PairLine>(`${sql} ORDER BY count DESC, a, b LIMIT ${Math.floor(most) + 1}`)
      .iterate(bound)) {
      if ((pairs.length & 1023) === 0) handle.goOn()
      const { a: from, b: to, times, ...seen } = line
      pairs.push({ from, to, ...seen, times: timesOf(times) })
    }
    return pairs
  }
  const timed = (): PairRow[] =>
    read(
      `SELECT a, b, sum(count) AS count, CAST(sum(bytes) AS INTEGER) AS bytes, min(first) AS first, max(last) AS last,
         group_concat(CASE WHEN k >= 0 THEN k || ':' || count END) AS times
       FROM (SELECT ${a} AS a, ${b} AS b, CAST((_time - @start) / @size AS INTEGER) AS k, ${told} ${rows} GROUP BY 1, 2, 3) GROUP BY a, b`,
      { ...values, ...axis },
    )
  const plain = (): PairRow[] =>
    read(`SELECT ${a} AS a, ${b} AS b, ${told}, NULL AS times ${rows} GROUP BY 1, 2`, values)
  const few = handle.rows <= TIMED_ROWS_MAX
  let pairs = axis && few ? timed() : plain()
  if (axis && !few && pairs.length <= TIMED_PAIRS_MAX) pairs = timed()
  if (pairs.length <= most) return { pairs, left: 0 }
  pairs.length = Math.floor(most)
  const all = handle.db.prepare<[Bound], number>(`SELECT count(*) ${rows}`).pluck().get(values) ?? 0
  return { pairs, left: all - pairs.reduce((sum, { count }) => sum + count, 0) }
}

function bytesOf(groups: PairQuestion['bytes']): string {
  const bytes = groups.map((group) => numberOf(group))
  if (bytes.length === 0) return 'NULL'
  const none = bytes.map((one) => `${one} IS NULL`).join(' AND ')
  return `sum(CASE WHEN ${none} THEN NULL ELSE ${bytes.map((one) => `coalesce(${one}, 0)`).join(' + ')} END)`
}

/** Cells of one group that are a number of bytes, also in a column where others are none. */
function numberOf(group: readonly Column[]): string {
  const cells = group.map((column) => {
    const name = quoteName(column.name)
    return `CASE WHEN typeof(${name}) <> 'text' AND ${name} >= 0 THEN ${name} WHEN typeof(${name}) = 'text' AND ${name} GLOB '[0-9]*' AND ${name} NOT GLOB '*[^0-9]*' AND length(${name}) < 16 THEN CAST(${name} AS INTEGER) END`
  })
  return cells.length === 1 ? `${cells[0]}` : `coalesce(${cells.join(', ')})`
}

function timesOf(text: string | null): [number, number][] {
  if (text === null || text === '') return []
  const times = text.split(',').map((part): [number, number] => {
    const cut = part.indexOf(':')
    return [Number(part.slice(0, cut)), Number(part.slice(cut + 1))]
  })
  return times.sort(([a], [b]) => a - b)
}

/** Values of an end with their rows and times, those of most rows first. */
export function valuesOf(
  handle: DatasetHandle,
  end: EndColumns,
  most: number,
): { value: string; rows: number; first: number | null; last: number | null }[] {
  const parts = [...new Set(end.flat().map(({ position }) => partOf(position)))].filter((part) => part > 0)
  const joins = parts.map((part) => ` JOIN ${partTable(part)} USING (_row)`).join('')
  return handle.db
    .prepare<[], { value: string; rows: number; first: number | null; last: number | null }>(
      `SELECT value, rows, first, last FROM (SELECT ${valueOf(handle, end)} AS value, count(*) AS rows, min(_time) AS first, max(_time) AS last
       FROM rows${joins} WHERE keep_going() GROUP BY 1) WHERE value IS NOT NULL ORDER BY rows DESC, value LIMIT ${Math.floor(most)}`,
    )
    .all()
}

/** A cell that the evidence of an alert names. */
export type AlertValue = {
  alertId: string
  severity: Severity
  title: string
  datasetId: string
  row: number
  value: string
}

/** What the evidence of alerts of a hunt names, worst alerts first, at most `limit`. False positives are left out. */
export function alertValues(db: ReadDb, huntId: string, limit: number): AlertValue[] {
  return db
    .prepare<[string, number], AlertValue>(
      `SELECT a.id AS alertId, a.severity, a.title, e.dataset_id AS datasetId, e.row, e.value
       FROM alerts a JOIN alert_evidence e ON e.alert_id = a.id
       WHERE a.hunt_id = ? AND a.status <> 'false-positive' AND length(e.value) < 500
       ORDER BY a.score DESC, a.created_at DESC, a.rowid, e.n LIMIT ?`,
    )
    .all(huntId, limit)
}

/** Times of the rows that match, in order, in microseconds; null where there are more than `most`. */
export function timesIn(handle: DatasetHandle, filter: RowFilter, most: number): number[] | null {
  const { text, values } = narrowedCondition(handle, filter)
  const times = handle.db
    .prepare<[typeof values], number>(
      `SELECT _time FROM rows WHERE keep_going() AND ${text} AND _time IS NOT NULL ORDER BY _time LIMIT ${Math.floor(most) + 1}`,
    )
    .pluck()
    .all(values)
  return times.length > most ? null : times
}
