import { expect, it } from 'vitest'
import { countBy, different, mean, membersOf } from '../testing/counting.ts'
import { describeConsole, secondsOf } from '../testing/describeConsole.ts'
import { campaign } from './campaign.ts'

describeConsole('a campaign', (soc) => {
  it('has its members from the lowest score, a profile and a course', async () => {
    const { members, profile, timeline } = await soc().ask(campaign, { campaign: 3 })
    const planted = membersOf(soc().demo).get(3) ?? []
    const scores = planted.map(({ anomaly_score }) => anomaly_score).toSorted((a, b) => a - b)
    expect(members?.total).toBe(planted.length)
    expect(members?.rows.map((row) => row['anomaly_score'])).toEqual(scores.map((score) => expect.closeTo(score, 5)))
    expect(profile?.rows[0]).toMatchObject({
      unique_ips: different(planted, ({ src_ip }) => src_ip).length,
      unique_ja4: different(planted, ({ ja4 }) => ja4).length,
      unique_hosts: different(planted, ({ host }) => host).length,
      unique_asns: different(planted, ({ asn_org }) => asn_org).length,
      host_list: different(planted, ({ host }) => host).slice(0, 10),
      avg_orphan: expect.closeTo(
        mean(planted, ({ orphan_ratio }) => orphan_ratio),
        5,
      ),
      avg_port_exhaustion: expect.closeTo(
        mean(planted, ({ port_exhaustion_ratio }) => port_exhaustion_ratio),
        6,
      ),
      max_score: expect.closeTo(scores.at(-1) ?? 0, 5),
    })
    const hour = ({ detected_at }: { detected_at: number }) => String(detected_at - (detected_at % 3600))
    expect(Object.fromEntries(timeline?.rows.map((row) => [secondsOf(row['hour']), row['detections']]) ?? [])).toEqual(
      countBy(planted, hour),
    )
  })

  it('that is over is found by more days; one that never was has no profile', async () => {
    expect((await soc().ask(campaign, { campaign: 5 }))['members']?.total).toBe(0)
    const month = await soc().ask(campaign, { campaign: 5, days: 30, limit: 5, sort: 'detected_at', order: 'DESC' })
    expect([month['members']?.total, month['members']?.rows.length]).toEqual([30, 5])
    const none = await soc().ask(campaign, { campaign: 999 })
    expect([none['members']?.rows, none['profile']?.rows, none['timeline']?.rows]).toEqual([[], [], []])
    for (const params of [{}, { campaign: -1 }, { campaign: 1, sort: 'reason' }])
      expect(() => campaign.statements(params, soc().databases, {})).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
  })
})
