import { AppError } from '#contract/appError'
import type { Cell } from '#contract/rows'
import type { ClickhouseQuestion } from '../clickhouse/openClickhouse.ts'
import { instantOf } from '../predicate/bounds.ts'
import { cellOf, quoteIdentifier } from '../predicate/clickhouseCell.ts'
import { compileClickhouse, EXACT_SETTINGS, type ClickhouseCondition } from '../predicate/compileClickhouse.ts'
import { parseQuery } from '../predicate/parseQuery.ts'
import type { Predicate } from '../predicate/predicate.ts'
import { marksAsked, type MarkTest } from '../predicate/rowTagTest.ts'
import { ROW, TIME, type CopyColumn, type CopyLayout } from './copyLayout.ts'
import type { CopyServer } from './copyServer.ts'

/** Rows that have a mark; `inside` false: all others. */
export type MarkedRows = { rows: readonly number[]; inside: boolean }

/** A copy as it is asked. */
export type AskedCopy = {
  server: CopyServer
  table: string
  layout: CopyLayout
  /** Tags and notes stand here, not on the server. AppError 'conflict' where the rows of the copy are not those of the dataset. */
  marked(tests: readonly MarkTest[]): Promise<MarkedRows[]>
  signal: AbortSignal
}
export type Filter = { q?: string | undefined; from?: string | undefined; to?: string | undefined }
export type Sort = { column: string; descending: boolean }

/** Answers rows as the server gave them. `params` beside those of the condition. */
export async function ask(
  { server, signal }: AskedCopy,
  sql: string,
  params: NonNullable<ClickhouseQuestion['params']>,
  rows: number,
): Promise<readonly unknown[][]> {
  const limits = { ...server.limits, rows, overflow: 'fail' as const }
  return (await server.clickhouse.ask({ sql, params, limits, settings: EXACT_SETTINGS, signal })).rows
}

/**
 * The same rows as a question to the dataset finds. `prefix`: of its parameters, where there are several in one statement.
 * AppError 'invalid-input' as there, 'conflict' as `marked`, 'too-large' for marks on too many rows.
 */
export async function conditionOf(
  { layout, marked }: Pick<AskedCopy, 'layout' | 'marked'>,
  { q, from, to }: Filter,
  prefix = 'p',
): Promise<ClickhouseCondition> {
  const asked = parseQuery(q ?? '')
  const tests = marksAsked(asked, layout.columns)
  const found = tests.length === 0 ? [] : await marked(tests)
  const byTest = new Map(tests.map((test, n) => [JSON.stringify(test), found[n]]))
  const rows = (test: MarkTest): MarkedRows => byTest.get(JSON.stringify(test)) ?? { rows: [], inside: true }
  const options = { prefix, marks: { row: ROW, rows } }
  if (from === undefined && to === undefined) return compileClickhouse(asked, layout, options)
  const time: Predicate = { op: 'time', from: microseconds(from), to: microseconds(to) }
  return compileClickhouse(asked.op === 'all' ? time : { op: 'and', parts: [time, asked] }, layout, options)
}

/** The first microsecond of a time; null when there is none, which the contract has checked. */
export const microseconds = (time: string | undefined): number | null =>
  time === undefined ? null : (instantOf(time)?.first ?? null)

/** AppError 'not-found' when the dataset had none of that name. */
export function columnNamed({ layout }: AskedCopy, name: string): CopyColumn {
  const column = layout.columns.find((candidate) => candidate.name === name)
  if (!column) throw new AppError('not-found', `This dataset has no column ${name}.`, { column: name })
  return column
}

export const stored = ({ stored: name }: CopyColumn): string => quoteIdentifier(name)

/**
 * A cell as SQLite sorts it: hexadecimal is a text there, and what looks like a number but is none to a comparison (.5, 1e999)
 * is read as far as it goes. NULL for a text.
 */
const readAsNumber = (number: string, text: string): string => {
  const beginning = String.raw`extract(${text}, '^[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?')`
  const asFar = `if(match(${text}, '^[-+0-9.eE]*[0-9][-+0-9.eE]*$'), ifNull(toFloat64OrNull(${beginning}), 0), NULL)`
  return `if(isNotNull(${number}) AND position(lower(${text}), 'x') = 0, ${number}, ${asFar})`
}

/** What rows are sorted by, ending with the number of the row, so that two rows never stand alike. Never NULL. */
export function sortKeys(copy: AskedCopy, sort: Sort | undefined): { key: string; descending: boolean }[] {
  const last = { key: ROW, descending: sort?.column === '_row' && sort.descending }
  if (sort === undefined || sort.column === '_row') return [last]
  const { descending } = sort
  const emptyLast = (empty: string): { key: string; descending: boolean } => ({ key: empty, descending: false })
  const isTime = sort.column === '_time' || sort.column === copy.layout.timeColumn
  if (isTime) return [emptyLast(`isNull(${TIME})`), { key: `ifNull(${TIME}, 0)`, descending }, last]
  const column = columnNamed(copy, sort.column)
  const { exists, number } = cellOf(column)
  if (column.instant !== undefined) {
    const instant = quoteIdentifier(column.instant)
    return [emptyLast(`isNull(${instant})`), { key: `ifNull(${instant}, 0)`, descending }, last]
  }
  const keys = [emptyLast(`(NOT ${exists})`)]
  const text = stored(column)
  if (number === null) {
    // SQLite compares texts up to the first NUL, and then by their length.
    const compared = `substring(${text}, 1, if(position(${text}, '\\0') = 0, length(${text}), position(${text}, '\\0') - 1))`
    return [...keys, { key: `lower(${compared})`, descending }, { key: `length(${text})`, descending }, last]
  }
  const read = readAsNumber(number, text)
  return [
    ...[...keys, emptyLast(`isNull(${read})`), { key: `ifNull(${read}, 0)`, descending }],
    // Among equal numbers those that are kept as their text stand behind the plain ones.
    { key: `(toString(ifNull(${number}, 0)) != ${text})`, descending },
    ...[{ key: text, descending }, last],
  ]
}

/** A cell as the dataset file holds it: a number where its text is exactly the source's. */
export function cellIn({ holds }: Pick<CopyColumn, 'holds'>, text: unknown): Cell {
  if (typeof text !== 'string' || text === '') return null
  if (holds !== 'integer' && holds !== 'number') return text
  const value = Number(text)
  const exact = String(value) === text && (!Number.isInteger(value) || Number.isSafeInteger(value))
  return exact && Number.isFinite(value) ? value : text
}

/** Microseconds to ISO 8601 in UTC; null stays. */
export function isoOf(us: unknown): string | null {
  if (us === null || us === undefined) return null
  const value = Number(us)
  const ms = Math.floor(value / 1000)
  const rest = value - ms * 1000
  const iso = new Date(ms).toISOString()
  return rest === 0 ? iso : `${iso.slice(0, -1)}${String(rest).padStart(3, '0')}Z`
}

/**
 * What texts of a column are ordered by where they count alike: plain numbers first, by number, then texts, as SQLite does. For
 * statements that are grouped by that column.
 */
export function valueOrder(column: CopyColumn): string[] {
  const text = stored(column)
  if (column.number === undefined) return [text]
  const number = `any(ifNull(${quoteIdentifier(column.number)}, 0))`
  return [`(toString(${number}) != ${text})`, number, text]
}
