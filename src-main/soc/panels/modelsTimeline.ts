import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** What models scored hour by hour. */
export const modelsTimeline = panel({
  id: 'modelsTimeline',
  title: 'Scored per hour',
  question: 'Do the models keep on scoring, and how much of it is anomalous?',
  screen: 'models',
  window: { days: 7 },
  params: {},
  parts: {
    rows: {
      title: 'Sessions scored per hour',
      columns: {
        hour: 'time',
        model_name: { kind: 'text', title: 'Model' },
        cnt: { kind: 'number', title: 'Sessions scored' },
        avg_score: { kind: 'number', title: 'Mean score' },
        anomalies: { kind: 'number', title: 'High or critical' },
      },
      requires: ['processing.ml_all_scores'],
      sql: ({ processing, within }) => sql`SELECT toStartOfHour(detected_at) AS hour, model_name, count() AS cnt,
  avg(anomaly_score) AS avg_score, countIf(threat_level IN ('HIGH', 'CRITICAL')) AS anomalies
FROM ${processing('ml_all_scores')}
WHERE ${within('detected_at')}
GROUP BY hour, model_name
ORDER BY hour, model_name`,
    },
  },
})
