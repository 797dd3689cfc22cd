import { z } from 'zod'
import { name, sql, whole, type Sql } from './sql.ts'

/** Rows of a page at most, as in the seeds' API. */
const PAGE_MAX = 500

/** Params of a paged table: `sort` of a white list, `order`, `limit`, `offset`. */
export const paged = <const Sorts extends readonly [string, ...string[]]>(
  sorts: Sorts,
  sort: Sorts[number],
  { order = 'DESC', limit = 50, most = PAGE_MAX }: { order?: 'ASC' | 'DESC'; limit?: number; most?: number } = {},
) => ({
  sort: z.enum(sorts).default(sort),
  order: z.enum(['ASC', 'DESC']).default(order),
  limit: z.number().int().min(1).max(most).default(limit),
  offset: z.number().int().min(0).max(4_000_000_000).default(0),
})

type Paging = { sort: string; order: string; limit: number; offset: number }

/** `ORDER BY ... LIMIT ... OFFSET ...`; `then`: columns that keep rows with equal values in one order over all pages. */
export const pageOf = ({ sort, order, limit, offset }: Paging, ...then: readonly string[]): Sql => {
  const keys = [sql`${name(sort)} ${name(order)}`, ...then.filter((key) => key !== sort).map(name)]
  const by = keys.reduce((all, key) => sql`${all}, ${key}`)
  return sql`ORDER BY ${by} LIMIT ${whole('limit', limit)} OFFSET ${whole('offset', offset)}`
}
