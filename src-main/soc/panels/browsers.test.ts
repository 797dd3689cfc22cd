import { expect, it } from 'vitest'
import { countBy, counts, different } from '../testing/counting.ts'
import { describeConsole } from '../testing/describeConsole.ts'
import { browsers } from './browsers.ts'

describeConsole('browsers of the last hour', (soc) => {
  it('are counted by family and JA4, and what is neither browser nor bot', async () => {
    const { families, unknown, ja4s } = await soc().ask(browsers)
    const known = soc().demo.answers.sessions.filter(({ browserFamily }) => browserFamily !== '')
    expect(counts(families?.rows, 'browser_family', 'sessions')).toEqual(countBy(known, (one) => one.browserFamily))
    for (const row of families?.rows ?? []) {
      const own = known.filter(({ browserFamily }) => browserFamily === row['browser_family'])
      expect(row).toMatchObject({
        unique_ips: different(own, ({ address }) => address).length,
        total_hits: own.reduce((sum, { hits }) => sum + hits, 0),
      })
    }
    expect(unknown?.rows).toEqual([
      { sessions: soc().demo.answers.sessions.filter((one) => one.browserFamily === '' && one.botName === '').length },
    ])
    expect(
      Object.fromEntries(
        ja4s?.rows.map((row) => [`${String(row['browser_family'])} ${String(row['ja4'])}`, row['sessions']]) ?? [],
      ),
    ).toEqual(countBy(known, ({ browserFamily, ja4 }) => `${browserFamily} ${ja4}`))
  })
})
