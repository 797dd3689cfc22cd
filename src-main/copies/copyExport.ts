import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { Parsed } from '#contract/contract'
import { EXACT_SETTINGS } from '../predicate/compileClickhouse.ts'
import type { RemoteTasks } from '../worker/procedures.ts'
import { columnNamed, conditionOf, sortKeys, stored, type AskedCopy, type Sort } from './askCopy.ts'
import { ROW, TIME, type CopyColumn } from './copyLayout.ts'
import { count } from './copyRows.ts'

/** Rows that are named one by one; their order is told to the server by their numbers. */
const NAMED_MAX = 10_000
/** Bytes that the server sorts in memory; beyond it uses its disk. */
const SORTED_BYTES = '1000000000'

type Choice = Pick<Parsed<'rows.export'>, 'rows' | 'filter' | 'view' | 'sort' | 'columns'>
type Task = Parameters<RemoteTasks['copies']['export']>[0]

/** The rows of an export as one statement whose answer is read row by row. `total`: how many it answers. */
export type ExportQuestion = { question: Task['question']; columns: CopyColumn[]; total: number }

const orderOf = (copy: AskedCopy, sort: Sort | undefined): string =>
  sortKeys(copy, sort)
    .map(({ key, descending }) => `${key} ${descending ? 'DESC' : 'ASC'}`)
    .join(', ')

/**
 * What an export asks of a copy. AppError 'conflict' when no row is left, 'not-found' for rows and columns that it does not
 * have, 'too-large' for too many rows by number.
 */
export async function exportQuestion(copy: AskedCopy, source: CopyColumn[], choice: Choice): Promise<ExportQuestion> {
  const columns = choice.columns?.map((name) => columnNamed(copy, name)) ?? source
  const { where, params, order, total } = await rowsOf(copy, choice)
  if (total === 0) throw new AppError('conflict', 'No row matches, so there is nothing to do.')
  const cells = columns.map((column) => `, ${stored(column)}`).join('')
  const sql = `SELECT ${ROW}, ${TIME}${cells} FROM ${copy.table} WHERE ${where} ORDER BY ${order}`
  const { readRows, readBytes } = copy.server.limits
  return {
    columns,
    total,
    question: {
      ...{ sql, params, readonly: copy.server.clickhouse.readonly, queryId: `huntbench-${randomUUID()}` },
      // It may take as long as it takes: it tells how far it is and can be cancelled.
      settings: {
        ...EXACT_SETTINGS,
        max_rows_to_read: String(readRows),
        max_bytes_to_read: String(readBytes),
        max_bytes_before_external_sort: SORTED_BYTES,
      },
    },
  }
}

type Rows = { where: string; params: Task['question']['params']; order: string; total: number }

async function rowsOf(copy: AskedCopy, { rows, filter, view, sort }: Choice): Promise<Rows> {
  if (rows) return named(copy, [...new Set(rows)], sort)
  if (view) return ofView(copy, view)
  const { text, params } = await conditionOf(copy, filter ?? {})
  return { where: text, params, order: orderOf(copy, sort), total: await count(copy, filter ?? {}) }
}

function named(copy: AskedCopy, rows: number[], sort: Sort | undefined): Rows {
  if (rows.length > NAMED_MAX)
    throw new AppError(
      'too-large',
      `At most ${NAMED_MAX} rows of a copy are exported by their numbers; ${rows.length} are named. Give a filter.`,
    )
  const order = sort ? orderOf(copy, sort) : `indexOf({rows:Array(UInt32)}, ${ROW})`
  return { where: `${ROW} IN ({rows:Array(UInt32)})`, params: { rows }, order, total: rows.length }
}

/** Stretches of a view: places are told by the server, which sorts row numbers only. */
async function ofView(copy: AskedCopy, view: NonNullable<Choice['view']>): Promise<Rows> {
  const { text, params } = await conditionOf(copy, view)
  const order = orderOf(copy, view.sort)
  const there = await count(copy, view)
  const beyond = view.stretches.find(([, last]) => last >= there)
  if (beyond)
    throw new AppError('not-found', `The view has ${there} rows; there is none at ${beyond[1]}. Nothing was changed.`, {
      position: beyond[1],
    })
  const stretches = apart(view.stretches)
  return {
    where: `${ROW} IN (SELECT row FROM (SELECT ${ROW} AS row, row_number() OVER (ORDER BY ${order}) - 1 AS at FROM ${copy.table} WHERE ${text})
      WHERE arrayExists((first, last) -> at >= first AND at <= last, {firsts:Array(UInt32)}, {lasts:Array(UInt32)}))`,
    params: { ...params, firsts: stretches.map(([first]) => first), lasts: stretches.map(([, last]) => last) },
    order,
    total: stretches.reduce((sum, [first, last]) => sum + last - first + 1, 0),
  }
}

/** The same places, each once, in order. */
function apart(stretches: readonly (readonly [number, number])[]): [number, number][] {
  const joined: [number, number][] = []
  for (const [first, last] of stretches.toSorted(([a], [b]) => a - b)) {
    const before = joined.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else joined.push([first, last])
  }
  return joined
}
