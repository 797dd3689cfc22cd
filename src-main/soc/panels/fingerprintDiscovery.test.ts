import { expect, it } from 'vitest'
import { different } from '../testing/counting.ts'
import { describeConsole } from '../testing/describeConsole.ts'
import { fingerprintDiscovery } from './fingerprintDiscovery.ts'

describeConsole('discovery of fingerprints', (soc) => {
  /** By whole days, as the log is kept. */
  const since = (days: number) => soc().demo.answers.now - (soc().demo.answers.now % 86_400) - days * 86_400
  const requests = (from: number) => soc().demo.rows.http_logs.filter(({ time, ja4 }) => ja4 !== '' && time >= from)
  const share = <T>(list: readonly T[], holds: (one: T) => boolean): number =>
    Math.round((1000 * list.filter(holds).length) / list.length) / 10

  it('groups the requests of seven days by JA4, most first', async () => {
    const { profiles, groups } = await soc().ask(fingerprintDiscovery)
    const byJa4 = new Map(
      [...Map.groupBy(requests(since(7)), ({ ja4 }) => ja4)].filter(([, group]) => group.length >= 10),
    )
    expect(profiles?.rows.map((row) => row['total_hits'])).toEqual(
      [...byJa4.values()].map((group) => group.length).toSorted((a, b) => b - a),
    )
    for (const row of profiles?.rows ?? []) {
      const group = byJa4.get(String(row['ja4'])) ?? []
      expect(row).toMatchObject({
        total_hits: group.length,
        unique_ips: different(group, ({ src_ip }) => src_ip).length,
        distinct_uas: different(group, ({ header_user_agent }) => header_user_agent).length,
        pct_sec_ch_ua: expect.closeTo(
          share(group, (one) => one.header_sec_ch_ua !== ''),
          0,
        ),
        pct_gzip: expect.closeTo(
          share(group, (one) => one.header_accept_encoding.includes('gzip')),
          0,
        ),
        h2_wu: Math.max(...group.map(({ h2_window_update }) => h2_window_update)),
        dict_family: soc().demo.lists.ref_browser_ja4.find(({ ja4 }) => ja4 === row['ja4'])?.browser_family ?? '',
      })
    }
    expect(groups?.rows.reduce((sum, row) => sum + Number(row['ja4_count']), 0)).toBe(byJa4.size)
    const chrome = groups?.rows.find((row) => row['family'] === 'Chrome')
    expect(chrome).toMatchObject({ has_h2: true, has_sec_ch_ua: true, has_sec_fetch: true })
    const hits = groups?.rows.map((row) => Number(row['total_hits']))
    expect(hits).toEqual(hits?.toSorted((a, b) => b - a))
  })

  it('days, least requests and limit narrow it; a range goes before the days', async () => {
    const total = async (params: object, window: object = {}) =>
      (await soc().ask(fingerprintDiscovery, params, window))['profiles']?.rows.reduce(
        (sum, row) => sum + Number(row['total_hits']),
        0,
      )
    expect(await total({ days: 1, min_hits: 1 })).toBe(requests(since(1)).length)
    const [few] = fingerprintDiscovery.statements({ limit: 10 }, soc().databases, {})
    expect(few?.statement.params['limit']).toBe(10)
    expect(await total({ days: 30, min_hits: 1 }, { last: 86_400 })).toBe(
      requests(soc().demo.answers.now - 86_400).length,
    )
    for (const params of [{ days: 31 }, { min_hits: 0 }, { limit: 9 }, { limit: 1_001 }])
      expect(() => fingerprintDiscovery.statements(params, soc().databases, {})).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
  })
})
