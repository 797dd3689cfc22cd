import { describe, expect, it } from 'vitest'
import type { Session } from '../demo/sessions.ts'
import { importanceOf } from '../shap.ts'
import { describeConsole } from '../testing/describeConsole.ts'
import { behavior } from './behavior.ts'
import { features } from './features.ts'

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const variance = (values: readonly number[]): number => mean(values.map((value) => (value - mean(values)) ** 2))
const of: Record<string, (session: Session) => number> = {
  hits: ({ hits }) => hits,
  hit_velocity: ({ velocity }) => velocity,
  fuzzing_index: ({ fuzzing }) => fuzzing,
  post_ratio: ({ post }) => post,
  asset_ratio: ({ assets }) => assets,
  direct_access_ratio: ({ direct }) => direct,
  temporal_entropy: ({ entropy }) => entropy,
  path_diversity_ratio: ({ pathDiversity }) => pathDiversity,
  modern_browser_score: ({ browserScore }) => browserScore,
  header_count: ({ headers }) => headers,
  src_port_density: ({ portDensity }) => portDensity,
  distinct_ja4_count: ({ ja4sOfAddress }) => ja4sOfAddress,
}
const values = (sessions: readonly Session[], feature: string): number[] =>
  sessions.map((session) => of[feature]?.(session) ?? Number.NaN)

describeConsole('features and behaviour', (soc) => {
  it('averages of all sessions, of people and of bots are those worked out from the requests', async () => {
    const { sessions } = soc().demo.answers
    const human = sessions.filter(({ asnLabel }) => asnLabel === 'isp')
    const bot = sessions.filter(({ asnLabel }) => ['datacenter', 'hosting'].includes(asnLabel))
    const { averages, addresses, variance: varied } = await soc().ask(features)
    const [first, ...rest] = averages?.rows ?? []
    expect(first).toEqual({ feature: 'sessions', average: sessions.length, human: human.length, bot: bot.length })
    expect(rest.map((row) => row['feature'])).toEqual(Object.keys(of))
    for (const { feature, ...row } of rest)
      expect([feature, row]).toEqual([
        feature,
        {
          average: expect.closeTo(mean(values(sessions, String(feature))), 6),
          human: expect.closeTo(mean(values(human, String(feature))), 6),
          bot: expect.closeTo(mean(values(bot, String(feature))), 6),
        },
      ])
    const different = new Set(sessions.map(({ address }) => address)).size
    const hits = sessions.reduce((sum, one) => sum + one.hits, 0)
    expect(addresses?.rows.slice(0, 2)).toEqual([
      { feature: 'addresses', average: different },
      { feature: 'hits', average: expect.closeTo(hits / different, 6) },
    ])
    for (const { feature, variance: found } of varied?.rows ?? [])
      expect([feature, found]).toEqual([feature, expect.closeTo(variance(values(sessions, String(feature))), 4)])
    const order = varied?.rows.map((row) => Number(row['variance'])) ?? []
    expect(order).toEqual(order.toSorted((a, b) => b - a))
  })

  it('weights of features are taken from the newest 500 reasons', async () => {
    const { importance } = await soc().ask(features)
    const { answers, rows } = soc().demo
    const reasons = rows.ml_detected_anomalies.filter(({ reason }) => reason !== '').length
    expect(reasons).toBeLessThanOrEqual(500)
    const found = Object.fromEntries(
      importance?.rows.map((row) => [
        row['feature'],
        { importance: row['importance'], occurrences: row['occurrences'] },
      ]) ?? [],
    )
    expect(found).toEqual(
      Object.fromEntries(
        Object.entries(answers.importance).map(([name, one]) => [
          name,
          { importance: expect.closeTo(one.importance, 3), occurrences: one.occurrences },
        ]),
      ),
    )
  })

  it('shows the 500 busiest sessions and how often each rounded value comes', async () => {
    const { sessions } = soc().demo.answers
    const { scatter, distributions } = await soc().ask(behavior)
    expect(scatter?.rows.map((row) => row['hits'])).toEqual(
      sessions
        .map(({ hits }) => hits)
        .toSorted((a, b) => b - a)
        .slice(0, 500),
    )
    for (const feature of ['hit_velocity', 'post_ratio', 'temporal_entropy']) {
      const found = distributions?.rows.filter((row) => row['feature'] === feature) ?? []
      expect(found.reduce((sum, row) => sum + Number(row['cnt']), 0)).toBe(sessions.length)
      const zero = values(sessions, feature).filter((value) => Math.round(value * 100) === 0).length
      expect([feature, found.find((row) => row['bucket'] === 0)?.['cnt'] ?? 0]).toEqual([feature, zero])
    }
  })
})

describe('weights in reasons', () => {
  it('are read up to the threat, of either method; what is none is left out', () => {
    expect(
      importanceOf([
        'SHAP: a(+0.500) | b(-0.100) | Threat: HIGH c(+9.0)',
        'ExIFFI: a(0.300)',
        'a(+7.0)',
        'SHAP: <b>a</b>(+1.0) x(1) y()',
        '',
      ]),
    ).toEqual([
      { feature: 'a', importance: 0.4, occurrences: 2 },
      { feature: 'b', importance: 0.1, occurrences: 1 },
    ])
  })
})
