import { z } from 'zod'
import { panel, type ParamsOf, type Question } from '../panel.ts'
import type { Columns, Row } from '../columns.ts'
import { list, name, sql, whole, type Sql } from '../sql.ts'

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

/** Of all that match, one of those that say something. */
const sample = (column: string): Sql => sql`anyIf(${name(column)}, ${name(column)} != '')`
/** Of the groups of `clients`, one that has it. */
const sampled = (column: string): Sql => sql`anyIf(${name(`one_${column}`)}, ${name(`one_${column}`)} != '')`
const SAMPLED = [
  'h2_fingerprint',
  'h2_settings_fp',
  'h2_pseudo_order',
  'header_sec_ch_ua',
  'header_sec_ch_ua_platform',
  'header_sec_ch_ua_mobile',
] as const
const percent = (column: string): Sql => sql`round(100 * sum(${name(column)}) / total_hits, 1)`

/**
 * Requests by JA4, with what their clients say of themselves. Clients are told apart by hashes of JA4 and user agent, and the
 * texts looked at once a client: reading the user agent of every request takes four times as long.
 */
const profiles = ({ params: asked, logs, dictionary, within, ranged }: Question<ParamsOf<typeof params>>): Sql =>
  sql`WITH clients AS
(
  SELECT sipHash128(ja4) AS ja4_hash, sipHash128(header_user_agent) AS ua_hash,
    any(ja4) AS one_ja4, any(header_user_agent) AS ua, count() AS hits, uniqExactState(src_ip) AS ips,
    any(tls_version) AS one_tls_version, any(tls_alpn) AS one_tls_alpn, max(h2_window_update) AS window_update,
    ${list(...SAMPLED.map((column) => sql`${sample(column)} AS ${name(`one_${column}`)}`))},
    countIf(header_sec_ch_ua != '') AS n_sec_ch_ua, countIf(header_sec_fetch_mode != '') AS n_sec_fetch,
    countIf(header_accept_language != '') AS n_accept_lang,
    countIf(position(header_accept_encoding, 'zstd') > 0) AS n_zstd,
    countIf(position(header_accept_encoding, 'br') > 0) AS n_brotli,
    countIf(position(header_accept_encoding, 'gzip') > 0) AS n_gzip, countIf(header_x_forwarded_for != '') AS n_xff,
    topKState(1)(toString(header_accept_encoding)) AS encodings
  FROM ${logs('http_logs')}
  WHERE ja4 != '' AND ${ranged ? within('time') : sql`log_date >= today() - ${whole('days', asked.days)}`}
  GROUP BY ja4_hash, ua_hash
)
SELECT one_ja4 AS ja4,
  topKWeighted(1)(multiIf(
    position(ua, 'Edg/') > 0, 'Edge',
    position(ua, 'OPR/') > 0, 'Opera',
    position(ua, 'Chrome/') > 0 AND position(ua, 'Safari/') > 0, 'Chrome',
    position(ua, 'Firefox/') > 0, 'Firefox',
    position(ua, 'Safari/') > 0, 'Safari',
    match(ua, '(?i)bot|crawl|spider'), 'Bot',
    ua = '', 'Empty',
    'Other'), hits)[1] AS ua_family,
  sum(hits) AS total_hits, uniqExactMerge(ips) AS unique_ips, count() AS distinct_uas,
  topKWeighted(3)(toString(ua), hits) AS ua_samples,
  any(one_tls_version) AS tls_version, any(one_tls_alpn) AS tls_alpn,
  ${sampled('h2_fingerprint')} AS h2_fp, ${sampled('h2_settings_fp')} AS h2_settings,
  max(window_update) AS h2_wu, ${sampled('h2_pseudo_order')} AS h2_pseudo,
  ${percent('n_sec_ch_ua')} AS pct_sec_ch_ua, ${percent('n_sec_fetch')} AS pct_sec_fetch,
  ${percent('n_accept_lang')} AS pct_accept_lang, ${percent('n_zstd')} AS pct_zstd, ${percent('n_brotli')} AS pct_brotli,
  ${percent('n_gzip')} AS pct_gzip, ${percent('n_xff')} AS pct_xff,
  ${sampled('header_sec_ch_ua')} AS sec_ch_ua_sample, ${sampled('header_sec_ch_ua_platform')} AS platform_sample,
  ${sampled('header_sec_ch_ua_mobile')} AS mobile_sample,
  topKMerge(1)(encodings)[1] AS accept_enc_main,
  dictGetOrDefault(${dictionary('dict_browser_ja4')}, 'browser_family', tuple(toString(ja4)), '') AS dict_family
FROM clients
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
