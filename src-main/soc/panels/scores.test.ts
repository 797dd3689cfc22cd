import { expect, it } from 'vitest'
import { describeConsole, secondsOf } from '../testing/describeConsole.ts'
import { scores } from './scores.ts'

describeConsole('scores', (soc) => {
  const rows = async (params: object = {}) => (await soc().ask(scores, params))['rows']
  const recent = () => {
    const { rows: all, answers } = soc().demo
    return all.ml_all_scores.filter(({ detected_at }) => detected_at >= answers.now - 3 * 86_400)
  }

  it('pages through three days, newest first, with what the models had and what they had not', async () => {
    const total = soc().demo.answers.scores.threeDays
    const first = await rows()
    expect([first?.total, first?.rows.length]).toEqual([total, 50])
    expect(secondsOf(first?.rows[0]?.['detected_at'])).toBe(Math.max(...recent().map((row) => row.detected_at)))
    expect((await rows({ offset: total - 3 }))?.rows.length).toBe(3)
    const { wide } = soc().demo.answers.oddities
    const [one] = (await rows({ ja4: wide.ja4 }))?.rows ?? []
    expect(one?.['hits']).toBe(wide.hits)
    const worst = (await rows({ sort: 'ae_recon_error', limit: 500 }))?.rows.map((row) => row['ae_recon_error']) ?? []
    expect(worst.some((error) => error === null)).toBe(true)
  })

  it('sorts by the columns of its list and filters by value', async () => {
    const probabilities = (await rows({ sort: 'xgb_prob', order: 'ASC', limit: 500 }))?.rows.map(
      (row) => row['xgb_prob'],
    )
    expect(probabilities).toEqual(probabilities?.toSorted((a, b) => Number(a) - Number(b)))
    for (const params of [{ sort: 'campaign_id' }, { sort: '1' }, { bot_name: 'x' }, { limit: 501 }])
      expect(() => scores.statements(params, soc().databases, {})).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
    const total = async (params: object) => (await rows(params))?.total
    const of = (test: (row: ReturnType<typeof recent>[number]) => boolean) => recent().filter(test).length
    expect(await total({ threat_level: 'KNOWN_BOT' })).toBe(of((row) => row.threat_level === 'KNOWN_BOT'))
    expect(await total({ browser_family: 'Firefox' })).toBe(of((row) => row.browser_family === 'Firefox'))
    expect(await total({ model_name: 'Complet', src_ip: recent()[0]?.src_ip })).toBe(
      of((row) => row.model_name === 'Complet' && row.src_ip === recent()[0]?.src_ip),
    )
    const [one] = recent()
    const { country_code, asn_org } = one ?? { country_code: '', asn_org: '' }
    expect(await total({ country_code, asn_org, search: 'EXAMPLE.org' })).toBe(
      of((row) => row.country_code === country_code && row.asn_org === asn_org && row.host.includes('example.org')),
    )
    const { facets } = await soc().ask(scores, { threat_level: 'KNOWN_BOT' })
    expect(facets?.rows.filter((row) => row['field'] === 'threat_level')).toEqual([
      { field: 'threat_level', value: 'KNOWN_BOT', cnt: of((row) => row.threat_level === 'KNOWN_BOT') },
    ])
  })
})
