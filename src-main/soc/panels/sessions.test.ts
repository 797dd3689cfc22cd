import { expect, it } from 'vitest'
import type { Session } from '../demo/sessions.ts'
import { describeConsole } from '../testing/describeConsole.ts'
import { sessions } from './sessions.ts'

describeConsole('sessions of the last hour', (soc) => {
  const rows = async (params: object = {}) => (await soc().ask(sessions, params))['rows']
  const of = (test: (one: Session) => boolean) => soc().demo.answers.sessions.filter(test).length

  it('are paged, the busiest first', async () => {
    const { sessions: known } = soc().demo.answers
    const first = await rows()
    expect([first?.total, first?.rows[0]?.['hits']]).toEqual([known.length, Math.max(...known.map(({ hits }) => hits))])
    expect((await rows({ offset: known.length - 2 }))?.rows.length).toBe(2)
    for (const params of [{ sort: 'now()' }, { feature: 'ja4' }, { h2_window: '1' }, { src_ip: 'x' }])
      expect(() => sessions.statements(params, soc().databases, {})).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
  })

  it('are found by each mark that counts them', async () => {
    const total = async (params: object) => (await rows(params))?.total
    const [one] = soc().demo.answers.sessions
    const counted: [object, (session: Session) => boolean][] = [
      [{ src_ip: `::ffff:${one?.address ?? ''}` }, ({ address }) => address === one?.address],
      [{ asn_label: 'datacenter,hosting' }, ({ asnLabel }) => ['datacenter', 'hosting'].includes(asnLabel)],
      [{ browser_family: 'Chrome', contradicts: 'yes' }, (s) => s.browserFamily === 'Chrome' && s.mismatch],
      [
        { h2_family: 'Firefox', h2_window: 'firefox' },
        (s) => s.h2Family === 'Firefox' && s.windowUpdate === 12_517_377,
      ],
      [
        { h2_window: 'another' },
        ({ h2, windowUpdate }) => h2 !== '' && ![0, 15_663_105, 12_517_377, 10_485_760].includes(windowUpdate),
      ],
      [{ feature: 'post_ratio', at_least: 0.5, at_most: 1 }, ({ post }) => post >= 0.5 && post <= 1],
      [{ search: 'SHOP.example' }, ({ host }) => host.includes('shop.example')],
    ]
    for (const [params, test] of counted) expect([params, await total(params)]).toEqual([params, of(test)])
  })
})
