import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clickhouseMissing, USERS } from '../../clickhouse/localServer.ts'
import { openClickhouse, type Clickhouse } from '../../clickhouse/openClickhouse.ts'
import { withDatabases } from '../databases.ts'
import { sharedSocServer, type SharedSocServer } from '../testing/sharedSocServer.ts'
import type { DemoAnswers } from './answers.ts'
import { generateDemo } from './generateDemo.ts'
import { HOSTILE_USER_AGENT } from './uaRotation.ts'

describe('generated data', () => {
  const now = new Date('2026-11-29T12:34:56Z')

  it('is the same for the same seed and moment, and other data for another seed', () => {
    const text = (seed: number) => JSON.stringify(generateDemo({ now, seed }))
    const [one, again, other] = [text(1), text(1), text(2)]
    expect(one === again).toBe(true)
    expect(one === other).toBe(false)
  })

  it.each(['2026-11-29T00:00:00Z', '2026-11-29T12:34:56Z', '2026-12-31T23:59:59Z', '2027-03-01T05:01:00Z'])(
    'has answers that still hold 15 minutes after %s',
    (moment) => {
      const { rows, answers } = generateDemo({ now: new Date(moment) })
      const times = [
        ...rows.http_logs.map(({ time }) => time),
        ...[...rows.ml_all_scores, ...rows.ml_detected_anomalies].map(({ detected_at }) => detected_at),
        ...rows.ml_performance_metrics.map(({ cycle_at }) => cycle_at),
        ...rows.fleet_detections.map(({ detected_at }) => detected_at),
      ]
      expect(Math.max(...times)).toBeLessThanOrEqual(answers.now)
      for (const days of [1 / 24, 1, 3, 7, 14, 30]) {
        const edge = answers.now - days * 86_400
        expect([days, times.filter((time) => time >= edge && time < edge + 900)]).toEqual([days, []])
      }
    },
  )

  it('tells each story', () => {
    const { rows, answers } = generateDemo({ now })
    expect(rows.http_logs.length).toBeGreaterThan(8_000)
    expect(answers.bruteForce.map(({ postCount }) => postCount)).toEqual([180, 95, 60, 41, 25, 12])
    expect(answers.campaigns.map(({ id, members, members30d }) => [id, members, members30d])).toEqual([
      [3, 48, 48],
      [2, 24, 24],
      [4, 12, 12],
      [1, 6, 6],
      [5, 0, 30],
    ])
    expect(answers.recurrence[0]).toMatchObject({ recurrence: 25 })
    expect(answers.sessions.filter(({ mismatch }) => mismatch)).toHaveLength(24)
    expect(Object.keys(answers.threats.scores).length).toBe(7)
    // A cycle counts what its model scored since the one before.
    const cycles = rows.ml_performance_metrics.filter(({ model_name }) => model_name === 'Complet')
    const [last, before] = cycles
    const scored = rows.ml_all_scores.filter(
      (row) =>
        row.model_name === 'Complet' &&
        row.detected_at > Number(before?.cycle_at) &&
        row.detected_at <= Number(last?.cycle_at),
    )
    expect([last?.total_sessions, last?.total_sessions !== 0]).toEqual([scored.length, true])
    expect(cycles.filter(({ drift_alert }) => drift_alert === 1)).toHaveLength(4)
  })
})

