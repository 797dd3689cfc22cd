import { expect, it } from 'vitest'
import { listNames } from '../referenceLists.ts'
import { describeConsole } from '../testing/describeConsole.ts'
import { reflist } from './reflist.ts'

/** Where generated lists lie. */
const tables = {
  bot_ip: 'ref_bot_ip',
  bot_ja4: 'ref_bot_ja4',
  browser_ja4: 'ref_browser_ja4',
  browser_h2: 'browser_h2_signatures',
  asn_reputation: 'ref_asn_reputation',
  iplocate_asn: 'ref_iplocate_asn',
  anubis_ip_rules: 'anubis_ip_rules',
  anubis_asn_rules: 'anubis_asn_rules',
} as const

describeConsole('reference lists', (soc) => {
  it('are all eight there, whole', async () => {
    const parts = await soc().ask(reflist, { limit: 10_000 })
    expect(Object.keys(parts)).toEqual([...listNames])
    for (const list of listNames) {
      const planted: readonly object[] = soc().demo.lists[tables[list]]
      expect([list, parts[list]?.total]).toEqual([list, planted.length])
      const names = Object.keys(parts[list]?.rows[0] ?? {})
      const texts = (rows: readonly object[]) =>
        rows.map((row) => names.map((name) => String(Reflect.get(row, name))).join('|')).toSorted()
      expect(texts(parts[list]?.rows ?? [])).toEqual(texts(planted))
    }
  })

  it('are paged without losing or repeating an entry', async () => {
    const seen = new Set<string>()
    for (let offset = 0; offset < 800; offset += 200)
      for (const row of (await soc().ask(reflist, { offset, sort: 'country_code' }))['iplocate_asn']?.rows ?? [])
        seen.add(String(row['network']))
    expect(seen.size).toBe(soc().demo.answers.lists['ref_iplocate_asn'])
  })

  it('are sorted by their own columns, and searched in words and numbers as they are typed', async () => {
    const { iplocate_asn: networks, bot_ip: bots } = await soc().ask(reflist, { sort: 'asn', order: 'DESC' })
    const numbers = networks?.rows.map((row) => Number(row['asn']))
    expect(numbers).toEqual(numbers?.toSorted((a, b) => b - a))
    const prefixes = bots?.rows.map((row) => String(row['prefix']))
    expect(prefixes).toEqual(prefixes?.toSorted().toReversed())
    const found = await soc().ask(reflist, { search: 'GOOGLEBOT' })
    expect([found['bot_ip']?.total, found['anubis_ip_rules']?.total, found['bot_ja4']?.total]).toEqual([1, 1, 0])
    expect((await soc().ask(reflist, { search: '203.0.113.128/25' }))['bot_ip']?.total).toBe(1)
    const asn = soc().demo.lists.anubis_asn_rules[0]?.asn
    expect((await soc().ask(reflist, { search: String(asn) }))['anubis_asn_rules']?.total).toBe(1)
    for (const search of ['%', '_x_', "' OR 1 --"])
      expect(Object.values(await soc().ask(reflist, { search })).map(({ total }) => total)).toEqual(Array(8).fill(0))
    for (const params of [{ sort: 'now()' }, { limit: 10_001 }, { name: 'bot_ip' }])
      expect(() => reflist.statements(params, soc().databases, {})).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
  })
})
