import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clickhouseMissing } from '../../clickhouse/localServer.ts'
import { openConsole, type Console } from '../testing/askPanel.ts'
import { sharedSocServer, type SharedSocServer } from '../testing/sharedSocServer.ts'
import { detections } from './detections.ts'

const missing = clickhouseMissing()
describe.skipIf(missing !== null)(`detections${missing === null ? '' : ` (${missing})`}`, () => {
  let shared: SharedSocServer
  let console: Console
  beforeAll(async () => {
    shared = await sharedSocServer()
    console = await openConsole(shared)
  })
  afterAll(() => console.close())

  const rows = async (params: object = {}) => (await console.ask(detections, params))['rows']
  const month = () => {
    const { rows: all, answers } = shared.demo
    return all.ml_detected_anomalies.filter(({ detected_at }) => detected_at >= answers.now - 30 * 86_400)
  }

  it('pages through thirty days, newest first', async () => {
    const first = await rows()
    const total = shared.demo.answers.detections.month
    expect([first?.total, first?.rows.length]).toEqual([total, Math.min(50, total)])
    const newest = Math.max(...month().map(({ detected_at }) => detected_at))
    expect(Date.parse(String(first?.rows[0]?.['detected_at'])) / 1000).toBe(newest)
    const last = await rows({ offset: total - 3 })
    expect([last?.total, last?.rows.length]).toEqual([total, 3])
    const seen = new Set<string>()
    for (let offset = 0; offset < total; offset += 500)
      for (const row of (await rows({ offset, limit: 500, sort: 'threat_level' }))?.rows ?? [])
        seen.add(JSON.stringify(row))
    expect(seen.size).toBe(new Set(month().map((row) => JSON.stringify(row))).size)
  })

  it('sorts by columns of the list, and by nothing else', async () => {
    const scores = (await rows({ sort: 'anomaly_score', order: 'ASC', limit: 500 }))?.rows.map((row) =>
      Number(row['anomaly_score']),
    )
    expect(scores).toEqual(scores?.toSorted((a, b) => a - b))
    for (const params of [{ sort: 'now()' }, { order: 'DESC; DROP TABLE x' }, { limit: 501 }, { unknown: 1 }])
      expect(() => detections.statements(params, shared.databases, {})).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
  })

  it('filters by value; what is searched for means itself', async () => {
    const total = async (params: object) => (await rows(params))?.total
    const of = (test: (row: ReturnType<typeof month>[number]) => boolean) => month().filter(test).length
    expect(await total({ threat_level: 'CRITICAL' })).toBe(of((row) => row.threat_level === 'CRITICAL'))
    const [one] = month()
    const { country_code, asn_org, ja4, host } = one ?? { country_code: '', asn_org: '', ja4: '', host: '' }
    expect(await total({ country_code, asn_org })).toBe(
      of((row) => row.country_code === country_code && row.asn_org === asn_org),
    )
    expect(await total({ ja4 })).toBe(of((row) => row.ja4 === ja4))
    expect(await total({ search: host.toUpperCase() })).toBe(of((row) => row.host.includes(host)))
    const [feature = ''] = Object.keys(shared.demo.answers.importance)
    expect(await total({ feature })).toBe(of((row) => row.reason.includes(`${feature}(`)))
    const campaign = shared.demo.answers.campaigns[0]
    expect(await total({ campaign_id: campaign?.id })).toBe(campaign?.members30d)
    for (const search of ['%', '_', '\\', "x' OR 1=1 --"])
      expect([search, await total({ search })]).toEqual([search, 0])
  })

  it('tells which values there are to filter by', async () => {
    const { facets } = await console.ask(detections, { threat_level: 'CRITICAL' })
    const total = month().filter((row) => row.threat_level === 'CRITICAL').length
    expect(facets?.rows.filter((row) => row['field'] === 'threat_level')).toEqual([
      { field: 'threat_level', value: 'CRITICAL', cnt: total },
    ])
    expect(facets?.rows.some((row) => row['value'] === '')).toBe(false)
  })
})
