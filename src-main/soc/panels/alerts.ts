import { z } from 'zod'
import { panel } from '../panel.ts'
import { sql, whole } from '../sql.ts'

/** The newest detections, as they come. */
export const alerts = panel({
  id: 'alerts',
  title: 'Live feed',
  question: 'What was detected just now?',
  screen: 'behaviour',
  window: { days: 1 },
  params: { limit: z.number().int().min(1).max(100).default(20) },
  parts: {
    rows: {
      title: 'Newest detections',
      columns: {
        detected_at: { kind: 'time', title: 'Detected' },
        threat_level: { kind: 'level', title: 'Level' },
        src_ip: { kind: 'address', title: 'Address' },
        host: 'host',
        anomaly_score: { kind: 'number', title: 'Score' },
        hits: 'number',
        hit_velocity: { kind: 'number', title: 'Hits/s' },
        ja4: 'ja4',
        asn_org: { kind: 'asn', title: 'Network' },
        country_code: { kind: 'country', title: 'Country' },
        bot_name: { kind: 'text', title: 'Bot' },
        campaign_id: { kind: 'campaign', title: 'Campaign' },
        reason: 'text',
      },
      requires: ['processing.ml_detected_anomalies'],
      sql: ({ params, processing, within }) => sql`SELECT detected_at, src_ip, anomaly_score, threat_level, ja4, host,
  asn_org, country_code, bot_name, campaign_id, hits, hit_velocity, reason
FROM ${processing('ml_detected_anomalies')}
WHERE ${within('detected_at')}
ORDER BY detected_at DESC, src_ip, host
LIMIT ${whole('limit', params.limit)}`,
    },
  },
})
