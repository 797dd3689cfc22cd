import type { Column } from '#contract/datasets'
import { instantsOf, numberOf, type Instants } from './bounds.ts'
import { cidrOf, ipv4Ends } from './cidr.ts'
import { cellTest, isNumeric, mayBeInNumber, type StoredCell } from './cellTest.ts'
import { columnsOf, meansRowTime } from './fieldColumns.ts'
import { asciiLower, foldsAsAscii } from './fold.ts'
import { checkPredicate } from './limits.ts'
import type { Bound, Predicate, Test } from './predicate.ts'
import { inBothNotations } from './processIds.ts'
import { requiredText } from './requiredText.ts'
import { markTest, type MarkTest } from './rowTagTest.ts'

/** What segments and pages of a dataset file can be asked, and in between what SQLite is asked. Finds the rows of compileSqlite. */
export type SegmentPlan =
  | { op: 'all' | 'none' }
  | { op: 'and' | 'or'; parts: readonly SegmentPlan[] }
  | { op: 'not'; part: SegmentPlan }
  /** Columns with few distinct values: the test is asked once for each. */
  | { op: 'codes'; column: Column; test(cell: StoredCell): boolean }
  /** Both ends are bounds of their own kind; null leaves one open. No number is in no range. */
  | { op: 'numbers'; column: Column; from: NumberBound | null; to: NumberBound | null }
  /** Whole numbers whose decimal text holds the text. */
  | { op: 'digits'; column: Column; text: string }
  | ({ op: 'instants'; column: string } & Instants)
  /** Texts of cells, read from the pages of the row tables. */
  | { op: 'pages'; look: Look; columns: readonly Column[]; otherwise: SqliteTest }
  | ({ op: 'sqlite' } & SqliteTest)
  /** Tags and annotations, which stand in the workspace. */
  | { op: 'marks'; mark: MarkTest }

export type NumberBound = { value: number; inclusive: boolean }
/** A test of some columns; `named`: the query named the field. */
export type SqliteTest = { test: Test; columns: readonly Column[]; named: boolean }
export type Look =
  | { kind: 'holds' | 'is'; text: string }
  /** `*` and `?`, over the whole cell. */
  | { kind: 'fits'; pattern: string }
  | { kind: 'filled' | 'empty' }
  /** Of IPv4 addresses these; what may be an address otherwise is asked of SQLite. */
  | { kind: 'network'; low: number; high: number }

export type SegmentLayout = {
  columns: readonly Column[]
  timeColumn: string | null
  /** Columns with codes for every row. */
  hasCodes(column: Column): boolean
  /** Columns whose numbers stand in segments: whole ones, others too, or with texts between them; null for none. */
  numbers(column: Column): 'whole' | 'real' | 'mixed' | null
  hasInstants(column: string): boolean
}

/** Patterns are matched letter by letter: longer ones and more stars go to SQLite, which has another way for them. */
const PATTERN_MAX = 64
const STARS_MAX = 3

/** Compiles a predicate for the segments and pages of a dataset file. AppError as compileSqlite. */
export function compileSegments(predicate: Predicate, layout: SegmentLayout): SegmentPlan {
  checkPredicate(predicate)
  return planOf(inBothNotations(predicate, layout), layout)
}

function planOf(predicate: Predicate, layout: SegmentLayout): SegmentPlan {
  switch (predicate.op) {
    case 'all':
      return predicate
    case 'and':
    case 'or': {
      const parts = predicate.parts.map((part) => planOf(part, layout))
      return predicate.op === 'and' ? allOf(parts) : anyOf(parts)
    }
    case 'not': {
      const part = planOf(predicate.part, layout)
      return part.op === 'all' ? { op: 'none' } : part.op === 'none' ? { op: 'all' } : { op: 'not', part }
    }
    case 'time': {
      const last = predicate.to === null ? null : predicate.to - 1
      return rowTime({ first: predicate.from, last }, layout) ?? { op: 'none' }
    }
    case 'match': {
      const { field, test } = predicate
      if (test.kind === 'range' && field !== null && meansRowTime(field, layout)) {
        const range = instantsOf(test.from, test.to)
        const plan = range && rowTime(range, layout)
        if (plan) return plan
        if (range) return { op: 'none' }
      }
      const mark = field === null ? null : markTest(field, test, layout.columns)
      if (mark) return { op: 'marks', mark }
      const columns = field === null ? layout.columns : columnsOf(field, layout)
      return onColumns(test, columns, field !== null, layout)
    }
  }
}

