import { expect, it } from 'vitest'
import { describeConsole, secondsOf } from '../testing/describeConsole.ts'
import { bruteForce } from './bruteForce.ts'
import { cascade } from './cascade.ts'
import { fleet } from './fleet.ts'
import { ja4Rotation } from './ja4Rotation.ts'
import { recurrence } from './recurrence.ts'
import { uaRotation } from './uaRotation.ts'

describeConsole('threat patterns', (soc) => {
  const rows = async (panel: Parameters<ReturnType<typeof soc>['ask']>[0], params: object = {}) =>
    (await soc().ask(panel, params))['rows']?.rows ?? []

  it('brute force: who sent sign-in forms, most first', async () => {
    expect(
      (await rows(bruteForce)).map((row) =>
        Object.values({ ...row, first_seen: secondsOf(row['first_seen']), last_seen: secondsOf(row['last_seen']) }),
      ),
    ).toEqual(
      soc().demo.answers.bruteForce.map((one) => [
        one.address,
        one.host,
        one.postCount,
        one.distinctPaths,
        one.firstSeen,
        one.lastSeen,
      ]),
    )
  })

  it('rotation: who changes the JA4, and who the user agent, however hostile its text', async () => {
    const { answers } = soc().demo
    expect(
      (await rows(ja4Rotation)).map((row) => [
        row['src_ip'],
        row['host'],
        row['distinct_ja4'],
        row['ja4_list'],
        row['total_hits'],
        secondsOf(row['window_start']),
      ]),
    ).toEqual(
      answers.ja4Rotation.map((one) => [
        one.address,
        one.host,
        one.ja4s.length,
        one.ja4s,
        one.totalHits,
        one.windowStart,
      ]),
    )
    const agents = await rows(uaRotation)
    expect(
      agents.map((row) => [
        row['src_ip'],
        row['ja4'],
        row['distinct_ua_count'],
        row['total_requests'],
        secondsOf(row['window_start']),
      ]),
    ).toEqual(
      answers.uaRotation.map((one) => [
        one.address,
        one.ja4,
        one.userAgents.length,
        one.totalRequests,
        one.windowStart,
      ]),
    )
    for (const [n, one] of answers.uaRotation.entries()) {
      const samples = [agents[n]?.['ua_samples'] ?? []].flat().map(String)
      expect(samples.length).toBe(Math.min(5, one.userAgents.length))
      expect(one.userAgents).toEqual(expect.arrayContaining(samples))
    }
  })

  it('recurrence: who comes back, most often first', async () => {
    const { rows: all, answers } = soc().demo
    const found = await rows(recurrence)
    expect(
      found.map((row) => [
        row['src_ip'],
        row['recurrence'],
        row['worst_score'],
        secondsOf(row['first_seen']),
        secondsOf(row['last_seen']),
      ]),
    ).toEqual(
      answers.recurrence
        .slice(0, 100)
        .map((one) => [one.address, one.recurrence, expect.closeTo(one.worstScore, 4), one.firstSeen, one.lastSeen]),
    )
    for (const row of found) {
      const levels = all.ml_detected_anomalies
        .filter(
          ({ src_ip, anomaly_score }) =>
            src_ip.replace('::ffff:', '') === row['src_ip'] &&
            Math.abs(anomaly_score - Number(row['worst_score'])) < 1e-4,
        )
        .map(({ threat_level }) => threat_level)
      expect(levels).toContain(row['worst_threat'])
    }
  })

  it('cascade: what an address loads after its pages; of all, the emptiest pages first', async () => {
    for (const one of soc().demo.answers.cascades)
      expect(await rows(cascade, { ip: `::ffff:${one.address}` })).toEqual([
        {
          ...{ src_ip: one.address, host: one.host, page_count: one.pageCount, max_sub_resources: one.maxSubResources },
          avg_sub_delay_ms: one.avgDelayMs,
          stddev_sub_delay_ms: one.stddevDelayMs === null ? null : expect.closeTo(one.stddevDelayMs, 6),
          window_start: expect.any(String),
        },
      ])
    const share = (await rows(cascade)).map((row) => Number(row['page_count']) / (1 + Number(row['max_sub_resources'])))
    expect([share.length, share]).toEqual([50, share.toSorted((a, b) => b - a)])
    for (const ip of ['', 'x', "1' OR '1'='1", '300.1.1.1'])
      expect(() => cascade.statements({ ip }, soc().databases, {})).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
  })

  it('fleets of a week, the surest first', async () => {
    const { fleets, now } = soc().demo.answers
    expect(
      (await rows(fleet)).map((row) => ({
        ...row,
        detected_at: secondsOf(row['detected_at']),
        fleet_score: expect.anything(),
      })),
    ).toEqual(
      fleets
        .filter(({ detected_at }) => detected_at >= now - 7 * 86_400)
        .toSorted((a, b) => b.fleet_score - a.fleet_score)
        .map((one) => ({ ...one, fleet_score: expect.anything() })),
    )
  })
})
