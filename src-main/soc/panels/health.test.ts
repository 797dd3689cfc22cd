import { expect, it } from 'vitest'
import { mean } from '../testing/counting.ts'
import { describeConsole, secondsOf } from '../testing/describeConsole.ts'
import { health } from './health.ts'

describeConsole('health of the models', (soc) => {
  it('shows the cycles of a week newest first, the newest of each model, and the averages', async () => {
    const { metrics, latest, averages } = await soc().ask(health)
    const week = soc()
      .demo.rows.ml_performance_metrics.filter(({ cycle_at }) => cycle_at >= soc().demo.answers.now - 7 * 86_400)
      .toSorted((a, b) => b.cycle_at - a.cycle_at)
    expect(metrics?.rows.map((row) => secondsOf(row['cycle_at']))).toEqual(week.map(({ cycle_at }) => cycle_at))
    expect(metrics?.rows[0]).toMatchObject({
      model_name: week[0]?.model_name,
      cycle_latency_ms: week[0]?.cycle_latency_ms,
      drift_alert: week[0]?.drift_alert === 1,
      drift_rate: expect.closeTo(week[0]?.drift_rate ?? -1, 5),
    })
    for (const row of latest?.rows ?? [])
      expect(secondsOf(row['cycle_at'])).toBe(week.find(({ model_name }) => model_name === row['model_name'])?.cycle_at)
    expect(latest?.rows).toHaveLength(new Set(week.map(({ model_name }) => model_name)).size)
    expect(averages?.rows).toEqual([
      {
        cycles: week.length,
        avg_anomaly_rate: expect.closeTo(
          mean(week, ({ anomaly_rate }) => anomaly_rate),
          3,
        ),
        avg_latency_ms: Math.round(mean(week, ({ cycle_latency_ms }) => cycle_latency_ms)),
        drift_alerts: week.filter(({ drift_alert }) => drift_alert === 1).length,
      },
    ])
  })
})
