import { HEXADECIMAL, instantsOf, NUMBER, numberOf, type Instants } from './bounds.ts'
import { ADDRESS, cidrEnds, cidrOf } from './cidr.ts'
import { cellOf, type Cell, type ClickhouseColumn } from './clickhouseCell.ts'
import { allOf, anyOf, combine } from './combine.ts'
import { columnsOf, meansRowTime, type Layout } from './fieldColumns.ts'
import { asciiLower, foldsAsAscii, inAnyCase } from './fold.ts'
import { checkPredicate, checkSize, SQL_MAX } from './limits.ts'
import type { Bound, Predicate, Test } from './predicate.ts'
import { inBothNotations } from './processIds.ts'
import { markTest, type MarkTest } from './rowTagTest.ts'
import { wildcardRegex } from './wildcard.ts'

/** A WHERE text with the values of its parameters, {p0:String} and so on. Text '1' when every row matches. */
export type ClickhouseCondition = { text: string; params: Record<string, string | number | readonly number[]> }

export type ClickhouseOptions = {
  /** What the names of parameters begin with, where several conditions stand in one statement. */
  prefix?: string
  /** Tags and notes of rows are not on the server: rows that have a mark, by the column that numbers rows. Without it there are none. */
  marks?: { row: string; rows(mark: MarkTest): { rows: readonly number[]; inside: boolean } }
}

/** Row numbers of one parameter: the server takes 128 KiB in a field of a form. */
const ROWS_A_PARAMETER = 10_000

/**
 * Settings under which the condition finds exactly the rows of compileSqlite: without it ClickHouse may read a decimal text
 * one unit in the last place beside the nearest double. Only ranges over text columns without numbers beside them need it.
 */
export const EXACT_SETTINGS = { precise_float_parsing: 1 } as const

/**
 * Compiles a predicate for a table whose columns the caller names; a field of the query finds nothing but these. Names are
 * quoted, every value is a parameter, each leaf is 0 or 1 and never NULL. Uses no index by text, since any case must match.
 * AppError 'invalid-input' for an unknown column, with its position, and for what cannot be read; 'too-large' over a limit.
 */
export function compileClickhouse(
  predicate: Predicate,
  table: Layout<ClickhouseColumn>,
  { prefix = 'p', marks }: ClickhouseOptions = {},
): ClickhouseCondition {
  checkPredicate(predicate)
  const names = new Map<string, string>()
  const params: ClickhouseCondition['params'] = {}
  const bind: Bind = (value, type = 'String') => {
    const key = `${type} ${typeof value === 'object' ? names.size : value}`
    const name = names.get(key) ?? `${prefix}${names.size}`
    names.set(key, name)
    params[name] = value
    return `{${name}:${type}}`
  }
  const rowTime = table.columns.find((column) => column.name === table.timeColumn)
  const onRowTime = (range: Instants): string => (rowTime ? instants(cellOf(rowTime), range, bind) : '0')
  const text = combine(inBothNotations(predicate, table), {
    time: (from, to) => onRowTime({ first: from, last: to === null ? null : to - 1 }),
    match(field, test) {
      if (test.kind === 'range' && field !== null && meansRowTime(field, table)) {
        const range = instantsOf(test.from, test.to)
        if (range) return onRowTime(range)
      }
      const mark = field === null || !marks ? null : markTest(field, test, table.columns)
      if (mark && marks) return onMarked(marks.row, marks.rows(mark), bind)
      const looked = field === null ? table.columns : columnsOf(field, table)
      return anyOf(looked.map((column) => onCell(test, cellOf(column), field !== null, bind)))
    },
  })
  checkSize(text, SQL_MAX.clickhouse)
  return { text, params }
}

type Bind = (value: string | number | readonly number[], type?: string) => string

function onMarked(row: string, { rows, inside }: { rows: readonly number[]; inside: boolean }, bind: Bind): string {
  const pieces = Array.from({ length: Math.ceil(rows.length / ROWS_A_PARAMETER) }, (_, n) =>
    rows.slice(n * ROWS_A_PARAMETER, (n + 1) * ROWS_A_PARAMETER),
  )
  const found = anyOf(pieces.map((piece) => `${row} IN (${bind(piece, 'Array(UInt32)')})`))
  return inside ? found : `NOT (${found})`
}

