import { z } from 'zod'
import { panel, type ParamsOf, type Question } from '../panel.ts'
import type { Columns, Row } from '../columns.ts'
import { sql, whole, type Sql } from '../sql.ts'

/** A family whose members send such a header in more than half of their requests sends it. */
const USUAL_PERCENT = 50

const params = {
  days: z.number().int().min(1).max(30).default(7),
  min_hits: z.number().int().min(1).max(100_000).default(10),
  limit: z.number().int().min(10).max(1_000).default(300),
}

const profileColumns = {
  ja4: 'ja4',
  dict_family: { kind: 'text', title: 'Family by JA4' },
  ua_family: { kind: 'text', title: 'Family by user agent' },
  total_hits: { kind: 'number', title: 'Requests' },
  unique_ips: { kind: 'number', title: 'Addresses' },
  distinct_uas: { kind: 'number', title: 'User agents' },
  ua_samples: { kind: 'list', title: 'Most frequent user agents, up to 3' },
  tls_version: { kind: 'text', title: 'TLS' },
  tls_alpn: { kind: 'text', title: 'ALPN' },
  h2_fp: { kind: 'text', title: 'HTTP/2 fingerprint' },
  h2_settings: { kind: 'text', title: 'HTTP/2 settings' },
  h2_wu: { kind: 'number', title: 'Window update' },
  h2_pseudo: { kind: 'text', title: 'Pseudo headers' },
  pct_sec_ch_ua: { kind: 'number', title: 'sec-ch-ua, %' },
  pct_sec_fetch: { kind: 'number', title: 'sec-fetch-mode, %' },
  pct_accept_lang: { kind: 'number', title: 'accept-language, %' },
  pct_zstd: { kind: 'number', title: 'zstd, %' },
  pct_brotli: { kind: 'number', title: 'br, %' },
  pct_gzip: { kind: 'number', title: 'gzip, %' },
  pct_xff: { kind: 'number', title: 'x-forwarded-for, %' },
  sec_ch_ua_sample: { kind: 'text', title: 'sec-ch-ua' },
  platform_sample: { kind: 'text', title: 'Platform' },
  mobile_sample: { kind: 'text', title: 'Mobile' },
  accept_enc_main: { kind: 'text', title: 'accept-encoding' },
} as const satisfies Columns

const requires = ['logs.http_logs', 'processing.dict_browser_ja4'] as const