const missing = clickhouseMissing()
describe.skipIf(missing !== null)(`generated data in ClickHouse${missing === null ? '' : ` (${missing})`}`, () => {
  let server: SharedSocServer
  let clickhouse: Clickhouse
  let answers: DemoAnswers
  beforeAll(async () => {
    server = await sharedSocServer()
    answers = server.demo.answers
    clickhouse = await openClickhouse(
      { url: server.url, user: USERS.analyst.name, password: USERS.analyst.password },
      () => undefined,
    )
  })
  afterAll(async () => {
    await clickhouse.close()
  })
  const rowsOf = async (sql: string) => (await clickhouse.ask({ sql: withDatabases(sql, server.databases) })).rows
  const counts = async (sql: string) => Object.fromEntries(await rowsOf(sql)) as Record<string, number>

  it('is counted as known', async () => {
    const count = async (table: string, column: string, days: number) =>
      (await rowsOf(`SELECT count() FROM ${table} WHERE ${column} >= now() - INTERVAL ${days} DAY`))[0]?.[0]
    expect(await count('$logs.http_logs', 'time', 1)).toBe(answers.requests.day)
    expect(await count('$logs.http_logs', 'time', 7)).toBe(answers.requests.week)
    const scores = '$processing.ml_all_scores'
    expect(await count(scores, 'detected_at', 1)).toBe(answers.scores.day)
    expect(await count(scores, 'detected_at', 3)).toBe(answers.scores.threeDays)
    const detections = '$processing.ml_detected_anomalies'
    expect(await count(detections, 'detected_at', 1)).toBe(answers.detections.day)
    expect(await count(detections, 'detected_at', 30)).toBe(answers.detections.month)
    const day = 'WHERE detected_at >= now() - INTERVAL 1 DAY'
    expect(await counts(`SELECT threat_level, count() FROM ${scores} ${day} GROUP BY threat_level`)).toEqual(
      answers.threats.scores,
    )
    expect(await counts(`SELECT model_name, count() FROM ${scores} ${day} GROUP BY model_name`)).toEqual(
      answers.models.day,
    )
    expect(
      await counts(
        `SELECT concat(toString(toDayOfWeek(time) - 1), '-', toString(toHour(time))), count() FROM $logs.http_logs WHERE time >= now() - INTERVAL 7 DAY GROUP BY 1`,
      ),
    ).toEqual(answers.heatmap)
    for (const [name, lines] of Object.entries(answers.lists))
      expect([name, await rowsOf(`SELECT count() FROM $processing.${name}`)]).toEqual([name, [[lines]]])
  })

  it('holds the planted stories, and their views find them and nothing near them', async () => {
    expect(
      await rowsOf(
        `SELECT replaceOne(toString(src_ip), '::ffff:', ''), host, post_count, distinct_paths, toUnixTimestamp(first_seen), toUnixTimestamp(last_seen) FROM $processing.view_form_bruteforce_detected ORDER BY post_count DESC LIMIT 100`,
      ),
    ).toEqual(
      answers.bruteForce.map((one) => [
        one.address,
        one.host,
        one.postCount,
        one.distinctPaths,
        one.firstSeen,
        one.lastSeen,
      ]),
    )
    expect(
      await rowsOf(
        `SELECT replaceOne(toString(src_ip), '::ffff:', ''), host, ja4_list, total_hits, toUnixTimestamp(window_start) FROM $processing.view_host_ip_ja4_rotation ORDER BY distinct_ja4 DESC LIMIT 100`,
      ),
    ).toEqual(answers.ja4Rotation.map((one) => [one.address, one.host, one.ja4s, one.totalHits, one.windowStart]))
    const agents = await rowsOf(
      `SELECT replaceOne(toString(src_ip), '::ffff:', ''), ja4, distinct_ua_count, ua_samples, total_requests, toUnixTimestamp(window_start) FROM $processing.view_dashboard_user_agents ORDER BY distinct_ua_count DESC LIMIT 100`,
    )
    expect(agents.map(([address, ja4, n, , total, window]) => [address, ja4, n, total, window])).toEqual(
      answers.uaRotation.map((one) => [
        one.address,
        one.ja4,
        one.userAgents.length,
        one.totalRequests,
        one.windowStart,
      ]),
    )
    expect(agents[1]?.[3]).toContain(HOSTILE_USER_AGENT)
    for (const cascade of answers.cascades) {
      const { rows } = await clickhouse.ask({
        sql: withDatabases(
          'SELECT host, page_count, avg_sub_delay_ms, stddev_sub_delay_ms, max_sub_resources, toUnixTimestamp(window_start) FROM $processing.view_resource_cascade_1h WHERE src_ip = toIPv6({ip:String}) ORDER BY window_start DESC LIMIT 50',
          server.databases,
        ),
        params: { ip: cascade.address },
      })
      expect(rows).toEqual([
        [
          cascade.host,
          cascade.pageCount,
          cascade.avgDelayMs,
          cascade.stddevDelayMs === null ? null : expect.closeTo(cascade.stddevDelayMs, 6),
          cascade.maxSubResources,
          cascade.windowStart,
        ],
      ])
    }
    expect(
      await rowsOf(
        `SELECT community_id, n_ips FROM $processing.fleet_detections WHERE detected_at >= now() - INTERVAL 7 DAY ORDER BY fleet_score DESC LIMIT 100`,
      ),
    ).toEqual(answers.fleets.slice(0, 3).map((fleet) => [fleet.community_id, fleet.n_ips]))
  })

  it('has the campaigns, recurrence and open classifications that were counted without SQL', async () => {
    expect(
      await rowsOf(
        `SELECT campaign_id, count() AS members, arraySort(groupUniqArray(100)(replaceOne(toString(src_ip), '::ffff:', ''))), arraySort(groupUniqArray(10)(toString(ja4))) FROM $processing.ml_detected_anomalies WHERE campaign_id >= 0 AND detected_at >= now() - INTERVAL 7 DAY GROUP BY campaign_id ORDER BY members DESC, campaign_id`,
      ),
    ).toEqual(
      answers.campaigns
        .filter(({ members }) => members > 0)
        .map(({ id, members, addresses, ja4s }) => [id, members, addresses, ja4s]),
    )
    const recurrence = await rowsOf(
      `SELECT replaceOne(toString(src_ip), '::ffff:', ''), recurrence, worst_score, toUnixTimestamp(first_seen), toUnixTimestamp(last_seen) FROM $processing.view_ip_recurrence ORDER BY recurrence DESC, worst_score DESC`,
    )
    expect(recurrence).toEqual(
      answers.recurrence.map((one) => [
        one.address,
        one.recurrence,
        expect.closeTo(one.worstScore, 4),
        one.firstSeen,
        one.lastSeen,
      ]),
    )
    const open = await rowsOf(
      `SELECT replaceOne(toString(d.src_ip), '::ffff:', '') AS ip, max(d.anomaly_score) AS worst, count() FROM $processing.ml_detected_anomalies AS d LEFT ANTI JOIN $processing.soc_feedback AS f ON d.src_ip = f.src_ip WHERE d.detected_at >= now() - INTERVAL 3 DAY GROUP BY d.src_ip ORDER BY worst DESC LIMIT 20`,
    )
    expect(open).toEqual(
      answers.unclassified.slice(0, 20).map((one) => [one.address, expect.closeTo(one.worstScore, 4), one.detections]),
    )
    expect(await counts('SELECT classification, count() FROM $processing.soc_feedback GROUP BY 1')).toEqual(
      answers.classifications,
    )
  })

  it('has the features of the last hour, session by session', async () => {
    const names = `src_ip, ja4, host, hits, hit_velocity, fuzzing_index, post_ratio, asset_ratio, direct_access_ratio, orphan_ratio, temporal_entropy, path_diversity_ratio, modern_browser_score, header_count, src_port_density, distinct_ua_count, distinct_ja4_count, asn_number, asn_org, country_code, asn_label, bot_name, browser_family, h2_fingerprint, h2_dict_family, h2_window_update_value, tls_h2_family_mismatch`
    const found = await rowsOf(
      `SELECT ${names.replace('src_ip', "replaceOne(toString(src_ip), '::ffff:', '') AS ip")} FROM $processing.view_ai_features_1h ORDER BY ip, ja4, host`,
    )
    const key = (one: DemoAnswers['sessions'][number]) => `${one.address} ${one.ja4} ${one.host}`
    const wanted = answers.sessions
      .toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
      .map((one) =>
        Object.values({ ...one, mismatch: one.mismatch ? 1 : 0 }).map((value) =>
          typeof value === 'number' && !Number.isInteger(value) ? expect.closeTo(value, 9) : value,
        ),
      )
    expect(found.length).toBeGreaterThan(60)
    expect(found).toEqual(wanted)
    const whole = await rowsOf('SELECT count(), sum(hits) FROM $processing.view_thesis_features_1h')
    expect(whole).toEqual([
      [
        new Set(answers.sessions.map(({ address }) => address)).size,
        answers.sessions.reduce((sum, { hits }) => sum + hits, 0),
      ],
    ])
  })

  it('keeps every byte of what is odd, and every digit', async () => {
    const { address, paths, forwardedFor, wide } = answers.oddities
    expect(
      await rowsOf(
        `SELECT path, header_x_forwarded_for, ja4, header_user_agent FROM $logs.http_logs WHERE src_ip = toIPv4('${address}') ORDER BY time`,
      ),
    ).toEqual(paths.map((path) => [path, forwardedFor, '', '']))
    expect(await rowsOf(`SELECT hits FROM $processing.ml_all_scores WHERE ja4 = '${wide.ja4}'`)).toEqual([[wide.hits]])
  })

  it('has NaN, NULL and plain IPv6 among its scores', async () => {
    expect(
      await rowsOf(
        "SELECT countIf(isNaN(ae_recon_error)), countIf(ae_recon_error IS NULL) > 0, countIf(NOT startsWith(toString(src_ip), '::ffff:')) FROM $processing.ml_all_scores",
      ),
    ).toEqual([[1, 1, 2]])
  })
})
