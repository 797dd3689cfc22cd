import type { Column } from '#contract/datasets'
import { instantColumn, partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import { instantsOf, numberOf, type Instants } from './bounds.ts'
import { allOf, anyOf, combine } from './combine.ts'
import { columnsOf, meansRowTime } from './fieldColumns.ts'
import { asciiLower, foldsAsAscii, inAnyCase } from './fold.ts'
import { checkPredicate, checkSize, SQL_MAX } from './limits.ts'
import type { Bound, Predicate, Test } from './predicate.ts'
import { inBothNotations } from './processIds.ts'
import { markTest, type MarkTest } from './rowTagTest.ts'
import { likePattern, likeText, wildcardRegex } from './wildcard.ts'

/** A condition on `rows`, with the values of its parameters @p0 and so on. Text '1' when every row matches. */
export type RowCondition = { text: string; values: Record<string, string | number> }

export type SqliteLayout = {
  columns: readonly Column[]
  timeColumn: string | null
  /** Whether some cell holds a NUL character: LIKE reads no further. Asked only where it matters. */
  holdsNul(): boolean
}

// Between the cells of a row when every cell is searched at once; a control character that no evidence text needs.
const BETWEEN = '\u001f'
/** LIKE compares letter by letter for every place it tries: longer texts and more stars go the other ways. */
const LIKE_MAX = 64
const STARS_MAX = 3

/**
 * Compiles a predicate to a WHERE text over a dataset file. Column names are quoted, every value is bound; what SQL cannot
 * say goes through the functions that sqlite/predicateFunctions.ts and keepGoing.ts add to the connection.
 * AppError 'invalid-input' for an unknown column, with its position, and for what cannot be read; 'too-large' over a limit.
 */
export function compileSqlite(predicate: Predicate, layout: SqliteLayout): RowCondition {
  checkPredicate(predicate)
  const values: RowCondition['values'] = {}
  const names = new Map<string | number, string>()
  const bind: Bind = (value) => {
    const name = names.get(value) ?? `p${names.size}`
    names.set(value, name)
    values[name] = value
    return `@${name}`
  }
  const text = combine(inBothNotations(predicate, layout), {
    time: (from, to) => instants('_time', { first: from, last: to === null ? null : to - 1 }, bind),
    /** A NULL cell makes a comparison NULL, and NOT NULL is not true: so what is not found counts as false. */
    match(field, test) {
      if (test.kind === 'range' && field !== null && meansRowTime(field, layout)) {
        const range = instantsOf(test.from, test.to)
        if (range) return instants('_time', range, bind)
      }
      const mark = field === null ? null : markTest(field, test, layout.columns)
      if (mark) return onMarks(mark, bind)
      const looked = field === null ? [...layout.columns] : columnsOf(field, layout)
      const found = byPart(looked).map(({ part, columns }) => {
        const inPart = onColumns(test, columns, field !== null, layout, bind)
        // SQLite works a sub-question out once, as a scan of its own, which has to be stopped as well.
        return part === 0 ? inPart : `_row IN (SELECT _row FROM ${partTable(part)} WHERE keep_going() AND ${inPart})`
      })
      return `coalesce(${anyOf(found)}, 0)`
    },
  })
  checkSize(text, SQL_MAX.sqlite)
  return { text, values }
}

/** What analysts said about rows stands in the workspace; the connection knows it (predicateFunctions.ts). */
function onMarks(mark: MarkTest, bind: Bind): string {
  if (mark.about === 'note')
    return mark.id === null ? `has_note(_row) = ${mark.noted ? 1 : 0}` : `in_note(_row, ${bind(mark.id)}) = 1`
  return anyOf(mark.tags.map((tag) => (tag === null ? 'row_tag(_row) IS NULL' : `row_tag(_row) IS ${bind(tag)}`)))
}

/**
 * The condition of one test on some columns, for a statement that looks at few rows: parts of a row are looked up by it. Without
 * columns a range is one of instants, in microseconds, of the time of the row.
 */
export function compileTest(
  { test, columns, named }: { test: Test; columns: readonly Column[]; named: boolean },
  layout: SqliteLayout,
): RowCondition {
  const values: RowCondition['values'] = {}
  let bound = 0
  const bind: Bind = (value) => {
    const name = `p${bound++}`
    values[name] = value
    return `@${name}`
  }
  if (columns.length === 0 && test.kind === 'range') {
    const [first, last] = [test.from, test.to].map((end) => (end ? Number(end.text) : null))
    return { text: instants('_time', { first: first ?? null, last: last ?? null }, bind), values }
  }
  const found = byPart(columns).map(({ part, columns: inPart }) => {
    const text = onColumns(test, inPart, named, layout, bind)
    const table = partTable(part)
    return part === 0 ? text : `EXISTS (SELECT 1 FROM ${table} WHERE ${table}._row = rows._row AND ${text})`
  })
  const text = `coalesce(${anyOf(found)}, 0)`
  checkSize(text, SQL_MAX.sqlite)
  return { text, values }
}

/** The parameter for a value; the same one for the same value. */
type Bind = (value: string | number) => string

function byPart(columns: readonly Column[]): { part: number; columns: Column[] }[] {
  const parts = new Map<number, Column[]>()
  for (const column of columns) {
    const part = partOf(column.position)
    parts.set(part, [...(parts.get(part) ?? []), column])
  }
  return [...parts].map(([part, inPart]) => ({ part, columns: inPart }))
}

function onColumns(test: Test, columns: readonly Column[], named: boolean, layout: SqliteLayout, bind: Bind): string {
  const cells = columns.map((column) => quoteName(column.name))
  const each = (one: (cell: string, column: Column) => string): string =>
    anyOf(columns.map((column) => one(textOf(column), column)))
  const regex = (source: string): string => `matches_regex(${bind(source)}, ${cells.join(', ')})`
  switch (test.kind) {
    case 'exists':
      return anyOf(cells.map((cell) => `${cell} IS NOT NULL`))
    case 'contains': {
      const one = (text: string): string => contains(text, test.text, layout, bind)
      return test.text.includes(BETWEEN) ? each(one) : one(joined(columns))
    }
    case 'equals':
      if (test.text === '') return anyOf(cells.map((cell) => `${cell} IS NULL`))
      return each((text) => equals(text, test.text, bind))
    case 'wildcard': {
      const source = named ? `^${wildcardRegex(test.pattern)}$` : wildcardRegex(test.pattern)
      if (!likeable(test.pattern) || layout.holdsNul()) return regex(source)
      const like = named ? likePattern(test.pattern) : `%${likePattern(test.pattern)}%`
      return each((text) => `${text} LIKE ${bind(like)} ESCAPE '\\'`)
    }
    case 'regex':
      return regex(`(?i)${test.source}`)
    case 'cidr':
      return `in_network(${bind(test.network)}, ${cells.join(', ')})`
    case 'range':
      return each((text, column) => range(text, column, test.from, test.to, layout, bind))
  }
}

/** The text of a cell as it was in the source: SQLite prints 1e-7 as 1.0e-07. */
function textOf(column: Column): string {
  const cell = quoteName(column.name)
  if (column.type === 'text' || column.type === 'time') return cell
  return `CASE typeof(${cell}) WHEN 'real' THEN number_text(${cell}) ELSE CAST(${cell} AS TEXT) END`
}

const joined = (columns: readonly Column[]): string => {
  const texts = columns.map(textOf)
  return texts.length === 1 ? (texts[0] ?? '') : `concat_ws(char(31), ${texts.join(', ')})`
}

const likeable = (pattern: string): boolean =>
  pattern.length <= LIKE_MAX && pattern.split('*').length - 1 <= STARS_MAX && foldsAsAscii(pattern)

function contains(text: string, wanted: string, layout: SqliteLayout, bind: Bind): string {
  if (!foldsAsAscii(wanted)) {
    // LIKE with one letter open is a quick first look at the ASCII around the others.
    const open = [...wanted].map((letter) => (letter > '\u007f' ? '_' : likeText(letter))).join('')
    const look =
      /[^_]/.test(open) && wanted.length <= LIKE_MAX && !layout.holdsNul()
        ? `${text} LIKE ${bind(`%${open}%`)} ESCAPE '\\' AND `
        : ''
    return `(${look}matches_regex(${bind(`(?-i)${inAnyCase(wanted)}`)}, ${text}))`
  }
  if (wanted.length > LIKE_MAX || layout.holdsNul()) return `instr(lower(${text}), ${bind(asciiLower(wanted))}) > 0`
  return `${text} LIKE ${bind(`%${likeText(wanted)}%`)} ESCAPE '\\'`
}

function equals(text: string, wanted: string, bind: Bind): string {
  if (!foldsAsAscii(wanted)) return `matches_regex(${bind(`^(?-i)${inAnyCase(wanted)}$`)}, ${text})`
  // NOCASE takes two texts that are equal up to a NUL for equal.
  if (wanted.includes('\0')) return `lower(${text}) = ${bind(asciiLower(wanted))}`
  return `${text} = ${bind(wanted)} COLLATE NOCASE`
}

function range(
  text: string,
  column: Column,
  from: Bound | null,
  to: Bound | null,
  layout: SqliteLayout,
  bind: Bind,
): string {
  if (column.type === 'time') {
    const instant = column.name === layout.timeColumn ? '_time' : quoteName(instantColumn(column.name))
    const asTimes = instantsOf(from, to)
    if (asTimes) return instants(instant, asTimes, bind)
  }
  const bounds = [from, to].filter((bound) => bound !== null)
  const cell = quoteName(column.name)
  if (bounds.length === 0) return `${cell} IS NOT NULL`
  const numeric = bounds.every((bound) => numberOf(bound.text) !== null)
  // Two native looks before the function: most texts are no numbers.
  const value = numeric
    ? `CASE WHEN typeof(${cell}) <> 'text' THEN ${cell} WHEN ${cell} GLOB '*[0-9]*' AND (${cell} NOT GLOB '*[^-+0-9.eE]*' OR ${cell} GLOB '0[xX]*') THEN number_of(${cell}) END`
    : `lower(${text})`
  const compare = (sign: string, bound: Bound): string =>
    `${value} ${sign}${bound.inclusive ? '=' : ''} ${bind(numeric ? (numberOf(bound.text) ?? 0) : asciiLower(bound.text))}`
  return allOf([...(from ? [compare('>', from)] : []), ...(to ? [compare('<', to)] : [])])
}

/** Never NULL. */
function instants(column: string, { first, last }: Instants, bind: Bind): string {
  const parts = [
    ...(first === null ? [] : [`${column} >= ${bind(first)}`]),
    ...(last === null ? [] : [`${column} <= ${bind(last)}`]),
  ]
  return parts.length === 0 ? `${column} IS NOT NULL` : `coalesce(${allOf(parts)}, 0)`
}
