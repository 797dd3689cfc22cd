import { z } from 'zod'
import { address } from '../address.ts'
import { PROFILE_FEATURES, sessionColumns } from '../featureNames.ts'
import { facetColumns, facetsOf } from '../facets.ts'
import { panel, type ParamsOf, type Question } from '../panel.ts'
import { pageOf, paged } from '../paging.ts'
import { and, decimal, like, name, sql, text, when, type Sql } from '../sql.ts'

const SORTS = ['src_ip', 'ja4', 'host', 'first_seen', 'last_seen', ...PROFILE_FEATURES] as const
/** What the table can be filtered by. */
const FACETS = ['asn_label', 'browser_family', 'bot_name', 'country_code'] as const

/** What a window update tells of, as view_ai_features_1h flags it. */
const WINDOWS = {
  chrome: 'h2_window_chrome',
  firefox: 'h2_window_firefox',
  safari: 'h2_window_safari',
  none: 'h2_window_absent',
} as const
const windowFilters = ['chrome', 'firefox', 'safari', 'none', 'another'] as const

const filter = z.string().max(500).optional()
const params = {
  search: filter,
  src_ip: address.optional(),
  ja4: filter,
  host: filter,
  // One kind of network, or several with commas between.
  asn_label: filter,
  asn_org: filter,
  country_code: filter,
  bot_name: filter,
  browser_family: filter,
  h2_family: filter,
  h2_window: z.enum(windowFilters).optional(),
  contradicts: z.enum(['yes']).optional(),
  priorities: z.enum(['yes']).optional(),
  // One feature between two values, both included.
  feature: z.enum(PROFILE_FEATURES).optional(),
  at_least: z.number().optional(),
  at_most: z.number().optional(),
  ...paged(SORTS, 'hits'),
}

type Asked = Question<ParamsOf<typeof params>>

function inWindow(window: (typeof windowFilters)[number]): Sql {
  if (window !== 'another') return sql`${name(WINDOWS[window])} > 0`
  return and(sql`h2_settings_known > 0`, ...Object.values(WINDOWS).map((flag) => sql`${name(flag)} = 0`))
}

const where = ({ params: asked }: Asked): Sql =>
  and(
    when(
      asked.search,
      (value) => sql`(toString(src_ip) ILIKE ${like('search', value)} OR host ILIKE ${like('search', value)})`,
    ),
    when(asked.src_ip, (value) => sql`src_ip = toIPv6(${text('src_ip', value)})`),
    when(asked.ja4, (value) => sql`ja4 = ${text('ja4', value)}`),
    when(asked.host, (value) => sql`host = ${text('host', value)}`),
    when(asked.asn_label, (value) => sql`has(splitByChar(',', ${text('asn_label', value)}), toString(asn_label))`),
    when(asked.asn_org, (value) => sql`asn_org = ${text('asn_org', value)}`),
    when(asked.country_code, (value) => sql`country_code = ${text('country_code', value)}`),
    when(asked.bot_name, (value) => sql`bot_name = ${text('bot_name', value)}`),
    when(asked.browser_family, (value) => sql`browser_family = ${text('browser_family', value)}`),
    when(asked.h2_family, (value) => sql`h2_dict_family = ${text('h2_family', value)}`),
    when(asked.h2_window, inWindow),
    when(asked.contradicts, () => sql`tls_h2_family_mismatch > 0`),
    when(asked.priorities, () => sql`h2_priority_present > 0`),
    when(asked.feature, (feature) =>
      and(
        asked.at_least === undefined ? null : sql`${name(feature)} >= ${decimal('at_least', asked.at_least)}`,
        asked.at_most === undefined ? null : sql`${name(feature)} <= ${decimal('at_most', asked.at_most)}`,
      ),
    ),
  )

const needs = ['processing.view_ai_features_1h'] as const

/** The sessions of the last hour one by one: what every picture of that hour is made of. */
export const sessions = panel({
  id: 'sessions',
  title: 'Sessions of the last hour',
  question: 'Which sessions of the last hour stand behind a bar, a profile or a number?',
  screen: 'traffic',
  window: null,
  params,
  parts: {
    rows: {
      title: 'Sessions of the last hour',
      columns: sessionColumns,
      requires: needs,
      sql: (asked) => sql`SELECT *
FROM ${asked.processing('view_ai_features_1h')}
WHERE ${where(asked)}
${pageOf(asked.params, 'hits', 'src_ip', 'ja4', 'host')}`,
      total: (asked) => sql`SELECT count()
FROM ${asked.processing('view_ai_features_1h')}
WHERE ${where(asked)}`,
    },
    facets: {
      title: 'Values',
      columns: facetColumns('Sessions'),
      requires: needs,
      sql: (asked) => facetsOf(FACETS, asked.processing('view_ai_features_1h'), where(asked)),
    },
  },
})
