import { expect, it } from 'vitest'
import { different, mean, membersOf } from '../testing/counting.ts'
import { describeConsole } from '../testing/describeConsole.ts'
import { campaignsScatter } from './campaignsScatter.ts'

describeConsole('score and pace of campaigns', (soc) => {
  it('stand from the lowest mean score', async () => {
    const { rows } = await soc().ask(campaignsScatter)
    const expected = [...membersOf(soc().demo)]
      .map(([campaign_id, members]) => ({
        campaign_id,
        avg_score: mean(members, ({ anomaly_score }) => anomaly_score),
        avg_velocity: mean(members, ({ hit_velocity }) => hit_velocity),
        total_hits: members.reduce((sum, { hits }) => sum + Number(hits), 0),
        unique_ips: different(members, ({ src_ip }) => src_ip).length,
      }))
      .toSorted((a, b) => a.avg_score - b.avg_score)
    expect(rows?.rows).toHaveLength(expected.length)
    for (const [n, { avg_score, avg_velocity, ...exact }] of expected.entries())
      expect(rows?.rows[n]).toMatchObject({
        ...exact,
        avg_score: expect.closeTo(avg_score, 5),
        avg_velocity: expect.closeTo(avg_velocity, 4),
      })
  })
})
