import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** Detections of each hour by threat level: a row for each of both. */
export const timelineDetail = panel({
  id: 'timelineDetail',
  title: 'Timeline by threat level',
  question: 'When did detections come, and how bad were they?',
  screen: 'behaviour',
  window: { days: 1 },
  params: {},
  parts: {
    timeline: {
      title: 'Detections per hour by level',
      columns: { hour: 'time', threat_level: 'level', cnt: { kind: 'number', title: 'Detections' } },
      requires: ['processing.ml_detected_anomalies'],
      sql: ({ processing, within }) => sql`SELECT toStartOfHour(detected_at) AS hour, threat_level, count() AS cnt
FROM ${processing('ml_detected_anomalies')}
WHERE ${within('detected_at')}
GROUP BY hour, threat_level
ORDER BY hour, threat_level`,
    },
  },
})
