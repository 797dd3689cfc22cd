import { expect, it } from 'vitest'
import { countBy, counts, different, membersOf } from '../testing/counting.ts'
import { describeConsole } from '../testing/describeConsole.ts'
import { cluster } from './cluster.ts'

describeConsole('a campaign taken apart', (soc) => {
  it('counts by JA4, network, host and level', async () => {
    const parts = await soc().ask(cluster, { campaign: 3 })
    const planted = membersOf(soc().demo).get(3) ?? []
    expect(parts['profile']?.rows[0]).toMatchObject({
      total_members: planted.length,
      unique_ips: different(planted, ({ src_ip }) => src_ip).length,
      total_hits: planted.reduce((sum, { hits }) => sum + Number(hits), 0),
      min_score: expect.closeTo(Math.min(...planted.map(({ anomaly_score }) => anomaly_score)), 5),
      threat_count: planted.filter(({ threat_level }) => ['HIGH', 'CRITICAL'].includes(threat_level)).length,
      known_bot_count: 0,
    })
    expect(parts['members']?.rows).toHaveLength(planted.length)
    expect(parts['timeline']?.rows.reduce((sum, row) => sum + Number(row['detections']), 0)).toBe(planted.length)
    expect(counts(parts['ja4']?.rows, 'ja4', 'sessions')).toEqual(countBy(planted, ({ ja4 }) => ja4))
    expect(counts(parts['asn']?.rows, 'asn_org', 'sessions')).toEqual(countBy(planted, ({ asn_org }) => asn_org))
    expect(counts(parts['hosts']?.rows, 'host', 'sessions')).toEqual(countBy(planted, ({ host }) => host))
    expect(counts(parts['threats']?.rows, 'threat_level', 'cnt')).toEqual(
      countBy(planted, ({ threat_level }) => threat_level),
    )
  })

  it('that is over is found by more days', async () => {
    expect((await soc().ask(cluster, { campaign: 5, days: 30 }))['profile']?.rows[0]).toMatchObject({
      total_members: 30,
    })
  })

  it('that never was is empty, not zero', async () => {
    for (const part of Object.values(await soc().ask(cluster, { campaign: 999 }))) expect(part.rows).toEqual([])
  })
})
