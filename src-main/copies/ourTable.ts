import { AppError } from '#contract/appError'
import type { Clickhouse } from '../clickhouse/openClickhouse.ts'
import { quoteIdentifier } from '../predicate/clickhouseCell.ts'

export type Place = { database: string; table: string }

/** What the comment of a table of ours begins with; behind it the id of the copy. */
const MARK = 'huntbench copy '
/** As a literal of SQL: a comment takes no parameter, so nothing stands in it that would need care. */
export const markOf = (id: string, what: string): string => `'${MARK}${id}: ${what.replace(/[^A-Za-z0-9 .,_-]/g, '_')}'`

export const quotedPlace = ({ database, table }: Place): string =>
  `${quoteIdentifier(database)}.${quoteIdentifier(table)}`

/** Whether the table is there, and is the one of that copy: nobody else's is ever written into or dropped. */
export async function isOurs(clickhouse: Clickhouse, id: string, { database, table }: Place): Promise<boolean> {
  const { rows } = await clickhouse.ask({
    sql: 'SELECT comment FROM system.tables WHERE database = {database:String} AND name = {table:String}',
    params: { database, table },
    limits: { seconds: 10, rows: 1 },
  })
  const comment = rows[0]?.[0]
  return typeof comment === 'string' && comment.startsWith(`${MARK}${id}:`)
}

/** Drops the table of a copy; false when it is not there or not ours. */
export async function dropOurs(clickhouse: Clickhouse, id: string, place: Place): Promise<boolean> {
  if (!(await isOurs(clickhouse, id, place))) return false
  await clickhouse.run({ sql: `DROP TABLE ${quotedPlace(place)} SYNC` })
  return true
}

/** Makes the table with its mark. AppError 'conflict' when there is one of that name. */
export async function makeTable(
  clickhouse: Clickhouse,
  place: Place,
  statement: string,
  signal: AbortSignal,
): Promise<void> {
  // Who may not make databases may still be given one.
  await clickhouse
    .run({ sql: `CREATE DATABASE IF NOT EXISTS ${quoteIdentifier(place.database)}`, signal })
    .catch((error: unknown) => {
      if (signal.aborted) throw error
    })
  try {
    await clickhouse.run({ sql: statement, signal })
  } catch (error) {
    if (error instanceof AppError && error.detail?.['clickhouse'] === '57')
      throw new AppError(
        'conflict',
        `${place.database}.${place.table} is there already. Nothing was written; choose another name.`,
        { path: 'table' },
      )
    throw error
  }
}
