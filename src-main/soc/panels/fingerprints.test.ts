import { expect, it } from 'vitest'
import { mean } from '../testing/counting.ts'
import { describeConsole } from '../testing/describeConsole.ts'
import { fingerprints } from './fingerprints.ts'

describeConsole('JA4s of the last hour', (soc) => {
  it('are counted by kind of network, most sessions first', async () => {
    const { ja4s } = await soc().ask(fingerprints)
    const groups = Map.groupBy(
      soc().demo.answers.sessions.filter(({ ja4 }) => ja4 !== ''),
      ({ ja4, asnLabel }) => `${ja4} ${asnLabel}`,
    )
    expect(ja4s?.rows).toHaveLength(Math.min(100, groups.size))
    const sizes = [...groups.values()].map((group) => group.length).toSorted((a, b) => b - a)
    expect(ja4s?.rows.map((row) => row['sessions'])).toEqual(sizes.slice(0, 100))
    for (const row of ja4s?.rows ?? []) {
      const group = groups.get(`${String(row['ja4'])} ${String(row['asn_label'])}`) ?? []
      expect(row).toMatchObject({
        sessions: group.length,
        total_hits: group.reduce((sum, { hits }) => sum + hits, 0),
        avg_velocity: expect.closeTo(
          mean(group, ({ velocity }) => velocity),
          5,
        ),
        avg_fuzz: expect.closeTo(
          mean(group, ({ fuzzing }) => fuzzing),
          5,
        ),
        avg_browser_score: expect.closeTo(
          mean(group, ({ browserScore }) => browserScore),
          5,
        ),
      })
    }
  })

  it('of bots are told apart', async () => {
    const { bots } = await soc().ask(fingerprints)
    const groups = Map.groupBy(
      soc().demo.answers.sessions.filter(({ ja4, botName }) => ja4 !== '' && botName !== ''),
      ({ ja4, botName }) => `${ja4} ${botName}`,
    )
    expect(
      new Map(bots?.rows.map((row) => [`${String(row['ja4'])} ${String(row['bot_name'])}`, row['sessions']])),
    ).toEqual(new Map([...groups].map(([key, group]) => [key, group.length])))
  })
})
