import { expect, it } from 'vitest'
import { describeConsole, secondsOf } from '../testing/describeConsole.ts'
import { ja4 } from './ja4.ts'

const DAY = 86_400

describeConsole('a JA4', (soc) => {
  it('tells who uses it, how it was scored over a week, what it asked for in a day', async () => {
    const { rows, answers } = soc().demo
    for (const fingerprint of [answers.campaigns[0]?.ja4s[0] ?? '', answers.oddities.wide.ja4]) {
      const since = (at: number, days: number) => at >= answers.now - days * DAY
      const scores = (days: number) =>
        rows.ml_all_scores.filter((row) => row.ja4 === fingerprint && since(row.detected_at, days))
      const parts = await soc().ask(ja4, { ja4: fingerprint })
      const week = scores(7)
      const [profile] = parts['profile']?.rows ?? []
      expect(profile).toMatchObject({
        total_sessions: week.length,
        unique_ips: new Set(week.map(({ src_ip }) => src_ip)).size,
        unique_asns: new Set(week.map(({ asn_org }) => asn_org)).size,
        max_score: expect.closeTo(Math.max(...week.map((row) => row.anomaly_score)), 4),
        threat_count: week.filter((row) => ['HIGH', 'CRITICAL'].includes(row.threat_level)).length,
        known_bot_count: week.filter((row) => row.threat_level === 'KNOWN_BOT').length,
        browser_count: week.filter((row) => row.browser_family !== '').length,
      })
      expect(Number(profile?.['total_hits'])).toBe(week.reduce((sum, { hits }) => sum + Number(hits), 0))
      expect([profile?.['ip_sample'] ?? []].flat().some((one) => String(one).startsWith('::ffff:'))).toBe(false)
      expect(parts['threats']?.rows.reduce((sum, row) => sum + Number(row['cnt']), 0)).toBe(week.length)
      expect(parts['scores']?.rows.length).toBe(Math.min(500, scores(3).length))
      const detections = rows.ml_detected_anomalies
        .filter((row) => row.ja4 === fingerprint && since(row.detected_at, 7))
        .map((row) => row.detected_at)
        .toSorted((a, b) => b - a)
      expect(parts['detections']?.rows.map((row) => secondsOf(row['detected_at']))).toEqual(detections.slice(0, 500))
      const hours = Map.groupBy(scores(3), (row) => row.detected_at - (row.detected_at % 3600))
      expect(
        parts['timeline']?.rows.map((row) => [secondsOf(row['hour']), row['sessions'], row['active_ips']]),
      ).toEqual(
        [...hours]
          .toSorted(([a], [b]) => a - b)
          .map(([hour, all]) => [hour, all.length, new Set(all.map(({ src_ip }) => src_ip)).size]),
      )
      const requests = rows.http_logs.filter((row) => row.ja4 === fingerprint && since(row.time, 1))
      expect(parts['requests']?.rows.length).toBe(Math.min(200, requests.length))
      const sessions = answers.sessions.filter((one) => one.ja4 === fingerprint)
      expect(parts['features']?.rows.map((row) => row['hits'])).toEqual(
        sessions
          .map(({ hits }) => hits)
          .toSorted((a, b) => b - a)
          .slice(0, 20),
      )
    }
  })

  it('a fingerprint that nobody used is empty; one that is SQL is a text', async () => {
    const { profile, detections } = await soc().ask(ja4, { ja4: "x' OR 1=1 --" })
    expect([profile?.rows[0]?.['total_sessions'], detections?.rows]).toEqual([0, []])
  })
})