const rowTime = (range: Instants, { timeColumn, hasInstants }: SegmentLayout): SegmentPlan | null =>
  timeColumn === null
    ? null
    : hasInstants(timeColumn)
      ? { op: 'instants', column: timeColumn, ...range }
      : { op: 'sqlite', test: timeTest(range), columns: [], named: true }

/** Instants have no test of their own in a predicate: a range with no columns stands for the time of the row. */
const timeTest = ({ first, last }: Instants): Test => ({
  kind: 'range',
  from: first === null ? null : { text: String(first), inclusive: true },
  to: last === null ? null : { text: String(last), inclusive: true },
})

function onColumns(test: Test, columns: readonly Column[], named: boolean, layout: SegmentLayout): SegmentPlan {
  const parts: SegmentPlan[] = []
  const inPages: Column[] = []
  const left: Column[] = []
  const look = lookOf(test, named)
  const coded = columns.filter(layout.hasCodes)
  // A word in any cell is found fastest in the pages, whatever else some columns have.
  const together = !named && look?.kind === 'holds' && columns.some((c) => !isNumeric(c) && !layout.hasCodes(c))
  for (const column of columns) {
    if (coded.includes(column) && !(together && !isNumeric(column))) {
      parts.push({ op: 'codes', column, test: cellTest(test, named) })
      continue
    }
    const own = isNumeric(column) ? onNumbers(test, column, layout, look) : onTexts(test, column, layout, look)
    if (own === 'pages') inPages.push(column)
    else if (own === 'sqlite') left.push(column)
    else parts.push(own)
  }
  if (inPages.length > 0 && look) parts.push(onPages(look, test, inPages, named))
  if (left.length > 0) parts.push({ op: 'sqlite', test, columns: left, named })
  return anyOf(parts)
}

type Own = SegmentPlan | 'pages' | 'sqlite'

function onTexts(test: Test, column: Column, layout: SegmentLayout, look: Look | null): Own {
  // A cell of a time column may hold a text that is no time, which is in no range of times, not even in the open one.
  const range = test.kind === 'range' && column.type === 'time' ? instantsOf(test.from, test.to) : null
  if (range) return layout.hasInstants(column.name) ? { op: 'instants', column: column.name, ...range } : 'sqlite'
  return look ? 'pages' : 'sqlite'
}

function onNumbers(test: Test, column: Column, layout: SegmentLayout, look: Look | null): Own {
  const kept = layout.numbers(column)
  if (test.kind === 'exists' || (test.kind === 'equals' && test.text === '')) return 'pages'
  if (test.kind === 'range') {
    const bounds = [test.from, test.to].filter((bound) => bound !== null)
    if (bounds.length === 0) return 'pages'
    if (kept === null || bounds.some((bound) => numberOf(bound.text) === null)) return 'sqlite'
    return { op: 'numbers', column, from: numberBound(test.from), to: numberBound(test.to) }
  }
  // Texts between the numbers stand in the pages; a number is not found by what none is written with.
  const letters = wantedOf(test)
  if (test.kind === 'cidr') return kept === 'whole' || kept === 'real' ? { op: 'none' } : 'pages'
  if (kept === null || kept === 'mixed') return look && letters !== null && !mayBeInNumber(letters) ? 'pages' : 'sqlite'
  // From here on every cell is a number.
  if (test.kind === 'equals') {
    const value = Number(test.text)
    if (!mayBeInNumber(test.text)) return { op: 'none' }
    // As a number is written in one case only where it has an exponent, others are not as they would be written.
    if (String(value) !== asciiLower(test.text)) return { op: 'none' }
    const bound = { value, inclusive: true }
    return { op: 'numbers', column, from: bound, to: bound }
  }
  if (test.kind === 'contains') {
    if (!mayBeInNumber(test.text)) return { op: 'none' }
    return kept === 'whole' ? { op: 'digits', column, text: test.text } : 'sqlite'
  }
  if (test.kind === 'wildcard') return mayBeInNumber(letters ?? '') ? 'sqlite' : { op: 'none' }
  return 'sqlite'
}

