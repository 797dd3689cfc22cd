import { expect, it } from 'vitest'
import { describeConsole } from '../testing/describeConsole.ts'
import { geo } from './geo.ts'

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

describeConsole('geography and networks', (soc) => {
  it('counts sessions and requests of the last hour by country and by network', async () => {
    const { sessions } = soc().demo.answers
    const { countries, asns } = await soc().ask(geo)
    const byCountry = Map.groupBy(
      sessions.filter(({ country }) => country !== ''),
      ({ country, asnLabel }) => `${country} ${asnLabel}`,
    )
    const found = (countries?.rows ?? []).map((row) => [
      `${row['country_code']} ${row['asn_label']}`,
      { sessions: row['sessions'], hits: row['total_hits'] },
    ])
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(
        [...byCountry].map(([key, all]) => [
          key,
          { sessions: all.length, hits: all.reduce((sum, { hits }) => sum + hits, 0) },
        ]),
      ),
    )
    const counts = countries?.rows.map((row) => Number(row['sessions'])) ?? []
    expect(counts).toEqual(counts.toSorted((a, b) => b - a))

    const networks = Map.groupBy(
      sessions.filter(({ org }) => org !== ''),
      ({ org, asnLabel, country }) => `${org} ${asnLabel} ${country}`,
    )
    expect(asns?.rows.length).toBe(Math.min(50, networks.size))
    for (const row of asns?.rows ?? []) {
      const all = networks.get(`${row['asn_org']} ${row['asn_label']} ${row['country_code']}`) ?? []
      expect([row['sessions'], row['total_hits'], row['avg_velocity'], row['avg_fuzz']]).toEqual([
        all.length,
        all.reduce((sum, { hits }) => sum + hits, 0),
        expect.closeTo(mean(all.map(({ velocity }) => velocity)), 6),
        expect.closeTo(mean(all.map(({ fuzzing }) => fuzzing)), 6),
      ])
    }
  })
})
