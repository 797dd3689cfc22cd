import { expect, it } from 'vitest'
import { mean } from '../testing/counting.ts'
import { describeConsole, secondsOf } from '../testing/describeConsole.ts'
import { modelsTimeline } from './modelsTimeline.ts'

describeConsole('what models scored per hour', (soc) => {
  it('is told for a week with mean score and anomalies', async () => {
    const found = (await soc().ask(modelsTimeline))['rows']?.rows ?? []
    const scores = soc().demo.rows.ml_all_scores.filter(
      ({ detected_at }) => detected_at >= soc().demo.answers.now - 7 * 86_400,
    )
    const hours = Map.groupBy(scores, (row) => `${row.detected_at - (row.detected_at % 3600)} ${row.model_name}`)
    expect(found).toHaveLength(hours.size)
    for (const row of found) {
      const hour = hours.get(`${secondsOf(row['hour'])} ${String(row['model_name'])}`) ?? []
      expect(row).toMatchObject({
        cnt: hour.length,
        avg_score: expect.closeTo(
          mean(hour, ({ anomaly_score }) => anomaly_score),
          5,
        ),
        anomalies: hour.filter(({ threat_level }) => ['HIGH', 'CRITICAL'].includes(threat_level)).length,
      })
    }
  })
})
