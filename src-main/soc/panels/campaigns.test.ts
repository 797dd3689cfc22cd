import { expect, it } from 'vitest'
import { countBy, counts, different, mean, membersOf } from '../testing/counting.ts'
import { describeConsole, secondsOf } from '../testing/describeConsole.ts'
import { campaigns } from './campaigns.ts'

describeConsole('campaigns', (soc) => {
  it('are those of seven days, the largest first, with what their detections have in common', async () => {
    const { rows } = await soc().ask(campaigns)
    const planted = soc().demo.answers.campaigns.filter(({ members }) => members > 0)
    expect(rows?.rows.map((row) => [row['campaign_id'], row['members']])).toEqual(
      planted.map(({ id, members }) => [id, members]),
    )
    for (const row of rows?.rows ?? []) {
      const members = membersOf(soc().demo).get(Number(row['campaign_id'])) ?? []
      expect(row).toMatchObject({
        unique_ips: different(members, ({ src_ip }) => src_ip).length,
        ja4_list: different(members, ({ ja4 }) => ja4),
        avg_score: expect.closeTo(
          mean(members, ({ anomaly_score }) => anomaly_score),
          5,
        ),
        max_score: expect.closeTo(Math.max(...members.map(({ anomaly_score }) => anomaly_score)), 5),
        avg_hits: expect.closeTo(
          mean(members, ({ hits }) => Number(hits)),
          5,
        ),
        avg_velocity: expect.closeTo(
          mean(members, ({ hit_velocity }) => hit_velocity),
          4,
        ),
        avg_fuzzing: expect.closeTo(
          mean(members, ({ fuzzing_index }) => fuzzing_index),
          4,
        ),
        avg_post_ratio: expect.closeTo(
          mean(members, ({ post_ratio }) => post_ratio),
          5,
        ),
      })
      expect([secondsOf(row['first_seen']), secondsOf(row['last_seen'])]).toEqual([
        Math.min(...members.map(({ detected_at }) => detected_at)),
        Math.max(...members.map(({ detected_at }) => detected_at)),
      ])
    }
  })

  it('more days find those that are over; a range goes before them', async () => {
    const of = (days: number) =>
      countBy([...membersOf(soc().demo, days).values()].flat(), ({ campaign_id }) => String(campaign_id))
    const found = async (params: object, window: object = {}) =>
      counts((await soc().ask(campaigns, params, window))['rows']?.rows, 'campaign_id', 'members')
    expect(await found({ days: 30 })).toEqual(of(30))
    expect(await found({ days: 30 }, { last: 86_400 })).toEqual(of(1))
    for (const days of [0, 91, 1.5])
      expect(() => campaigns.statements({ days }, soc().databases, {})).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
  })
})
