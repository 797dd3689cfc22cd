import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import type { RowCondition } from '../predicate/compileSqlite.ts'
import type { DatasetHandle } from './datasetFiles.ts'
import { narrowedCondition, type RowFilter } from './rowView.ts'
import type { CountedPairs, RarePair, Seen } from './segments/countPairsOfEnds.ts'
import { BETWEEN, COLUMNS_MAX, NOTHING, type EndColumns } from './segments/endReader.ts'

/** SQLite joins at most 64 tables. */
const PARTS_MAX = 60
/** In larger datasets times are not told: telling them costs sorting the rows once more. */
const TIMED_ROWS_MAX = 200_000

export type PairQuestion = {
  from: EndColumns
  to: EndColumns
  /** Columns of numbers of bytes that are added up: groups of which each row has one. */
  bytes: readonly (readonly Column[])[]
  /** The axis of time, in microseconds; null: times are not asked for. */
  axis: { start: number; size: number } | null
  /** Only rows whose first cell that is not empty here is one of the words, in any case. */
  only?: { columns: readonly Column[]; words: readonly string[] } | null
  /** Pairs that are told by themselves, those of most rows. */
  most: number
}

type PairLine = Omit<Seen, 'times'> & { a: string; b: string; times: string | null }
type Bound = RowCondition['values'] & { words?: string; start?: number; size?: number }

/**
 * As countPairsOfEnds, counted by SQLite: for files without segments and questions that match very many rows. Minutes for
 * millions of pairs, but on the disk. Rare pairs are told as one. AppError 'cancelled', 'too-large', 'invalid-input'.
 */
export function pairsBySqlite(handle: DatasetHandle, filter: RowFilter, question: PairQuestion): CountedPairs {
  const { axis, only, most } = question
  const condition = narrowedCondition(handle, filter)
  const columns = [...question.from, ...question.to, ...question.bytes, only?.columns ?? []].flat()
  const joins = joinsOf(columns)
  const [a, b] = [valueOf(handle, question.from), valueOf(handle, question.to)]
  const values: Bound = { ...condition.values, ...(axis ?? {}) }
  // Rows without one of the ends are most of a log of many kinds of events: they are not sorted.
  const where = ['keep_going()', `${a} IS NOT NULL`, `${b} IS NOT NULL`, condition.text]
  if (only) {
    where.push(`lower(${valueOf(handle, [only.columns])}) IN (SELECT value FROM json_each(@words))`)
    values.words = JSON.stringify(only.words.map((word) => word.toLowerCase()))
  }
  const rows = `FROM rows${joins} WHERE ${where.join(' AND ')}`
  const told = `count(*) AS count, CAST(${bytesOf(question.bytes)} AS INTEGER) AS bytes, min(_time) AS first, max(_time) AS last`
  const sql =
    axis && handle.rows <= TIMED_ROWS_MAX
      ? `SELECT a, b, sum(count) AS count, CAST(sum(bytes) AS INTEGER) AS bytes, min(first) AS first, max(last) AS last,
           group_concat(CASE WHEN k >= 0 THEN k || ':' || count END) AS times
         FROM (SELECT ${a} AS a, ${b} AS b, CAST((_time - @start) / @size AS INTEGER) AS k, ${told} ${rows} GROUP BY 1, 2, 3) GROUP BY a, b`
      : `SELECT ${a} AS a, ${b} AS b, ${told}, NULL AS times ${rows} GROUP BY 1, 2`
  const found: CountedPairs = { pairs: [], rare: [], others: { from: 0, to: 0 } }
  const rare: RarePair = { from: null, to: null, pairs: 0, count: 0, bytes: null, first: null, last: null, times: [] }
  let looked = 0
  for (const line of handle.db.prepare<[Bound], PairLine>(`${sql} ORDER BY count DESC, a, b`).iterate(values)) {
    if ((looked++ & 1_023) === 0) handle.goOn()
    const { a: from, b: to, times, ...seen } = line
    if (looked <= most) found.pairs.push({ from, to, ...seen, times: timesOf(times) })
    else {
      rare.pairs++
      rare.count += seen.count
      if (seen.bytes !== null) rare.bytes = (rare.bytes ?? 0) + seen.bytes
      if (seen.first !== null) rare.first = Math.min(rare.first ?? Infinity, seen.first)
      if (seen.last !== null) rare.last = Math.max(rare.last ?? -Infinity, seen.last)
    }
  }
  // How many values the rare pairs have is not counted here: one at least.
  return rare.pairs === 0 ? found : { ...found, rare: [rare], others: { from: 1, to: 1 } }
}

/** As countValuesOfEnd, counted by SQLite. AppError 'cancelled', 'too-large'. */
export function valuesBySqlite(
  handle: DatasetHandle,
  filter: RowFilter,
  end: EndColumns,
  most: number,
): { value: string; rows: number; first: number | null; last: number | null }[] {
  const condition = narrowedCondition(handle, filter)
  return handle.db
    .prepare<[RowCondition['values']], { value: string; rows: number; first: number | null; last: number | null }>(
      `SELECT value, rows, first, last FROM (SELECT ${valueOf(handle, end)} AS value, count(*) AS rows, min(_time) AS first, max(_time) AS last
       FROM rows${joinsOf(end.flat())} WHERE keep_going() AND ${condition.text} GROUP BY 1) WHERE value IS NOT NULL ORDER BY rows DESC, value LIMIT ${Math.floor(most)}`,
    )
    .all(condition.values)
}

function joinsOf(columns: readonly Column[]): string {
  const parts = [...new Set(columns.map(({ position }) => partOf(position)))].filter((part) => part > 0)
  if (parts.length > PARTS_MAX)
    throw new AppError('too-large', `The columns of this map lie in over ${PARTS_MAX} tables.`)
  return parts.map((part) => ` JOIN ${partTable(part)} USING (_row)`).join('')
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
