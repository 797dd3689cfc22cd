import { expect, it } from 'vitest'
import { countBy, counts } from '../testing/counting.ts'
import { describeConsole } from '../testing/describeConsole.ts'
import { reflistStats } from './reflistStats.ts'

describeConsole('reference lists in numbers', (soc) => {
  it('count entries and kinds', async () => {
    const { lists } = soc().demo
    const { total, breakdown } = await soc().ask(reflistStats, { name: 'iplocate_asn' })
    expect(total?.rows).toEqual([{ total: lists.ref_iplocate_asn.length }])
    expect(counts(breakdown?.rows, 'value', 'cnt')).toEqual(
      countBy(lists.ref_iplocate_asn, ({ country_code }) => country_code),
    )
    const rules = await soc().ask(reflistStats, { name: 'anubis_ip_rules' })
    expect(counts(rules['breakdown']?.rows, 'value', 'cnt')).toEqual(
      countBy(lists.anubis_ip_rules, ({ action }) => action),
    )
    const bots = await soc().ask(reflistStats)
    expect(bots['total']?.rows).toEqual([{ total: lists.ref_bot_ip.length }])
    expect(() => reflistStats.statements({ name: 'users' }, soc().databases, {})).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    )
  })
})
