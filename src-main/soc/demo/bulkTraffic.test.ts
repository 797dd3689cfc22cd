import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clickhouseMissing, USERS } from '../../clickhouse/localServer.ts'
import { openClickhouse, type Clickhouse } from '../../clickhouse/openClickhouse.ts'
import { openClickhouseWriter } from '../../clickhouse/writeClickhouse.ts'
import { withDatabases } from '../databases.ts'
import { applySchema } from '../schema.ts'
import { sharedSocServer } from '../testing/sharedSocServer.ts'
import { bulkAge, bulkTraffic, bulkVisitors, bulkWithin, cyclesWithBulk } from './bulkTraffic.ts'
import { generateDemo } from './generateDemo.ts'

const REQUESTS = 20_000
const databases = { processing: 'bulk_made', logs: 'bulk_seen' }
const resources = join(import.meta.dirname, '..', '..', '..', 'resources')

it('bulk traffic is counted in closed form as by counting', () => {
  for (const requests of [1, 7, 1_000])
    for (const seconds of [0, 59, 60, 61, 3_600, 86_400, 600_000, 700_000]) {
      const counted = Array.from({ length: requests }, (_, i) => bulkAge(i, requests)).filter((age) => age <= seconds)
      expect([requests, seconds, bulkWithin(requests, seconds)]).toEqual([requests, seconds, counted.length])
    }
})

const missing = clickhouseMissing()
describe.skipIf(missing !== null)(`bulk traffic in ClickHouse${missing === null ? '' : ` (${missing})`}`, () => {
  const now = new Date()
  let clickhouse: Clickhouse
  beforeAll(async () => {
    const { url } = await sharedSocServer()
    const { name: user, password } = USERS.soc
    const writer = openClickhouseWriter({ url, user, password })
    await applySchema((sql) => writer.run(sql), resources, databases)
    await bulkTraffic(writer, databases, { requests: REQUESTS, now })
    await writer.close()
    clickhouse = await openClickhouse({ url, user, password }, () => undefined)
  })
  afterAll(() => clickhouse.close())
  const one = async (sql: string) => (await clickhouse.ask({ sql: withDatabases(sql, databases) })).rows[0]

  it('has as many requests in each window and as many visitors as is known of it', async () => {
    const at = Math.floor(now.getTime() / 1000)
    for (const seconds of [3_600, 86_400, 3 * 86_400, 7 * 86_400])
      expect([
        seconds,
        await one(`SELECT count() FROM $logs.http_logs WHERE time >= toDateTime(${at - seconds})`),
      ]).toEqual([seconds, [bulkWithin(REQUESTS, seconds)]])
    expect(
      await one(
        'SELECT uniqExact(src_ip), max(ja4s) FROM (SELECT src_ip, uniqExact(ja4) AS ja4s FROM $logs.http_logs GROUP BY src_ip)',
      ),
    ).toEqual([bulkVisitors(REQUESTS), 1])
    expect(await one('SELECT count() FROM $processing.ml_all_scores')).toEqual([REQUESTS / 20])
    // A cycle counts them from the one before on.
    const [cycle] = cyclesWithBulk(generateDemo({ now }).rows.ml_performance_metrics, { requests: REQUESTS, now })
    const [before] = generateDemo({ now }).rows.ml_performance_metrics
    const of = `model_name = 'Complet' AND detected_at > toDateTime(${(cycle?.cycle_at ?? 0) - 3 * 3_600}) AND detected_at <= toDateTime(${cycle?.cycle_at})`
    expect(await one(`SELECT count() FROM $processing.ml_all_scores WHERE ${of}`)).toEqual([
      (cycle?.total_sessions ?? 0) - (before?.total_sessions ?? 0),
    ])
  })

  it('shows up in no view of patterns', async () => {
    for (const view of ['view_form_bruteforce_detected', 'view_host_ip_ja4_rotation', 'view_dashboard_user_agents'])
      expect([view, await one(`SELECT count() FROM $processing.${view}`)]).toEqual([view, [0]])
  })
})
