import { z } from 'zod'
import { panel, type Part, type ParamsOf, type Question } from '../panel.ts'
import { paged } from '../paging.ts'
import { like, list as commas, name, sql, when, whole, type Sql } from '../sql.ts'
import { lists, type ListName } from '../referenceLists.ts'

/** Columns that some list can be sorted by; a list that lacks it stands by its first. */
const SORTS = [
  'prefix',
  'bot_name',
  'ja4',
  'browser_family',
  'tls_library',
  'h2_fingerprint',
  'src_asn',
  'label',
  'asn',
  'country_code',
  'name',
  'network',
  'action',
  'category',
] as const

const params = {
  search: z.string().max(500).optional(),
  ...paged(SORTS, 'prefix', { order: 'ASC', limit: 200, most: 10_000 }),
}
type Asked = Question<ParamsOf<typeof params>>

/** A dictionary of networks keeps those of IPv4 inside IPv6: `::ffff:192.0.2.0/120` is meant as 192.0.2.0/24. */
const plainNetwork = (column: string): Sql => {
  const [own, shown] = [sql`list.${name(column)}`, name(column)]
  return sql`if(match(${own}, '^::ffff:[0-9.]+/[0-9]+$'),
  concat(extract(${own}, '([0-9.]+)/'), '/', toString(toInt32OrZero(extract(${own}, '/([0-9]+)$')) - 96)), ${own}) AS ${shown}`
}

/** A list as a part: paged, sorted by its own columns, searched in those that hold words and numbers. */
function partOf(list: ListName): Part<ParamsOf<typeof params>> {
  const { title, table, columns, sorts, searched, networks = [] } = lists[list]
  const [first = 'prefix'] = sorts
  const shown = (column: string): Sql =>
    networks.includes(column) ? plainNetwork(column) : sql`list.${name(column)} AS ${name(column)}`
  const from = ({ params: asked, processing }: Asked): Sql => {
    const found = when(asked.search, (value) =>
      searched
        .map((column) => sql`toString(${name(column)}) ILIKE ${like('search', value)}`)
        .reduce((all, one) => sql`${all} OR ${one}`),
    )
    const entries = sql`FROM (SELECT ${commas(...Object.keys(columns).map(shown))} FROM ${processing(table)} AS list)`
    return found === null
      ? entries
      : sql`${entries}
WHERE ${found}`
  }
  const selected = commas(...Object.keys(columns).map(name))
  return {
    title,
    columns,
    requires: [`processing.${table}`],
    sql: (asked) => {
      const { sort, order, limit, offset } = asked.params
      const key = sorts.includes(sort) ? sort : first
      // All columns keep equal values in one order over all pages.
      return sql`SELECT ${selected}
${from(asked)}
ORDER BY ${name(key)} ${name(order)}, ${selected}
LIMIT ${whole('limit', limit)} OFFSET ${whole('offset', offset)}`
    },
    total: (asked) => sql`SELECT count()
${from(asked)}`,
  }
}

/** The eight reference lists, each a part of its own: ask with `only`. */
export const reflist = panel({
  id: 'reflist',
  title: 'Reference lists',
  question: 'What is known beforehand of addresses, networks and fingerprints?',
  screen: 'lists',
  window: null,
  params,
  parts: {
    bot_ip: partOf('bot_ip'),
    bot_ja4: partOf('bot_ja4'),
    browser_ja4: partOf('browser_ja4'),
    browser_h2: partOf('browser_h2'),
    asn_reputation: partOf('asn_reputation'),
    iplocate_asn: partOf('iplocate_asn'),
    anubis_ip_rules: partOf('anubis_ip_rules'),
    anubis_asn_rules: partOf('anubis_asn_rules'),
  },
})
