import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

const anomalies = 'processing.ml_detected_anomalies'
const scores = 'processing.ml_all_scores'
const logs = 'logs.http_logs'

/** The day at a glance: how much was seen, scored and called anomalous, by whom, and what the models and browsers were. */
export const overview = panel({
  id: 'overview',
  title: 'Overview',
  question: 'What happened in the last day, and who stands out?',
  screen: 'overview',
  window: { days: 1 },
  params: {},
  parts: {
    detections: {
      title: 'Detections',
      columns: { detections: 'number', unique_ips: { kind: 'number', title: 'Addresses' } },
      requires: [anomalies],
      sql: ({ processing, within }) => sql`SELECT count() AS detections, uniq(src_ip) AS unique_ips
FROM ${processing('ml_detected_anomalies')}
WHERE ${within('detected_at')}`,
    },
    scores: {
      title: 'Scored sessions',
      columns: { scored: 'number', legitimate_browsers: 'number' },
      requires: [scores],
      sql: ({ processing, within }) => sql`SELECT count() AS scored,
  countIf(threat_level = 'LEGITIMATE_BROWSER') AS legitimate_browsers
FROM ${processing('ml_all_scores')}
WHERE ${within('detected_at')}`,
    },
    traffic: {
      title: 'Requests',
      columns: { requests: 'number' },
      requires: [logs],
      sql: ({ logs: table, within }) => sql`SELECT count() AS requests
FROM ${table('http_logs')}
WHERE ${within('time')}`,
    },
    levels: {
      title: 'Threat levels of scored sessions',
      columns: { threat_level: 'level', cnt: { kind: 'number', title: 'Sessions' } },
      requires: [scores],
      sql: ({ processing, within }) => sql`SELECT threat_level, count() AS cnt
FROM ${processing('ml_all_scores')}
WHERE ${within('detected_at')}
GROUP BY threat_level
ORDER BY cnt DESC, threat_level`,
    },
    addresses: {
      title: 'Addresses',
      columns: {
        src_ip: { kind: 'address', title: 'Address' },
        threat_level: { kind: 'level', title: 'Level' },
        asn_org: { kind: 'asn', title: 'Network' },
        country_code: { kind: 'country', title: 'Country' },
        cnt: { kind: 'number', title: 'Count' },
        worst_score: { kind: 'number', title: 'Score' },
      },
      requires: [anomalies],
      sql: ({ processing, within }) => sql`SELECT src_ip, count() AS cnt, max(anomaly_score) AS worst_score,
  any(threat_level) AS threat_level, any(asn_org) AS asn_org, any(country_code) AS country_code
FROM ${processing('ml_detected_anomalies')}
WHERE ${within('detected_at')}
GROUP BY src_ip
ORDER BY cnt DESC, src_ip
LIMIT 10`,
    },
    timeline: {
      title: 'Detections per hour',
      columns: { hour: 'time', threat_level: 'level', cnt: { kind: 'number', title: 'Detections' } },
      requires: [anomalies],
      sql: ({ processing, within }) => sql`SELECT toStartOfHour(detected_at) AS hour, threat_level, count() AS cnt
FROM ${processing('ml_detected_anomalies')}
WHERE ${within('detected_at')}
GROUP BY hour, threat_level
ORDER BY hour, threat_level`,
    },
    models: {
      title: 'Models',
      columns: { model_name: { kind: 'text', title: 'Model' }, scored: { kind: 'number', title: 'Scored' } },
      requires: [scores],
      sql: ({ processing, within }) => sql`SELECT model_name, count() AS scored
FROM ${processing('ml_all_scores')}
WHERE ${within('detected_at')}
GROUP BY model_name
ORDER BY scored DESC, model_name`,
    },
    browsers: {
      title: 'Browser family',
      columns: { browser_family: { kind: 'text', title: 'Family' }, cnt: { kind: 'number', title: 'Sessions' } },
      requires: [scores],
      sql: ({ processing, within }) => sql`SELECT browser_family, count() AS cnt
FROM ${processing('ml_all_scores')}
WHERE ${within('detected_at')} AND browser_family != ''
GROUP BY browser_family
ORDER BY cnt DESC, browser_family`,
    },
  },
})
