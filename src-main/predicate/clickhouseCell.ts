/** A column that a filter may name. `type` as `system.columns` says it. */
export type ClickhouseColumn = {
  name: string
  /** What the analyst may call it as well; the name where there is nothing else. */
  header: string
  /** Canonical fields it feeds. */
  fields: readonly string[]
  type: string
  /** What it is called in the table, where that is another name. */
  stored?: string
  /** A column beside it with the same cells as numbers, NULL where they are none. */
  number?: string
  /** A column beside it with the same cells as Int64 microseconds since 1970 UTC, NULL where they are no time. */
  instant?: string
}

/** Expressions for one cell. */
export type Cell = {
  /** String, '' where the cell is empty. */
  text: string
  exists: string
  /** A number, or NULL; null where it has to be read from the text. */
  number: string | null
  /** IPv6, or NULL; null where it has to be read from the text. */
  address: string | null
  instant: Instant | null
}

/** A column of instants: its value counts `unit` microseconds and lies between `least` and `most`. */
export type Instant = {
  column: string
  unit: number
  least: number
  most: number
  literal(bind: (type: string) => string): string
}

/** Backslash is special inside quoted names too. */
export const quoteIdentifier = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&').replaceAll('\0', '\\0')}\``

const SECOND = 1_000_000
const DAY = 86_400 * SECOND
const NUMBER_TYPE = /^(?:U?Int(?:8|16|32|64|128|256)|B?Float(?:16|32|64)|Decimal(?:32|64|128|256)?(?:\(.*\))?)$/

/** How to read a column of any type. Unknown types are searched as the text that ClickHouse prints. */
export function cellOf(column: ClickhouseColumn): Cell {
  const { type, nullable } = bareType(column.type)
  const name = quoteIdentifier(column.stored ?? column.name)
  const plain = nullable ? (text: string): string => `ifNull(${text}, '')` : (text: string): string => text
  const number = column.number === undefined ? null : quoteIdentifier(column.number)
  const instant = column.instant === undefined ? null : microseconds(quoteIdentifier(column.instant))
  if (type === 'String' || type.startsWith('FixedString')) {
    // A FixedString is filled up with NUL characters.
    const text = plain(type === 'String' ? name : `toStringCutToZero(${name})`)
    return { text, exists: `(${text} != '')`, number, address: null, instant }
  }
  const cell: Cell = {
    text: plain(`toString(${name})`),
    exists: nullable ? `isNotNull(${name})` : '1',
    number,
    address: null,
    instant,
  }
  if (NUMBER_TYPE.test(type)) return { ...cell, number: number ?? name }
  if (type === 'IPv4' || type === 'IPv6') {
    // An IPv4 address inside IPv6 is shown and searched plainly.
    const text =
      type === 'IPv4' ? cell.text : plain(`replaceRegexpOne(toString(${name}), '^::ffff:([0-9.]+)$', '\\\\1')`)
    return { ...cell, text, address: `toIPv6(${name})` }
  }
  const time = instant ?? timeOf(type, name)
  if (time === null) return cell
  // Without a zone the text would hang on the zone of the server.
  const text = type.startsWith('DateTime') ? plain(`toString(${name}, 'UTC')`) : cell.text
  return { ...cell, text, instant: time }
}

function bareType(type: string): { type: string; nullable: boolean } {
  const inner = /^(?:LowCardinality\((.*)\)|Nullable\((.*)\)|SimpleAggregateFunction\(\w+, (.*)\))$/s.exec(type)
  if (!inner) return { type, nullable: false }
  const [, low, maybe, state] = inner
  const bare = bareType(low ?? maybe ?? state ?? '')
  return { type: bare.type, nullable: bare.nullable || maybe !== undefined }
}

const microseconds = (column: string): Instant => ({
  column,
  unit: 1,
  least: Number.MIN_SAFE_INTEGER,
  most: Number.MAX_SAFE_INTEGER,
  literal: (bind) => bind('Int64'),
})

function timeOf(type: string, column: string): Instant | null {
  if (type.startsWith('DateTime64')) {
    // Years 1900 to 2299; a comparison may be between different precisions.
    const [least, most] = [-2_208_988_800 * SECOND, 10_413_792_000 * SECOND - 1]
    return { column, unit: 1, least, most, literal: (bind) => `fromUnixTimestamp64Micro(${bind('Int64')})` }
  }
  if (type.startsWith('DateTime'))
    return { column, unit: SECOND, least: 0, most: 2 ** 32 - 1, literal: (bind) => `toDateTime(${bind('UInt32')})` }
  if (type === 'Date')
    return { column, unit: DAY, least: 0, most: 65_535, literal: (bind) => `toDate(${bind('UInt16')})` }
  if (type === 'Date32')
    return { column, unit: DAY, least: -25_567, most: 120_529, literal: (bind) => `toDate32(${bind('Int32')})` }
  return null
}
