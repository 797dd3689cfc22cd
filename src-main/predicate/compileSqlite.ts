import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { instantColumn, partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import { instantOf, numberOf } from './bounds.ts'
import type { Bound, Field, Predicate, Test } from './predicate.ts'

/** A condition on `rows`, with the values bound to it, in order. Text '1' when every row matches. */
export type RowCondition = { text: string; values: (string | number)[] }

// Between the cells of a row when every cell is searched at once; a control character that no evidence text needs.
const BETWEEN = 'char(31)'
/** The column of the row's own time, under the names analysts use for it. */
const ROW_TIME = ['_time', 'timestamp', 'time']

/**
 * Compiles a predicate to a WHERE text over a dataset file. Column names are quoted, every value is bound; regular
 * expressions and networks go through the functions that sqlite/predicateFunctions.ts adds to the connection.
 * AppError 'invalid-input' for an unknown column, with its position.
 */
export function compileSqlite(
  predicate: Predicate,
  columns: readonly Column[],
  timeColumn: string | null,
): RowCondition {
  const values: (string | number)[] = []
  const text = condition(predicate, { columns, timeColumn, values })
  return { text, values }
}

type Scope = { columns: readonly Column[]; timeColumn: string | null; values: (string | number)[] }

function condition(predicate: Predicate, scope: Scope): string {
  switch (predicate.op) {
    case 'all':
      return '1'
    case 'and':
    case 'or':
      return `(${predicate.parts.map((part) => condition(part, scope)).join(predicate.op === 'and' ? ' AND ' : ' OR ')})`
    case 'not':
      return `NOT ${condition(predicate.part, scope)}`
    case 'match':
      return match(predicate.field, predicate.test, scope)
  }
}

/** A NULL cell makes a comparison NULL, and NOT NULL is not true: so what is not found counts as false. */
function match(field: Field | null, test: Test, scope: Scope): string {
  if (test.kind === 'range' && field !== null && isRowTime(field, scope)) {
    const onTime = instantRange('_time', test.from, test.to, scope)
    if (onTime !== null) return `coalesce(${onTime}, 0)`
  }
  const looked = field === null ? [...scope.columns] : columnsNamed(field, scope)
  const found = byPart(looked).map(({ part, columns }) => {
    const text = onColumns(test, columns, field !== null, scope)
    return part === 0 ? text : `_row IN (SELECT _row FROM ${partTable(part)} WHERE ${text})`
  })
  return `coalesce((${found.length === 0 ? '0' : found.join(' OR ')}), 0)`
}

const isRowTime = ({ name }: Field, { columns, timeColumn }: Scope): boolean =>
  ROW_TIME.includes(name.toLowerCase()) &&
  !columns.some((column) => column.name.toLowerCase() === name.toLowerCase() && column.name !== timeColumn)

/** A column or header of that name, or else the columns that feed the field. */
function columnsNamed(field: Field, scope: Scope): Column[] {
  const wanted = field.name.toLowerCase()
  const byName = scope.columns.filter(
    ({ name, header }) => name.toLowerCase() === wanted || header.toLowerCase() === wanted,
  )
  if (byName.length > 0) return byName
  const byField = scope.columns.filter((column) => column.fields.some((known) => known === wanted))
  if (byField.length > 0 || (ROW_TIME.includes(wanted) && scope.timeColumn !== null)) {
    return byField.length > 0 ? byField : scope.columns.filter((column) => column.name === scope.timeColumn)
  }
  throw new AppError('invalid-input', `This dataset has no column or field ${field.name}, character ${field.at + 1}.`, {
    path: 'q',
    at: field.at,
    column: field.name,
  })
}

function byPart(columns: readonly Column[]): { part: number; columns: Column[] }[] {
  const parts = new Map<number, Column[]>()
  for (const column of columns) {
    const part = partOf(column.position)
    parts.set(part, [...(parts.get(part) ?? []), column])
  }
  return [...parts].map(([part, inPart]) => ({ part, columns: inPart }))
}

function onColumns(test: Test, columns: readonly Column[], named: boolean, scope: Scope): string {
  const { values } = scope
  const cells = columns.map((column) => quoteName(column.name))
  const each = (one: (cell: string, column: Column) => string): string =>
    columns.map((column, n) => one(cells[n] ?? '', column)).join(' OR ')
  const joined = cells.length === 1 ? (cells[0] ?? '') : `concat_ws(${BETWEEN}, ${cells.join(', ')})`
  const bind = (value: string | number): string => {
    values.push(value)
    return '?'
  }
  switch (test.kind) {
    case 'exists':
      return each((cell) => `${cell} IS NOT NULL`)
    case 'contains':
      return `${joined} LIKE ${bind(`%${likeText(test.text)}%`)} ESCAPE '\\'`
    case 'wildcard':
      if (stars(test.pattern) > STARS_MAX) {
        const source = regexOf(test.pattern)
        return each((cell) => `matches_regex(${bind(named ? `^(?s:${source})$` : `(?s:${source})`)}, ${cell})`)
      }
      if (!named) return `${joined} LIKE ${bind(`%${likePattern(test.pattern)}%`)} ESCAPE '\\'`
      return each((cell) => `${cell} LIKE ${bind(likePattern(test.pattern))} ESCAPE '\\'`)
    case 'equals':
      return each((cell) => `CAST(${cell} AS TEXT) = ${bind(test.text)} COLLATE NOCASE`)
    case 'regex':
      return each((cell) => `matches_regex(${bind(test.source)}, ${cell})`)
    case 'cidr':
      return each((cell) => `in_network(${bind(test.network)}, ${cell})`)
    case 'range':
      return each((cell, column) => range(cell, column, test.from, test.to, scope))
  }
}

/** LIKE tries every way to place its %: with more of them than this a long cell would take for ever. */
const STARS_MAX = 3
const stars = (pattern: string): number => pattern.split('*').length - 1
const regexOf = (pattern: string): string =>
  pattern
    .replace(/[.+^$()|[\]\\{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')

const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
const likePattern = (pattern: string): string => likeText(pattern).replaceAll('*', '%').replaceAll('?', '_')

function range(cell: string, column: Column, from: Bound | null, to: Bound | null, scope: Scope): string {
  if (column.type === 'time') {
    const instant = column.name === scope.timeColumn ? '_time' : quoteName(instantColumn(column.name))
    const onTime = instantRange(instant, from, to, scope)
    if (onTime !== null) return onTime
  }
  const bounds = [from, to].filter((bound) => bound !== null)
  const numeric = bounds.every((bound) => numberOf(bound.text) !== null)
  const value = numeric
    ? `CASE WHEN typeof(${cell}) <> 'text' THEN ${cell} WHEN ${cell} GLOB '*[0-9]*' AND ${cell} NOT GLOB '*[^-+0-9.eE]*' THEN CAST(${cell} AS REAL) END`
    : `${cell} COLLATE NOCASE`
  const parts: string[] = []
  const add = (sign: string, bound: Bound): void => {
    scope.values.push(numeric ? (numberOf(bound.text) ?? 0) : bound.text)
    parts.push(`${value} ${sign}${bound.inclusive ? '=' : ''} ?`)
  }
  if (from) add('>', from)
  if (to) add('<', to)
  return parts.length === 0 ? `${cell} IS NOT NULL` : `(${parts.join(' AND ')})`
}

/** A date as a bound is the whole day: from its first microsecond, to its last. Null when a bound is no time. */
function instantRange(instant: string, from: Bound | null, to: Bound | null, scope: Scope): string | null {
  const start = from && instantOf(from.text)
  const end = to && instantOf(to.text)
  if ((from && !start) || (to && !end)) return null
  const parts: string[] = []
  if (from && start) {
    scope.values.push(from.inclusive ? start.first : start.last)
    parts.push(`${instant} ${from.inclusive ? '>=' : '>'} ?`)
  }
  if (to && end) {
    scope.values.push(to.inclusive ? end.last : end.first)
    parts.push(`${instant} ${to.inclusive ? '<=' : '<'} ?`)
  }
  return parts.length === 0 ? `${instant} IS NOT NULL` : `(${parts.join(' AND ')})`
}
