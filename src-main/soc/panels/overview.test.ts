import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clickhouseMissing } from '../../clickhouse/localServer.ts'
import { openConsole, type Console } from '../testing/askPanel.ts'
import { sharedSocServer, type SharedSocServer } from '../testing/sharedSocServer.ts'
import { overview } from './overview.ts'

const missing = clickhouseMissing()
describe.skipIf(missing !== null)(`the overview${missing === null ? '' : ` (${missing})`}`, () => {
  let shared: SharedSocServer
  let console: Console
  beforeAll(async () => {
    shared = await sharedSocServer()
    console = await openConsole(shared)
  })
  afterAll(() => console.close())

  /** Two columns of rows as an object. */
  const counts = (rows: readonly Record<string, unknown>[] = [], key: string, count: string) =>
    Object.fromEntries(rows.map((row) => [row[key], row[count]]))

  it('counts the last day', async () => {
    const { answers } = shared.demo
    const parts = await console.ask(overview)
    const { detections, scores, traffic, levels, addresses, timeline, models, browsers } = parts
    const different = Object.keys(answers.detectedAddresses).length
    expect(detections?.rows).toEqual([{ detections: answers.detections.day, unique_ips: different }])
    expect(scores?.rows).toEqual([
      { scored: answers.scores.day, legitimate_browsers: answers.threats.scores['LEGITIMATE_BROWSER'] },
    ])
    expect(traffic?.rows).toEqual([{ requests: answers.requests.day }])
    expect(counts(levels?.rows, 'threat_level', 'cnt')).toEqual(answers.threats.scores)
    expect(counts(models?.rows, 'model_name', 'scored')).toEqual(answers.models.day)
    expect(counts(browsers?.rows, 'browser_family', 'cnt')).toEqual(answers.browsers)

    const most = Object.values(answers.detectedAddresses)
      .toSorted((a, b) => b - a)
      .slice(0, 10)
    expect(addresses?.rows.map((row) => row['cnt'])).toEqual(most)
    for (const row of addresses?.rows ?? []) expect(answers.detectedAddresses[String(row['src_ip'])]).toBe(row['cnt'])

    const byHour: Record<string, Record<string, unknown>> = {}
    for (const { hour, threat_level, cnt } of timeline?.rows ?? [])
      (byHour[Date.parse(String(hour)) / 1000] ??= {})[String(threat_level)] = cnt
    expect(byHour).toEqual(answers.timeline)
  })

  it('a range replaces the day', async () => {
    const { answers, rows } = shared.demo
    const within = (from: number, to: number) =>
      rows.ml_detected_anomalies.filter(({ detected_at }) => detected_at >= from && detected_at < to).length
    const asked = async (window: object) =>
      (await console.ask(overview, {}, window))['detections']?.rows[0]?.['detections']
    expect(await asked({ last: 7 * 86_400 })).toBe(answers.detections.week)
    const [from, to] = [answers.now - 3 * 86_400, answers.now - 86_400]
    expect(await asked({ from, to })).toBe(within(from, to))
    expect(await asked({ from })).toBe(within(from, Number.MAX_SAFE_INTEGER))
    // Without a begin: a day before the end.
    expect(await asked({ to })).toBe(within(to - 86_400, to))
  })
})