/** Requests by JA4, with what their clients say of themselves. */
const profiles = ({ params: asked, logs, dictionary, within, ranged }: Question<ParamsOf<typeof params>>): Sql =>
  sql`SELECT ja4,
  topK(1)(multiIf(
    position(header_user_agent, 'Edg/') > 0, 'Edge',
    position(header_user_agent, 'OPR/') > 0, 'Opera',
    position(header_user_agent, 'Chrome/') > 0 AND position(header_user_agent, 'Safari/') > 0, 'Chrome',
    position(header_user_agent, 'Firefox/') > 0, 'Firefox',
    position(header_user_agent, 'Safari/') > 0, 'Safari',
    match(header_user_agent, '(?i)bot|crawl|spider'), 'Bot',
    header_user_agent = '', 'Empty',
    'Other'))[1] AS ua_family,
  count() AS total_hits, uniqExact(src_ip) AS unique_ips, uniqExact(header_user_agent) AS distinct_uas,
  topK(3)(toString(header_user_agent)) AS ua_samples,
  any(tls_version) AS tls_version, any(tls_alpn) AS tls_alpn,
  anyIf(h2_fingerprint, h2_fingerprint != '') AS h2_fp, anyIf(h2_settings_fp, h2_settings_fp != '') AS h2_settings,
  max(h2_window_update) AS h2_wu, anyIf(h2_pseudo_order, h2_pseudo_order != '') AS h2_pseudo,
  round(100 * countIf(header_sec_ch_ua != '') / total_hits, 1) AS pct_sec_ch_ua,
  round(100 * countIf(header_sec_fetch_mode != '') / total_hits, 1) AS pct_sec_fetch,
  round(100 * countIf(header_accept_language != '') / total_hits, 1) AS pct_accept_lang,
  round(100 * countIf(position(header_accept_encoding, 'zstd') > 0) / total_hits, 1) AS pct_zstd,
  round(100 * countIf(position(header_accept_encoding, 'br') > 0) / total_hits, 1) AS pct_brotli,
  round(100 * countIf(position(header_accept_encoding, 'gzip') > 0) / total_hits, 1) AS pct_gzip,
  round(100 * countIf(header_x_forwarded_for != '') / total_hits, 1) AS pct_xff,
  anyIf(header_sec_ch_ua, header_sec_ch_ua != '') AS sec_ch_ua_sample,
  anyIf(header_sec_ch_ua_platform, header_sec_ch_ua_platform != '') AS platform_sample,
  anyIf(header_sec_ch_ua_mobile, header_sec_ch_ua_mobile != '') AS mobile_sample,
  topK(1)(toString(header_accept_encoding))[1] AS accept_enc_main,
  dictGetOrDefault(${dictionary('dict_browser_ja4')}, 'browser_family', tuple(toString(ja4)), '') AS dict_family
FROM ${logs('http_logs')}
WHERE ja4 != '' AND ${ranged ? within('time') : sql`log_date >= today() - ${whole('days', asked.days)}`}
GROUP BY ja4
HAVING total_hits >= ${whole('min_hits', asked.min_hits)}
ORDER BY total_hits DESC, ja4
LIMIT ${whole('limit', asked.limit)}`

/** What clients of the last days look like, by JA4, to find signatures that are not known yet. */
export const fingerprintDiscovery = panel({
  id: 'fingerprintDiscovery',
  title: 'Discovery',
  question: 'Which fingerprints are in the traffic, and which of them could become signatures?',
  screen: 'fingerprints',
  window: null,
  params,
  parts: {
    profiles: { title: 'Fingerprints in the traffic', columns: profileColumns, requires, sql: profiles },
    groups: {
      title: 'Fingerprints by family',
      columns: {
        family: 'text',
        ja4_count: { kind: 'number', title: 'JA4s' },
        total_hits: { kind: 'number', title: 'Requests' },
        unique_ips: { kind: 'number', title: 'Addresses, summed over JA4s' },
        has_h2: { kind: 'flag', title: 'HTTP/2' },
        has_sec_ch_ua: { kind: 'flag', title: 'sec-ch-ua' },
        has_sec_fetch: { kind: 'flag', title: 'sec-fetch' },
      },
      requires,
      sql: profiles,
      reads: profileColumns,
      shape: groupsOf,
    },
  },
})

const num = (cell: Row[string] | undefined): number => Number(cell ?? 0)
const textOf = (cell: Row[string] | undefined): string => (typeof cell === 'string' ? cell : '')

/** Profiles by family: what the JA4 is known for, else what the user agent says. Most requests first. */
function groupsOf(rows: Row[]): Row[] {
  const families = Map.groupBy(rows, (row) => textOf(row['dict_family']) || textOf(row['ua_family']) || 'Unknown')
  const sum = (of: Row[], column: string): number => of.reduce((all, row) => all + num(row[column]), 0)
  return [...families]
    .map(([family, of]) => ({
      family,
      ja4_count: of.length,
      total_hits: sum(of, 'total_hits'),
      unique_ips: sum(of, 'unique_ips'),
      has_h2: of.some((row) => textOf(row['h2_fp']) !== ''),
      has_sec_ch_ua: of.some((row) => num(row['pct_sec_ch_ua']) > USUAL_PERCENT),
      has_sec_fetch: of.some((row) => num(row['pct_sec_fetch']) > USUAL_PERCENT),
    }))
    .toSorted((a, b) => b.total_hits - a.total_hits || a.family.localeCompare(b.family, 'en'))
}
