import type { ClickhouseWriter } from '../../clickhouse/writeClickhouse.ts'
import { withDatabases, type SocDatabases } from '../databases.ts'
import { DAY_S, HOUR_S, MINUTE_S } from './clock.ts'
import { BROWSERS, type Fingerprint } from './fingerprints.ts'
import { addressIn, NETWORKS } from './networks.ts'
import type { CycleRow } from './shapes.ts'
import { MODELS } from './verdicts.ts'

/**
 * Traffic without a story, made inside ClickHouse: any number of requests of browsers of one large provider, spread evenly
 * over the last week. They plant nothing: no view of patterns shows them. What is known of them:
 * request i of n is `bulkAge(i, n)` seconds old at `now`; visitor i % `bulkVisitors(n)` sent it, always with one browser.
 */
export type BulkTraffic = { requests: number; now: Date }

/** The youngest and oldest of them, in seconds before `now`. */
const FROM_S = MINUTE_S
const TO_S = 7 * DAY_S - HOUR_S
const REQUESTS_OF_VISITOR = 400
/** A session of this many requests has one score. */
const REQUESTS_OF_SCORE = 20

export const bulkVisitors = (requests: number): number => Math.max(1, Math.floor(requests / REQUESTS_OF_VISITOR))

/** Age in seconds of request i of `requests`, when they are made. */
export const bulkAge = (i: number, requests: number): number => FROM_S + Math.floor((i * (TO_S - FROM_S)) / requests)

/** How many of them are at most so many seconds old, `elapsed` seconds after they were made. */
export function bulkWithin(requests: number, seconds: number, elapsed = 0): number {
  const oldest = seconds - elapsed
  if (oldest < FROM_S) return 0
  return Math.min(requests, Math.ceil(((oldest + 1 - FROM_S) * requests) / (TO_S - FROM_S)))
}

/** Cycles of models with the scores of this traffic: they count what was scored since the cycle before. */
export function cyclesWithBulk(cycles: readonly CycleRow[], { requests, now }: BulkTraffic): CycleRow[] {
  const at = Math.floor(now.getTime() / 1000)
  const scores = Math.floor(requests / REQUESTS_OF_SCORE)
  const counted = cycles.map((cycle) => ({ ...cycle }))
  const ofModel = MODELS.map((model) =>
    counted.filter(({ model_name }) => model_name === model).toSorted((a, b) => a.cycle_at - b.cycle_at),
  )
  for (let i = 0; i < scores; i++) {
    const own = ofModel[i % MODELS.length] ?? []
    const time = at - bulkAge(i, Math.max(1, scores))
    const n = own.findIndex(({ cycle_at }) => cycle_at >= time)
    // What is older than the first cycle, or newer than the last, belongs to none.
    const cycle = n > 0 ? own[n] : undefined
    if (cycle) cycle.total_sessions++
  }
  for (const cycle of counted)
    cycle.anomaly_rate =
      cycle.total_sessions === 0
        ? 0
        : Number(((cycle.critical_count + cycle.high_count) / cycle.total_sessions).toFixed(3))
  return counted
}

const text = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
/** The value of the visitor's browser. */
const byBrowser = (of: (browser: Fingerprint) => string): string =>
  `[${BROWSERS.map((browser) => text(of(browser))).join(', ')}][1 + cityHash64(visitor) % ${BROWSERS.length}]`
const h2Part = (n: number) => byBrowser(({ h2 }) => h2.split('|')[n] ?? '')

/** Writes them: ten million in 20 seconds on two cores. Their rows stand beside those of the stories. */
export async function bulkTraffic(
  writer: ClickhouseWriter,
  databases: SocDatabases,
  { requests, now }: BulkTraffic,
): Promise<void> {
  const at = Math.floor(now.getTime() / 1000)
  const network = NETWORKS.bulk
  const first = `toUInt32(toIPv4(${text(addressIn(network, 0))}))`
  const age = (i: string, of: number) => `${FROM_S} + intDiv(${i} * ${TO_S - FROM_S}, ${of})`
  await writer.run(
    withDatabases(
      `INSERT INTO $logs.http_logs (time, src_ip, src_port, src_asn, src_as_name, src_country_code, method, host, path,
        http_version, header_user_agent, header_accept_encoding, header_accept_language, header_referer, header_sec_ch_ua,
        header_sec_fetch_mode, client_headers, ja4, tls_version, tls_alpn, h2_fingerprint, h2_settings_fp, h2_window_update,
        h2_pseudo_order)
      WITH number % ${bulkVisitors(requests)} AS visitor, cityHash64(number, 1) AS chance
      SELECT toDateTime(${at} - (${age('number', requests)})), toIPv4(toUInt32(${first} + visitor)), 1024 + chance % 60000,
        ${network.asn}, ${text(network.org)}, ${text(network.country)}, 'GET',
        ['www.example.org', 'shop.example.org', 'docs.example.org'][1 + visitor % 3],
        if(chance % 4 = 0, concat('/products/', toString(chance % 997)), concat('/static/', toString(chance % 31), '.js')),
        'HTTP/2', ${byBrowser(({ userAgent }) => userAgent)}, 'gzip, deflate, br, zstd', 'en-GB,en;q=0.9',
        'https://www.example.org/', ${byBrowser(({ brands }) => brands)}, 'navigate', 'host,user-agent,accept',
        ${byBrowser(({ ja4 }) => ja4)}, 'TLSv1.3', 'h2', ${byBrowser(({ h2 }) => h2)}, ${h2Part(0)},
        toUInt32(${h2Part(1)}), ${h2Part(3)}
      FROM numbers_mt(${requests})`,
      databases,
    ),
    { max_insert_threads: '2' },
  )
  const scores = Math.floor(requests / REQUESTS_OF_SCORE)
  await writer.run(
    withDatabases(
      `INSERT INTO $processing.ml_all_scores (detected_at, window_start, src_ip, ja4, host, browser_family, anomaly_score,
        raw_anomaly_score, ae_recon_error, xgb_prob, threat_level, model_name, hits, hit_velocity, fuzzing_index, post_ratio,
        asn_number, asn_org, asn_label, country_code)
      WITH number % ${bulkVisitors(requests)} AS visitor, (cityHash64(number, 2) % 1000) / 4000 AS score,
        toDateTime(${at} - (${age('number', Math.max(1, scores))})) AS at
      SELECT at, toStartOfHour(at), toIPv6(toIPv4(toUInt32(${first} + visitor))), ${byBrowser(({ ja4 }) => ja4)},
        ['www.example.org', 'shop.example.org', 'docs.example.org'][1 + visitor % 3],
        ${byBrowser(({ family }) => family)}, score, score * 0.8, score * 0.3, score,
        if(number % 5 = 0, 'NORMAL', 'LEGITIMATE_BROWSER'), [${MODELS.map(text).join(', ')}][1 + number % ${MODELS.length}],
        ${REQUESTS_OF_SCORE}, 0.3, 0, 0, ${network.asn}, ${text(network.org)}, ${text(network.label)},
        ${text(network.country)}
      FROM numbers(${scores})`,
      databases,
    ),
  )
}
