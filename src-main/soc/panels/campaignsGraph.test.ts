import { expect, it } from 'vitest'
import { different, membersOf, plain } from '../testing/counting.ts'
import { describeConsole } from '../testing/describeConsole.ts'
import { campaignsGraph } from './campaignsGraph.ts'

describeConsole('links in campaigns', (soc) => {
  it('are one for each pair of addresses with the same JA4 in the same campaign', async () => {
    const { nodes, edges } = await soc().ask(campaignsGraph)
    const [addresses, links]: [string[], string[]] = [[], []]
    for (const [id, members] of membersOf(soc().demo)) {
      for (const address of different(members, ({ src_ip }) => plain(src_ip))) addresses.push(`${id} ${address}`)
      for (const [ja4, of] of Map.groupBy(members, (one) => one.ja4)) {
        const ends = different(of, ({ src_ip }) => plain(src_ip))
        for (const [n, one] of ends.entries())
          for (const other of ends.slice(n + 1)) links.push(`${id} ${ja4} ${[one, other].toSorted().join(' ')}`)
      }
    }
    expect(nodes?.rows.map((row) => `${String(row['campaign_id'])} ${String(row['src_ip'])}`).toSorted()).toEqual(
      addresses.toSorted(),
    )
    const found = edges?.rows.map(
      ({ campaign_id, shared_ja4, source, target }) =>
        `${String(campaign_id)} ${String(shared_ja4)} ${[String(source), String(target)].toSorted().join(' ')}`,
    )
    expect(found?.toSorted()).toEqual(links.toSorted().slice(0, 2_000))
  })

  it('tells of each address how bad and busy it was, in one campaign when asked', async () => {
    const { nodes, edges } = await soc().ask(campaignsGraph, { campaign: 3 })
    const members = membersOf(soc().demo).get(3) ?? []
    for (const row of nodes?.rows ?? []) {
      const own = members.filter(({ src_ip }) => plain(src_ip) === row['src_ip'])
      expect(row).toMatchObject({
        campaign_id: 3,
        total_hits: own.reduce((sum, { hits }) => sum + Number(hits), 0),
        worst_score: expect.closeTo(Math.min(...own.map(({ anomaly_score }) => anomaly_score)), 5),
      })
    }
    expect(new Set(edges?.rows.map((row) => row['campaign_id']))).toEqual(new Set([3]))
  })
})
