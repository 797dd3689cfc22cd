import { z } from 'zod'
import { address } from '../address.ts'
import { facetColumns, facetsOf } from '../facets.ts'
import { panel, type ParamsOf, type Question } from '../panel.ts'
import { pageOf, paged } from '../paging.ts'
import { and, integer, like, list, name, sql, text, when, type Sql } from '../sql.ts'

const SORTS = [
  'time',
  'src_ip',
  'method',
  'host',
  'path',
  'http_version',
  'header_user_agent',
  'ja4',
  'src_country_code',
] as const
/** What the table can be filtered by. */
const FACETS = ['method', 'http_version', 'host', 'src_country_code'] as const

const filter = z.string().max(500).optional()
const params = {
  method: filter,
  host: filter,
  http_version: filter,
  search: filter,
  src_ip: address.optional(),
  ja4: filter,
  src_country_code: filter,
  // Hour and weekday in UTC, Monday 0: what a cell of the heatmap counts.
  dow: z.number().int().min(0).max(6).optional(),
  hour: z.number().int().min(0).max(23).optional(),
  ...paged(SORTS, 'time'),
}

type Asked = Question<ParamsOf<typeof params>>

const where = ({ params: asked, within }: Asked): Sql =>
  and(
    within('time'),
    when(asked.method, (value) => sql`method = ${text('method', value)}`),
    when(asked.host, (value) => sql`host ILIKE ${like('host', value)}`),
    when(asked.http_version, (value) => sql`http_version = ${text('http_version', value)}`),
    when(
      asked.search,
      (value) => sql`(toString(src_ip) ILIKE ${like('search', value)} OR path ILIKE ${like('search', value)}
  OR header_user_agent ILIKE ${like('search', value)})`,
    ),
    // Requests are logged with IPv4 addresses: of an IPv6 address there are none.
    when(asked.src_ip, (value) => sql`src_ip = toIPv4OrNull(${text('src_ip', value)})`),
    when(asked.ja4, (value) => sql`ja4 = ${text('ja4', value)}`),
    when(asked.src_country_code, (value) => sql`src_country_code = ${text('src_country_code', value)}`),
    when(asked.dow, (value) => sql`toDayOfWeek(time, 0, 'UTC') - 1 = ${integer('dow', value)}`),
    when(asked.hour, (value) => sql`toHour(time, 'UTC') = ${integer('hour', value)}`),
  )

/** Every request as the web server logged it. */
export const traffic = panel({
  id: 'traffic',
  title: 'Traffic',
  question: 'Who asked for what, and with which browser?',
  screen: 'traffic',
  window: { days: 1 },
  params,
  parts: {
    rows: {
      title: 'Requests',
      columns: {
        time: 'time',
        src_ip: { kind: 'address', title: 'Address' },
        method: 'text',
        host: 'host',
        path: 'text',
        http_version: { kind: 'text', title: 'Version' },
        header_user_agent: { kind: 'text', title: 'User agent' },
        ja4: 'ja4',
        src_country_code: { kind: 'country', title: 'Country' },
      },
      requires: ['logs.http_logs'],
      sql: (
        asked,
      ) => sql`SELECT time, src_ip, method, host, path, http_version, header_user_agent, ja4, src_country_code
FROM ${asked.logs('http_logs')}
WHERE ${where(asked)}
${pageOf(asked.params, 'time', 'src_ip', 'ja4', 'host', 'path')}`,
      total: (asked) => sql`SELECT count()
FROM ${asked.logs('http_logs')}
WHERE ${where(asked)}`,
    },
    facets: {
      title: 'Values',
      columns: facetColumns('Requests'),
      requires: ['logs.http_logs'],
      // Counted by all of them at once first: they are few, the requests are many.
      sql: (asked) =>
        facetsOf(
          FACETS,
          sql`(
  SELECT ${list(...FACETS.map(name))}, count() AS n
  FROM ${asked.logs('http_logs')}
  WHERE ${where(asked)}
  GROUP BY ${list(...FACETS.map(name))}
)`,
          null,
          sql`sum(n)`,
        ),
    },
  },
})
