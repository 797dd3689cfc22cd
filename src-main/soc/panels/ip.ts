import { address } from '../address.ts'
import { sessionColumns } from '../featureNames.ts'
import { panel } from '../panel.ts'
import { sql, text } from '../sql.ts'

const SCORE_DAYS = 3
const REQUEST_DAYS = 1

/** All that is known of one address. */
export const ip = panel({
  id: 'ip',
  title: 'Address',
  question: 'What did this address do, and what do the models say of it?',
  screen: 'address',
  window: { days: 30 },
  params: { ip: address },
  parts: {
    summary: {
      title: 'In short',
      columns: {
        detections: 'number',
        days: { kind: 'number', title: 'Days detected' },
        worst_score: { kind: 'number', title: 'Score' },
        worst_threat: { kind: 'level', title: 'Worst' },
        asn_number: { kind: 'text', title: 'AS number' },
        asn_org: { kind: 'asn', title: 'Network' },
        country_code: { kind: 'country', title: 'Country' },
        first_seen: 'time',
        last_seen: 'time',
      },
      requires: ['processing.ml_detected_anomalies'],
      sql: ({ params, processing, within }) => sql`SELECT count() AS detections, uniqExact(toDate(detected_at)) AS days,
  max(anomaly_score) AS worst_score, argMax(threat_level, anomaly_score) AS worst_threat,
  argMax(asn_number, detected_at) AS asn_number, argMax(asn_org, detected_at) AS asn_org,
  argMax(country_code, detected_at) AS country_code, min(detected_at) AS first_seen, max(detected_at) AS last_seen
FROM ${processing('ml_detected_anomalies')}
WHERE src_ip = toIPv6(${text('ip', params.ip)}) AND ${within('detected_at')}`,
    },
    detections: {
      title: 'Detections',
      columns: {
        detected_at: { kind: 'time', title: 'Detected' },
        threat_level: { kind: 'level', title: 'Level' },
        anomaly_score: { kind: 'number', title: 'Score' },
        host: 'host',
        ja4: 'ja4',
        hits: 'number',
        hit_velocity: { kind: 'number', title: 'Hits/s' },
        fuzzing_index: { kind: 'number', title: 'Fuzzing' },
        post_ratio: { kind: 'percent', title: 'POST' },
        recurrence: 'number',
        campaign_id: { kind: 'campaign', title: 'Campaign' },
        bot_name: { kind: 'text', title: 'Bot' },
        browser_family: { kind: 'text', title: 'Browser' },
        model_name: { kind: 'text', title: 'Model' },
        reason: 'text',
      },
      requires: ['processing.ml_detected_anomalies'],
      sql: ({ params, processing, within }) => sql`SELECT *
FROM ${processing('ml_detected_anomalies')}
WHERE src_ip = toIPv6(${text('ip', params.ip)}) AND ${within('detected_at')}
ORDER BY detected_at DESC, ja4, host`,
    },
    scores: {
      title: 'Anomaly score',
      columns: {
        detected_at: { kind: 'time', title: 'Scored' },
        threat_level: { kind: 'level', title: 'Level' },
        anomaly_score: { kind: 'number', title: 'Score' },
        raw_anomaly_score: { kind: 'number', title: 'Raw' },
        ae_recon_error: { kind: 'number', title: 'AE error' },
        xgb_prob: { kind: 'number', title: 'XGB' },
        host: 'host',
        ja4: 'ja4',
        hits: 'number',
        model_name: { kind: 'text', title: 'Model' },
      },
      requires: ['processing.ml_all_scores'],
      sql: ({ params, processing, within }) => sql`SELECT *
FROM ${processing('ml_all_scores')}
WHERE src_ip = toIPv6(${text('ip', params.ip)}) AND ${within('detected_at', SCORE_DAYS)}
ORDER BY detected_at DESC, ja4, host`,
    },
    requests: {
      title: 'Requests',
      columns: {
        time: 'time',
        method: 'text',
        path: 'text',
        host: 'host',
        http_version: { kind: 'text', title: 'Version' },
        header_user_agent: { kind: 'text', title: 'User agent' },
        ja4: 'ja4',
      },
      requires: ['logs.http_logs'],
      // Requests are logged with IPv4 addresses: of an IPv6 address there are none.
      sql: ({ params, logs, within }) => sql`SELECT time, method, host, path, http_version, header_user_agent, ja4
FROM ${logs('http_logs')}
WHERE src_ip = toIPv4OrNull(${text('ip', params.ip)}) AND ${within('time', REQUEST_DAYS)}
ORDER BY time DESC, host, path
LIMIT 100`,
    },
    fingerprints: {
      title: 'Fingerprints',
      columns: {
        ja4: 'ja4',
        requests: 'number',
        user_agents: { kind: 'number', title: 'User agents' },
        user_agent: { kind: 'text', title: 'User agent, mostly' },
      },
      requires: ['logs.http_logs'],
      sql: ({
        params,
        logs,
        within,
      }) => sql`SELECT ja4, count() AS requests, uniqExact(header_user_agent) AS user_agents,
  topK(1)(header_user_agent)[1] AS user_agent
FROM ${logs('http_logs')}
WHERE src_ip = toIPv4OrNull(${text('ip', params.ip)}) AND ${within('time', REQUEST_DAYS)}
GROUP BY ja4
ORDER BY requests DESC, ja4
LIMIT 50`,
    },
    features: {
      title: 'Features of the last hour',
      columns: sessionColumns,
      requires: ['processing.view_ai_features_1h'],
      sql: ({ params, processing }) => sql`SELECT *
FROM ${processing('view_ai_features_1h')}
WHERE src_ip = toIPv6(${text('ip', params.ip)})
ORDER BY hits DESC, ja4, host
LIMIT 1`,
    },
    recurrence: {
      title: 'Recurrence',
      columns: {
        recurrence: { kind: 'number', title: 'Hours detected' },
        worst_score: { kind: 'number', title: 'Score' },
        worst_threat: { kind: 'level', title: 'Worst' },
        first_seen: 'time',
        last_seen: 'time',
        top_ja4: { kind: 'ja4', title: 'JA4, mostly' },
        top_host: { kind: 'host', title: 'Host, mostly' },
      },
      requires: ['processing.view_ip_recurrence'],
      sql: ({ params, processing }) => sql`SELECT *
FROM ${processing('view_ip_recurrence')}
WHERE src_ip = toIPv6(${text('ip', params.ip)})`,
    },
    verdicts: {
      title: 'Verdicts',
      columns: {
        created_at: { kind: 'time', title: 'Said' },
        classification: { kind: 'text', title: 'Verdict' },
        comment: 'text',
      },
      requires: ['processing.soc_feedback'],
      sql: ({ params, processing }) => sql`SELECT created_at, classification, comment
FROM ${processing('soc_feedback')}
WHERE src_ip = toIPv6(${text('ip', params.ip)})
ORDER BY created_at DESC, classification, comment
LIMIT 50`,
    },
    cascade: {
      title: 'Pages and what they load',
      columns: {
        window_start: { kind: 'time', title: 'Hour' },
        host: 'host',
        page_count: { kind: 'number', title: 'Pages' },
        max_sub_resources: { kind: 'number', title: 'Most loaded' },
        avg_sub_delay_ms: { kind: 'number', title: 'Delay, ms' },
        stddev_sub_delay_ms: { kind: 'number', title: 'Spread, ms' },
      },
      requires: ['processing.view_resource_cascade_1h'],
      sql: ({
        params,
        processing,
      }) => sql`SELECT host, page_count, avg_sub_delay_ms, stddev_sub_delay_ms, max_sub_resources,
  window_start
FROM ${processing('view_resource_cascade_1h')}
WHERE src_ip = toIPv6(${text('ip', params.ip)})
ORDER BY window_start DESC, host
LIMIT 50`,
    },
  },
})
