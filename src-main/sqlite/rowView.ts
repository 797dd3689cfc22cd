import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { instantColumn, partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import { instantOf } from '../predicate/bounds.ts'
import { compileSqlite, type RowCondition } from '../predicate/compileSqlite.ts'
import { parseQuery } from '../predicate/parseQuery.ts'
import type { Predicate } from '../predicate/predicate.ts'
import { asksMarks } from '../predicate/rowTagTest.ts'
import type { DatasetHandle } from './datasetFiles.ts'
import { FIRST_ROWS_MAX, firstRowsByText } from './segments/firstRows.ts'
import { firstRowsByRank } from './segments/firstRowsByRank.ts'
import type { Matches } from './segments/matches.ts'
import { sortedRows, type Sorting } from './segments/sortedRows.ts'

/** Which rows: a query, and a stretch of time in ISO 8601 (`from` included, `to` not), which rows without a time are not in. */
export type RowFilter = { q?: string | undefined; from?: string | undefined; to?: string | undefined }
type Sort = { column: string; descending: boolean }
export type RowQuestion = RowFilter & { sort?: Sort | undefined }
/** The first rows of a view, and how many there are in all. */
type FirstRows = { rows: number[]; total: number; counted: boolean }

/** The column of that name; AppError 'not-found' when the dataset has none. `_row` and `_time` are always there. */
export function columnNamed(handle: DatasetHandle, name: string): Column {
  const column = handle.columns.find((candidate) => candidate.name === name)
  if (!column) throw new AppError('not-found', `This dataset has no column ${name}.`, { column: name })
  return column
}

/** Counts the changes of marks that a kept answer to the question must follow; 0 where it asks for none. */
export const marksVersion = (handle: DatasetHandle, filter: RowFilter): number =>
  asksMarks(predicateOf(filter), handle.columns) ? handle.marks().version : 0

/** The condition of a question; text '1' when every row matches. */
export function conditionOf(handle: DatasetHandle, filter: RowFilter): RowCondition {
  const predicate = predicateOf(filter)
  if (asksMarks(predicate, handle.columns)) handle.marks()
  return compileSqlite(predicate, handle)
}

/** What a question asks of rows. */
export function predicateOf({ q, from, to }: RowFilter): Predicate {
  const asked = parseQuery(q ?? '')
  if (from === undefined && to === undefined) return asked
  const time: Predicate = { op: 'time', from: microseconds(from), to: microseconds(to) }
  // What costs least is asked first.
  return asked.op === 'all' ? time : { op: 'and', parts: [time, asked] }
}

/** The first microsecond of a time; null when there is none, which the contract has checked. */
export const microseconds = (time: string | undefined): number | null =>
  time === undefined ? null : (instantOf(time)?.first ?? null)

/** The rows that match, as far as they were looked for; null where all do, or where SQLite has to be asked. */
export function matchesOf(handle: DatasetHandle, filter: RowFilter): Matches | null {
  const predicate = predicateOf(filter)
  return predicate.op === 'all' ? null : handle.matches(predicate)
}

/** Views of fewer rows are sorted whole, whatever is asked of them. */
const FEW_ROWS = 5_000

/** Matching rows up to this many are handed to SQLite by their numbers; of more it works the condition out again. */
const LISTED_MAX = 100_000

/** The condition of a filter for SQLite, by the numbers of its rows where they are known and not many. */
export function narrowedCondition(handle: DatasetHandle, filter: RowFilter): RowCondition {
  const matches = matchesOf(handle, filter)
  matches?.until(Infinity)
  if (!matches || matches.count() > LISTED_MAX) return conditionOf(handle, filter)
  const rows = JSON.stringify([...matches.all()])
  return { text: '_row IN (SELECT value FROM json_each(@rows))', values: { rows } }
}

const viewKey = (handle: DatasetHandle, question: RowQuestion): string => {
  const { q, from, to, sort } = question
  return JSON.stringify([q?.trim() ?? '', from, to, sort, marksVersion(handle, question)])
}

/**
 * The row numbers of a sorted or filtered view in its order, or null when it is the order of the source with every row.
 * Built once by a scan that can be cancelled, then kept: any page of it is a look-up by key, however deep.
 */
export function viewOf(handle: DatasetHandle, question: RowQuestion): Uint32Array | null {
  if (predicateOf(question).op === 'all' && question.sort === undefined) return null
  const key = viewKey(handle, question)
  const known = handle.views.get(key)
  if (known) return known
  const told = toldBySegments(handle, question)
  if (told) return handle.views.keep(key, told)
  const condition = question.sort ? narrowedCondition(handle, question) : conditionOf(handle, question)
  const order = question.sort ? orderOf(handle, question.sort) : { by: '_row', join: '' }
  const statement = handle.db
    .prepare<[RowCondition['values']], number>(
      `SELECT _row FROM rows ${order.join} WHERE keep_going() AND ${condition.text} ORDER BY ${order.by}`,
    )
    .pluck()
  let view = new Uint32Array(condition.text === '1' ? handle.rows : 4_096)
  let length = 0
  for (const row of statement.iterate(condition.values)) {
    if (length === view.length) {
      const grown = new Uint32Array(Math.min(handle.rows, length * 2))
      grown.set(view)
      view = grown
    }
    // The end of a long sort calls nothing that could stop it.
    if ((length & 1023) === 0) handle.goOn()
    view[length++] = row
  }
  return handle.views.keep(key, view.slice(0, length))
}

/** The rows of a view as segments and pages tell them; null where SQLite has to. */
function toldBySegments(handle: DatasetHandle, question: RowQuestion): Uint32Array | null {
  const { sort } = question
  const segments = handle.segments()
  const matches = matchesOf(handle, question)
  if (!segments || (matches === null && predicateOf(question).op !== 'all')) return null
  if (sort !== undefined && sort.column !== '_row')
    return sortedRows(segments, sortingOf(handle, sort), matches, handle.goOn)
  if (!matches) return null
  matches.until(Infinity)
  return sort?.descending === true ? matches.all().reverse() : matches.all()
}

const isRowTime = (handle: DatasetHandle, column: string): boolean => column === '_time' || column === handle.timeColumn

const sortingOf = (handle: DatasetHandle, { column, descending }: Sort): Sorting => ({
  column: isRowTime(handle, column) ? null : columnNamed(handle, column),
  descending,
})

/** With `soon`, rows of a sorted view are looked for so many milliseconds before the first of them are told. */
const SOON_SORTED_MS = 40

/**
 * The first rows of a sorted view that is not there yet, where they are told faster than all rows are sorted: of texts with
 * many values. `soon`: they may be the first of those found so far. Null elsewhere.
 */
export function firstOfView(
  handle: DatasetHandle,
  question: RowQuestion,
  most: number,
  soon = false,
): FirstRows | null {
  const { sort } = question
  if (sort === undefined || most > FIRST_ROWS_MAX || sort.column === '_row' || isRowTime(handle, sort.column))
    return null
  const column = columnNamed(handle, sort.column)
  const segments = handle.segments()
  if (!segments || column.type !== 'text' || segments.layout.hasCodes(column)) return null
  if (handle.views.get(viewKey(handle, question))) return null
  const matches = matchesOf(handle, question)
  if (matches === null && predicateOf(question).op !== 'all') return null
  const started = performance.now()
  const early = soon && segments.hasRanks(column)
  matches?.until(Infinity, early ? () => performance.now() - started < SOON_SORTED_MS : undefined)
  const total = matches?.count() ?? handle.rows
  const counted = matches?.complete() ?? true
  if (counted && total < FEW_ROWS) return null
  const asked = { column, descending: sort.descending, most }
  const rows =
    firstRowsByRank(handle, segments, asked, matches) ??
    firstRowsByText(handle.id, segments, asked, matches, handle.goOn)
  return rows && { rows, total, counted }
}

/** Rows without a value come last in both directions; equal ones keep the order of the source. */
export function orderOf(
  handle: DatasetHandle,
  sort: { column: string; descending: boolean },
): { by: string; join: string } {
  const direction = sort.descending ? 'DESC' : 'ASC'
  if (sort.column === '_row') return { by: `_row ${direction}`, join: '' }
  if (isRowTime(handle, sort.column)) return { by: `_time IS NULL, _time ${direction}, _row`, join: '' }
  const column = columnNamed(handle, sort.column)
  const part = partOf(column.position)
  const join = part === 0 ? '' : `JOIN ${partTable(part)} USING (_row)`
  return { by: `${sortKeys(column, direction)}, _row`, join }
}

function sortKeys(column: Column, direction: string): string {
  const name = quoteName(column.name)
  if (column.type === 'time') {
    const instant = quoteName(instantColumn(column.name))
    return `${instant} IS NULL, ${instant} ${direction}`
  }
  if (column.type === 'text') return `${name} IS NULL, ${name} COLLATE NOCASE ${direction}`
  // A number that could not be stored without changing its text ("1.50", "007") still sorts as the number it is.
  const numeric = `CASE WHEN typeof(${name}) <> 'text' THEN ${name} WHEN ${name} GLOB '*[0-9]*' AND ${name} NOT GLOB '*[^-+0-9.eE]*' THEN CAST(${name} AS REAL) END`
  return `${name} IS NULL, ${numeric} IS NULL, ${numeric} ${direction}, ${name} ${direction}`
}
