import { expect, it } from 'vitest'
import { countBy, counts } from '../testing/counting.ts'
import { describeConsole } from '../testing/describeConsole.ts'
import { browserSignatures } from './browserSignatures.ts'

describeConsole('signatures of browsers in the last hour', (soc) => {
  it('are counted: known, contradicting, by family and by window update', async () => {
    const { stats, families, windows, mismatches } = await soc().ask(browserSignatures)
    const sessions = soc().demo.answers.sessions
    const of = (holds: (one: (typeof sessions)[number]) => boolean): number => sessions.filter(holds).length
    const [all, h2, matched, contradicting] = [
      sessions.length,
      of((one) => one.h2 !== ''),
      of((one) => one.h2Family !== ''),
      of((one) => one.mismatch),
    ]
    expect(stats?.rows[0]).toMatchObject({
      ...{ total_sessions: all, sessions_with_h2: h2, sessions_matched: matched, sessions_mismatch: contradicting },
      match_rate: expect.closeTo((100 * matched) / h2, 1),
      mismatch_rate: expect.closeTo((100 * contradicting) / h2, 1),
    })
    expect(counts(families?.rows, 'family', 'sessions')).toEqual(
      countBy(
        sessions.filter(({ h2Family }) => h2Family !== ''),
        ({ h2Family }) => h2Family,
      ),
    )
    const known = [15_663_105, 12_517_377, 10_485_760]
    expect(windows?.rows.map((row) => row['sessions'])).toEqual([
      ...known.map((value) => of(({ windowUpdate }) => windowUpdate === value)),
      of((one) => one.h2 !== '' && one.windowUpdate === 0),
      of((one) => one.h2 !== '' && one.windowUpdate !== 0 && !known.includes(one.windowUpdate)),
    ])
    const chrome = mismatches?.rows.find((row) => row['ja4_family'] === 'Chrome')
    expect(chrome).toMatchObject({
      total: of(({ browserFamily }) => browserFamily === 'Chrome'),
      mismatches: of((one) => one.browserFamily === 'Chrome' && one.mismatch),
    })
  })

  it('the twenty busiest sessions that contradict themselves are shown with their settings', async () => {
    const { suspects } = await soc().ask(browserSignatures)
    const planted = soc()
      .demo.answers.sessions.filter(({ mismatch }) => mismatch)
      .map(({ hits }) => hits)
      .toSorted((a, b) => b - a)
    expect(suspects?.rows.map((row) => row['hits'])).toEqual(planted.slice(0, 20))
    for (const row of suspects?.rows ?? []) {
      const session = soc().demo.answers.sessions.find((one) => one.address === row['src_ip'] && one.mismatch)
      expect(row).toMatchObject({
        ja4_family: session?.browserFamily,
        h2_dict_family: session?.h2Family,
        wu_value: session?.windowUpdate,
        h2_initial_window_size: Number(/(?:^|;)4:(\d+)/.exec(session?.h2 ?? '')?.[1] ?? 0),
      })
    }
  })
})