function onCell(test: Test, cell: Cell, named: boolean, bind: Bind): string {
  switch (test.kind) {
    case 'exists':
      return cell.exists
    case 'contains':
      if (!foldsAsAscii(test.text)) return matches(cell, `(?-i)${inAnyCase(test.text)}`, bind)
      return `positionCaseInsensitive(${cell.text}, ${bind(test.text)}) > 0`
    case 'equals':
      if (test.text === '') return `NOT ${cell.exists}`
      if (!foldsAsAscii(test.text)) return matches(cell, `^(?-i)${inAnyCase(test.text)}$`, bind)
      return `lower(${cell.text}) = ${bind(asciiLower(test.text))}`
    case 'wildcard': {
      const source = wildcardRegex(test.pattern)
      return filled(cell, matches(cell, named ? `^${source}$` : source, bind))
    }
    case 'regex':
      // ClickHouse lets . match line ends unless told otherwise.
      return filled(cell, matches(cell, `(?i-s)${test.source}`, bind))
    case 'cidr':
      return inNetwork(cell, test.network, bind)
    case 'range':
      return range(cell, test.from, test.to, bind)
  }
}

/** Patterns such as .* also find the empty text, which is an empty cell. */
const filled = (cell: Cell, condition: string): string => `(${cell.exists} AND ${condition})`
const matches = (cell: Cell, source: string, bind: Bind): string => `match(${cell.text}, ${bind(source)})`

function inNetwork(cell: Cell, network: string, bind: Bind): string {
  const cidr = cidrOf(network)
  if (cidr === null) return '0'
  const { first, last } = cidrEnds(cidr)
  const address = cell.address ?? addressIn(cell.text, bind)
  const inside = `${address} >= toIPv6(${bind(first)}) AND ${address} <= toIPv6(${bind(last)})`
  return `ifNull(${inside}, 0)`
}

/** Its one group. An IPv4 address is looked for where it lies in IPv6, which makes '' no address at all. */
function addressIn(text: string, bind: Bind): string {
  const found = `extract(${text}, ${bind(ADDRESS)})`
  return `toIPv6OrNull(concat(if(position(${found}, ':') > 0, '', '::ffff:'), ${found}))`
}

function range(cell: Cell, from: Bound | null, to: Bound | null, bind: Bind): string {
  if (cell.instant) {
    const asTimes = instantsOf(from, to)
    if (asTimes) return instants(cell, asTimes, bind)
  }
  const bounds = [from, to].filter((bound) => bound !== null)
  if (bounds.length === 0) return cell.exists
  const numeric = bounds.every((bound) => numberOf(bound.text) !== null)
  const text = `toFloat64OrNull(${cell.text})`
  const value = numeric
    ? (cell.number ??
      `multiIf(match(${cell.text}, ${bind(NUMBER)}) AND isFinite(${text}), ${text}, match(${cell.text}, ${bind(HEXADECIMAL)}), ${hexadecimal(cell.text)}, NULL)`)
    : `lower(${cell.text})`
  const compare = (sign: string, bound: Bound): string =>
    `${value} ${sign}${bound.inclusive ? '=' : ''} ${numeric ? bindNumber(numberOf(bound.text) ?? 0, bind) : bind(asciiLower(bound.text))}`
  const inside = allOf([...(from ? [compare('>', from)] : []), ...(to ? [compare('<', to)] : [])])
  return numeric ? `ifNull(${inside}, 0)` : filled(cell, inside)
}

const hexadecimal = (text: string): string =>
  `toFloat64(reinterpretAsUInt64(reverse(unhex(leftPad(substring(${text}, 3), 16, '0')))))`

/** As the bits of a double: a decimal text might be read as the double beside it. */
function bindNumber(value: number, bind: Bind): string {
  if (Number.isSafeInteger(value)) return bind(value, 'Int64')
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  return `reinterpretAsFloat64(${bind(String(bits.getBigUint64(0)), 'UInt64')})`
}

/** Never NULL. */
function instants(cell: Cell, { first, last }: Instants, bind: Bind): string {
  const { instant } = cell
  if (!instant) return '0'
  const { column, unit, least, most, literal } = instant
  if (first === null && last === null) return `isNotNull(${column})`
  // Whole units inside the range; what the type cannot hold is not there.
  const from = first === null ? null : Math.max(least, Math.ceil(first / unit))
  const to = last === null ? null : Math.min(most, Math.floor(last / unit))
  if ((from !== null && from > most) || (to !== null && to < least)) return '0'
  const parts = [
    ...(from === null ? [] : [`${column} >= ${literal((type) => bind(from, type))}`]),
    ...(to === null ? [] : [`${column} <= ${literal((type) => bind(to, type))}`]),
  ]
  return `ifNull(${allOf(parts)}, 0)`
}
