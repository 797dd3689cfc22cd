import { expect, it } from 'vitest'
import { describeConsole, secondsOf } from '../testing/describeConsole.ts'
import { alerts } from './alerts.ts'
import { timelineDetail } from './timelineDetail.ts'

describeConsole('the live feed and the timeline', (soc) => {
  it('shows the newest 20 detections of a day, up to 100', async () => {
    const { rows: all, answers } = soc().demo
    const newest = all.ml_detected_anomalies
      .map(({ detected_at }) => detected_at)
      .filter((at) => at >= answers.now - 86_400)
      .toSorted((a, b) => b - a)
    const times = async (params: object) =>
      (await soc().ask(alerts, params))['rows']?.rows.map((row) => secondsOf(row['detected_at']))
    expect(await times({})).toEqual(newest.slice(0, 20))
    expect(await times({ limit: 100 })).toEqual(newest.slice(0, 100))
    for (const limit of [0, 101, 1.5, '20'])
      expect(() => alerts.statements({ limit }, soc().databases, {})).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
  })

  it('counts detections of each hour by level', async () => {
    const { timeline } = await soc().ask(timelineDetail)
    const byHour: Record<string, Record<string, unknown>> = {}
    for (const { hour, threat_level, cnt } of timeline?.rows ?? [])
      (byHour[secondsOf(hour)] ??= {})[String(threat_level)] = cnt
    expect(byHour).toEqual(soc().demo.answers.timeline)
  })
})
