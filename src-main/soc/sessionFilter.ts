import { z } from 'zod'
import { address } from './address.ts'
import type { ParamsOf, Question } from './panel.ts'
import { and, like, sql, text, when, type Sql } from './sql.ts'

const filter = z.string().max(500).optional()

/** What narrows sessions, whether every one that was scored or those that were detected. */
export const sessionFilters = {
  threat_level: filter,
  search: filter,
  src_ip: address.optional(),
  host: filter,
  model_name: filter,
  asn_org: filter,
  country_code: filter,
  ja4: filter,
  browser_family: filter,
}

/** Sessions of the time asked for that fit the filters. */
export const ofSessions = ({
  params: asked,
  within,
}: Pick<Question<ParamsOf<typeof sessionFilters>>, 'params' | 'within'>): Sql =>
  and(
    within('detected_at'),
    when(asked.threat_level, (value) => sql`threat_level = ${text('threat_level', value)}`),
    when(
      asked.search,
      (value) => sql`(toString(src_ip) ILIKE ${like('search', value)} OR host ILIKE ${like('search', value)})`,
    ),
    when(asked.src_ip, (value) => sql`src_ip = toIPv6(${text('src_ip', value)})`),
    when(asked.host, (value) => sql`host = ${text('host', value)}`),
    when(asked.model_name, (value) => sql`model_name = ${text('model_name', value)}`),
    when(asked.asn_org, (value) => sql`asn_org = ${text('asn_org', value)}`),
    when(asked.country_code, (value) => sql`country_code = ${text('country_code', value)}`),
    when(asked.ja4, (value) => sql`ja4 = ${text('ja4', value)}`),
    when(asked.browser_family, (value) => sql`browser_family = ${text('browser_family', value)}`),
  )
