import { expect, it } from 'vitest'
import { TEXT_MAX } from '../columns.ts'
import { describeConsole, secondsOf } from '../testing/describeConsole.ts'
import { heatmap } from './heatmap.ts'
import { traffic } from './traffic.ts'

describeConsole('traffic', (soc) => {
  const rows = async (params: object = {}, window: object = {}) => (await soc().ask(traffic, params, window))['rows']
  const day = (days = 1) => {
    const { rows: all, answers } = soc().demo
    return all.http_logs.filter(({ time }) => time >= answers.now - days * 86_400)
  }

  it('pages through a day of requests, newest first; what is huge is cut and said', async () => {
    const total = soc().demo.answers.requests.day
    const first = await rows()
    expect([first?.total, first?.rows.length]).toEqual([total, 50])
    expect(secondsOf(first?.rows[0]?.['time'])).toBe(Math.max(...day().map(({ time }) => time)))
    const { address, paths } = soc().demo.answers.oddities
    const odd = await rows({ src_ip: address, sort: 'path', order: 'ASC' })
    expect([odd?.total, odd?.cutTexts]).toEqual([paths.length, 1])
    expect(odd?.rows.map((row) => row['path'])).toEqual(
      paths.toSorted().map((path) => (path.length > TEXT_MAX ? `${path.slice(0, TEXT_MAX)}…` : path)),
    )
  })

  it('filters by method, part of a host, version, text, JA4 and country; sorts by its list only', async () => {
    const total = async (params: object) => (await rows(params))?.total
    const of = (test: (row: ReturnType<typeof day>[number]) => boolean) => day().filter(test).length
    expect(await total({ method: 'POST', host: 'LOGIN' })).toBe(
      of((row) => row.method === 'POST' && row.host.includes('login')),
    )
    const [one] = day()
    const { http_version, ja4, src_country_code } = one ?? { http_version: '', ja4: '', src_country_code: '' }
    expect(await total({ http_version, ja4 })).toBe(of((row) => row.http_version === http_version && row.ja4 === ja4))
    expect(await total({ src_country_code })).toBe(of((row) => row.src_country_code === src_country_code))
    expect(await total({ search: 'firefox/' })).toBe(of((row) => /firefox\//i.test(row.header_user_agent)))
    expect(await total({ search: '%_\\' })).toBe(of((row) => row.path.includes('%_\\')))
    for (const params of [{ sort: 'query' }, { status: 200 }, { dow: 7 }, { hour: -1 }])
      expect(() => traffic.statements(params, soc().databases, {})).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
    const { facets } = await soc().ask(traffic, { method: 'POST' })
    expect(facets?.rows.filter((row) => row['field'] === 'method')).toEqual([
      { field: 'method', value: 'POST', cnt: of((row) => row.method === 'POST') },
    ])
  })

  it('a cell of the heatmap leads to exactly the requests that it counts', async () => {
    const { cells } = await soc().ask(heatmap)
    const counted = Object.fromEntries(cells?.rows.map((row) => [`${row['dow']}-${row['hour']}`, row['cnt']]) ?? [])
    expect(counted).toEqual(soc().demo.answers.heatmap)
    const [cell] = cells?.rows ?? []
    const behind = await rows({ dow: cell?.['dow'], hour: cell?.['hour'] }, { last: 7 * 86_400 })
    expect(behind?.total).toBe(cell?.['cnt'])
  })
})