/** The letters that a cell must have. */
const wantedOf = (test: Test): string | null =>
  test.kind === 'wildcard' ? test.pattern.replace(/[*?]/g, '') : 'text' in test ? test.text : null

const numberBound = (bound: Bound | null): NumberBound | null =>
  bound && { value: numberOf(bound.text) ?? 0, inclusive: bound.inclusive }

/** How a test is asked of texts in pages; null where it cannot be. */
function lookOf(test: Test, named: boolean): Look | null {
  switch (test.kind) {
    case 'exists':
      return { kind: 'filled' }
    case 'contains':
      return foldsAsAscii(test.text) ? { kind: 'holds', text: asciiLower(test.text) } : roughly(test.text, true)
    case 'equals':
      if (test.text === '') return { kind: 'empty' }
      return foldsAsAscii(test.text) ? { kind: 'is', text: asciiLower(test.text) } : roughly(test.text, false)
    case 'wildcard': {
      const { pattern } = test
      const stars = pattern.split('*').length - 1
      if (pattern.length > PATTERN_MAX || stars > STARS_MAX || !foldsAsAscii(pattern)) return null
      return { kind: 'fits', pattern: (named ? asciiLower(pattern) : `*${asciiLower(pattern)}*`).replace(/\*+/g, '*') }
    }
    case 'range':
      return test.from || test.to ? null : { kind: 'filled' }
    case 'regex': {
      const pattern = requiredText(test.source)
      return pattern === null ? null : { kind: 'fits', pattern }
    }
    case 'cidr': {
      const network = cidrOf(test.network)
      return network && { kind: 'network', ...(ipv4Ends(network) ?? { low: 1, high: 0 }) }
    }
  }
}

/** Letters that have cases beyond ASCII are left open: what is found so has to be looked at again. */
function roughly(text: string, inside: boolean): Look | null {
  if (text.length > PATTERN_MAX || /[*?]/.test(text)) return null
  const open = [...text].map((letter) => (letter > '\u007f' ? '?' : asciiLower(letter))).join('')
  if (!/[^?]{2}/.test(open)) return null
  return { kind: 'fits', pattern: inside ? `*${open}*` : open }
}

function onPages(look: Look, test: Test, columns: readonly Column[], named: boolean): SegmentPlan {
  const otherwise = { test, columns, named }
  const plan: SegmentPlan = { op: 'pages', look, columns, otherwise }
  const rough = look.kind === 'fits' && test.kind !== 'wildcard'
  return rough ? { op: 'and', parts: [plan, { op: 'sqlite', ...otherwise }] } : plan
}

function allOf(parts: readonly SegmentPlan[]): SegmentPlan {
  if (parts.some(({ op }) => op === 'none')) return { op: 'none' }
  return several(
    'and',
    parts.filter(({ op }) => op !== 'all'),
  )
}
function anyOf(parts: readonly SegmentPlan[]): SegmentPlan {
  if (parts.some(({ op }) => op === 'all')) return { op: 'all' }
  return several(
    'or',
    parts.filter(({ op }) => op !== 'none'),
  )
}
function several(op: 'and' | 'or', parts: readonly SegmentPlan[]): SegmentPlan {
  const [only] = parts
  if (!only) return { op: op === 'and' ? 'all' : 'none' }
  return parts.length === 1 ? only : { op, parts: parts.toSorted((a, b) => costOf(a) - costOf(b)) }
}

/** What a plan costs at least that asks SQLite. */
export const SQLITE_COST = 1_000

/** What costs least is asked first; the others then look at fewer rows. */
export function costOf(plan: SegmentPlan): number {
  switch (plan.op) {
    case 'all':
    case 'none':
      return 0
    case 'codes':
    case 'numbers':
    case 'instants':
      return 1
    case 'digits':
      return 10
    case 'marks':
      return 30
    case 'pages':
      return 50
    case 'sqlite':
      return SQLITE_COST
    case 'not':
      return costOf(plan.part)
    case 'and':
    case 'or':
      return plan.parts.reduce((sum, part) => sum + costOf(part), 0)
  }
}
