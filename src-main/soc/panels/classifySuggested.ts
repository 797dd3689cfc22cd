import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** Addresses that the models called anomalous and nobody has judged, worst first. */
export const classifySuggested = panel({
  id: 'classifySuggested',
  title: 'To classify next',
  question: 'Which detected addresses has nobody judged yet?',
  screen: 'detections',
  window: { days: 3 },
  params: {},
  parts: {
    rows: {
      title: 'To classify next',
      columns: {
        src_ip: { kind: 'address', title: 'Address' },
        threat_level: { kind: 'level', title: 'Level' },
        worst_score: { kind: 'number', title: 'Score' },
        detection_count: { kind: 'number', title: 'Detections' },
        ja4: 'ja4',
        host: 'host',
        asn_org: { kind: 'asn', title: 'Network' },
        country_code: { kind: 'country', title: 'Country' },
      },
      requires: ['processing.ml_detected_anomalies', 'processing.soc_feedback'],
      // A join on a column that is never null finds no row without a partner, so those judged are kept out by NOT IN.
      sql: ({ processing, within }) => sql`SELECT src_ip, argMax(threat_level, anomaly_score) AS threat_level,
  max(anomaly_score) AS worst_score, count() AS detection_count, any(ja4) AS ja4, any(host) AS host,
  any(asn_org) AS asn_org, any(country_code) AS country_code
FROM ${processing('ml_detected_anomalies')}
WHERE ${within('detected_at')} AND src_ip NOT IN (SELECT src_ip FROM ${processing('soc_feedback')})
GROUP BY src_ip
ORDER BY worst_score DESC, src_ip
LIMIT 20`,
    },
  },
})
