import type { RowsPage } from '#contract/rows'
import {
  ask,
  cellIn,
  columnNamed,
  conditionOf,
  isoOf,
  sortKeys,
  stored,
  type AskedCopy,
  type Filter,
  type Sort,
} from './askCopy.ts'
import { ROW, TIME, type CopyColumn } from './copyLayout.ts'

/** Columns sent when none are named, and characters of a cell, as in pages of the dataset itself. */
const COLUMNS_DEFAULT = 60
const CELL_MAX = 4_096

type View = Filter & { sort?: Sort | undefined }

/** How many rows match. */
export async function count(copy: AskedCopy, filter: Filter): Promise<number> {
  const { text, params } = await conditionOf(copy, filter)
  const [line] = await ask(copy, `SELECT count() FROM ${copy.table} WHERE ${text}`, params, 1)
  return Number(line?.[0] ?? 0)
}

/** A page of a view. Row numbers first and their cells then: sorting need not carry cells. */
export async function page(
  copy: AskedCopy,
  question: View & { columns?: string[] | undefined; limit: number; offset: number },
): Promise<RowsPage> {
  const { limit, offset } = question
  const wanted =
    question.columns?.map((name) => columnNamed(copy, name)) ?? copy.layout.columns.slice(0, COLUMNS_DEFAULT)
  const { text, params } = await conditionOf(copy, question)
  const order = sortKeys(copy, question.sort).map(({ key, descending }) => `${key} ${descending ? 'DESC' : 'ASC'}`)
  const [total, lines] = await Promise.all([
    count(copy, question),
    ask(
      copy,
      `SELECT ${ROW} FROM ${copy.table} WHERE ${text} ORDER BY ${order.join(', ')} LIMIT {limit:UInt64} OFFSET {offset:UInt64}`,
      { ...params, limit, offset },
      limit,
    ),
  ])
  const rows = lines.map(([row]) => Number(row))
  return { total, counted: true, offset, rows, ...(await cellsOf(copy, wanted, rows)) }
}

/** Times and cells of some rows, in their order; long texts are cut. */
export async function cellsOf(
  copy: AskedCopy,
  wanted: readonly CopyColumn[],
  rows: readonly number[],
): Promise<Pick<RowsPage, 'times' | 'columns'>> {
  const cells = wanted.map((column) => `, ${stored(column)}`).join('')
  const sql = `SELECT ${ROW}, ${TIME}${cells} FROM ${copy.table} WHERE ${ROW} IN ({rows:Array(UInt32)})`
  const lines = rows.length === 0 ? [] : await ask(copy, sql, { rows }, rows.length)
  const found = new Map(lines.map((line) => [Number(line[0]), line]))
  return {
    times: rows.map((row) => isoOf(found.get(row)?.[1])),
    columns: wanted.map((column, n) => {
      const cut: number[] = []
      const all = rows.map((row, at) => {
        const cell = cellIn(column, found.get(row)?.[n + 2])
        if (typeof cell !== 'string' || cell.length <= CELL_MAX) return cell
        cut.push(at)
        return cell.slice(0, CELL_MAX)
      })
      return { name: column.name, cells: all, cut }
    }),
  }
}

/** Where a row stands in a view; null when the filter leaves it out. */
export async function position(copy: AskedCopy, { row, ...view }: View & { row: number }): Promise<number | null> {
  const { text, params } = await conditionOf(copy, view)
  const keys = sortKeys(copy, view.sort)
  const own = (key: string): string => `(SELECT ${key} FROM ${copy.table} WHERE ${ROW} = {row:UInt32})`
  // Before it: the first key that differs says so.
  const before = keys.map(({ key, descending }, n) => {
    const same = keys.slice(0, n).map((one) => `${one.key} = ${own(one.key)} AND `)
    return `(${same.join('')}${key} ${descending ? '>' : '<'} ${own(key)})`
  })
  const [line] = await ask(
    copy,
    `SELECT countIf(${before.join(' OR ')}), countIf(${ROW} = {row:UInt32}) FROM ${copy.table} WHERE ${text}`,
    { ...params, row },
    1,
  )
  return Number(line?.[1] ?? 0) === 0 ? null : Number(line?.[0] ?? 0)
}
