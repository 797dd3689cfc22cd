import { z } from 'zod'
import { sessionColumns } from '../featureNames.ts'
import { panel } from '../panel.ts'
import { sql, text } from '../sql.ts'

/** All of its sessions have the same JA4. */
const { ja4: _ja4, ...columnsOfOne } = sessionColumns
const SCORE_DAYS = 3
const REQUEST_DAYS = 1

/** All that is known of one TLS fingerprint. */
export const ja4 = panel({
  id: 'ja4',
  title: 'JA4',
  question: 'Who uses this fingerprint, and what do the models say of it?',
  screen: 'ja4',
  window: { days: 7 },
  params: { ja4: z.string().min(1).max(500) },
  parts: {
    profile: {
      title: 'In short',
      columns: {
        total_sessions: { kind: 'number', title: 'Sessions' },
        unique_ips: { kind: 'number', title: 'Addresses' },
        unique_hosts: { kind: 'number', title: 'Hosts' },
        unique_asns: { kind: 'number', title: 'Networks' },
        avg_score: { kind: 'number', title: 'Score, on average' },
        max_score: { kind: 'number', title: 'Worst score' },
        avg_hits: { kind: 'number', title: 'Requests, on average' },
        avg_velocity: { kind: 'number', title: 'Hits/s, on average' },
        total_hits: { kind: 'number', title: 'Requests' },
        threat_count: { kind: 'number', title: 'High or critical' },
        known_bot_count: { kind: 'number', title: 'Known bots' },
        browser_count: { kind: 'number', title: 'Browsers' },
        first_seen: 'time',
        last_seen: 'time',
        ip_sample: { kind: 'addresses', title: 'Some addresses' },
        host_list: { kind: 'list', title: 'Hosts' },
        asn_list: { kind: 'list', title: 'Networks' },
        country_list: { kind: 'list', title: 'Countries' },
        browser_list: { kind: 'list', title: 'Browsers' },
        bot_names: { kind: 'list', title: 'Bots' },
      },
      requires: ['processing.ml_all_scores'],
      sql: ({ params, processing, within }) => sql`SELECT count() AS total_sessions, uniqExact(src_ip) AS unique_ips,
  uniqExact(host) AS unique_hosts, uniqExact(asn_org) AS unique_asns,
  avg(anomaly_score) AS avg_score, max(anomaly_score) AS max_score,
  avg(hits) AS avg_hits, avg(hit_velocity) AS avg_velocity, sum(hits) AS total_hits,
  arraySort(groupUniqArray(20)(toString(src_ip))) AS ip_sample,
  arraySort(groupUniqArrayIf(10)(host, host != '')) AS host_list,
  arraySort(groupUniqArrayIf(10)(asn_org, asn_org != '')) AS asn_list,
  arraySort(groupUniqArrayIf(10)(country_code, country_code != '')) AS country_list,
  arraySort(groupUniqArrayIf(5)(browser_family, browser_family != '')) AS browser_list,
  arraySort(groupUniqArrayIf(5)(bot_name, bot_name != '')) AS bot_names,
  min(detected_at) AS first_seen, max(detected_at) AS last_seen,
  countIf(threat_level IN ('HIGH', 'CRITICAL')) AS threat_count,
  countIf(threat_level = 'KNOWN_BOT') AS known_bot_count, countIf(browser_family != '') AS browser_count
FROM ${processing('ml_all_scores')}
WHERE ja4 = ${text('ja4', params.ja4)} AND ${within('detected_at')}`,
    },
    detections: {
      title: 'Detections',
      columns: {
        detected_at: { kind: 'time', title: 'Detected' },
        threat_level: { kind: 'level', title: 'Level' },
        src_ip: { kind: 'address', title: 'Address' },
        anomaly_score: { kind: 'number', title: 'Score' },
        raw_anomaly_score: { kind: 'number', title: 'Raw' },
        hits: 'number',
        hit_velocity: { kind: 'number', title: 'Hits/s' },
        host: 'host',
        asn_org: { kind: 'asn', title: 'Network' },
        country_code: { kind: 'country', title: 'Country' },
        browser_family: { kind: 'text', title: 'Browser' },
        bot_name: { kind: 'text', title: 'Bot' },
        campaign_id: { kind: 'campaign', title: 'Campaign' },
      },
      requires: ['processing.ml_detected_anomalies'],
      sql: ({
        params,
        processing,
        within,
      }) => sql`SELECT src_ip, anomaly_score, raw_anomaly_score, threat_level, hits, hit_velocity, host,
  asn_org, country_code, browser_family, bot_name, detected_at, campaign_id
FROM ${processing('ml_detected_anomalies')}
WHERE ja4 = ${text('ja4', params.ja4)} AND ${within('detected_at')}
ORDER BY detected_at DESC, src_ip, host
LIMIT 500`,
    },
    scores: {
      title: 'Scores',
      columns: {
        detected_at: { kind: 'time', title: 'Scored' },
        threat_level: { kind: 'level', title: 'Level' },
        src_ip: { kind: 'address', title: 'Address' },
        anomaly_score: { kind: 'number', title: 'Score' },
        raw_anomaly_score: { kind: 'number', title: 'Raw' },
        ae_recon_error: { kind: 'number', title: 'AE error' },
        xgb_prob: { kind: 'number', title: 'XGB' },
        model_name: { kind: 'text', title: 'Model' },
        host: 'host',
        hits: 'number',
        asn_org: { kind: 'asn', title: 'Network' },
        country_code: { kind: 'country', title: 'Country' },
        browser_family: { kind: 'text', title: 'Browser' },
      },
      requires: ['processing.ml_all_scores'],
      sql: ({
        params,
        processing,
        within,
      }) => sql`SELECT src_ip, anomaly_score, raw_anomaly_score, ae_recon_error, xgb_prob, threat_level,
  model_name, host, hits, asn_org, country_code, browser_family, detected_at
FROM ${processing('ml_all_scores')}
WHERE ja4 = ${text('ja4', params.ja4)} AND ${within('detected_at', SCORE_DAYS)}
ORDER BY detected_at DESC, src_ip, host
LIMIT 500`,
    },
    timeline: {
      title: 'Sessions per hour',
      columns: {
        hour: 'time',
        sessions: 'number',
        active_ips: { kind: 'number', title: 'Addresses' },
        avg_score: { kind: 'number', title: 'Score' },
      },
      requires: ['processing.ml_all_scores'],
      sql: ({ params, processing, within }) => sql`SELECT toStartOfHour(detected_at) AS hour, count() AS sessions,
  uniqExact(src_ip) AS active_ips, avg(anomaly_score) AS avg_score
FROM ${processing('ml_all_scores')}
WHERE ja4 = ${text('ja4', params.ja4)} AND ${within('detected_at', SCORE_DAYS)}
GROUP BY hour
ORDER BY hour`,
    },
    threats: {
      title: 'Threat levels',
      columns: { threat_level: 'level', cnt: { kind: 'number', title: 'Sessions' } },
      requires: ['processing.ml_all_scores'],
      sql: ({ params, processing, within }) => sql`SELECT threat_level, count() AS cnt
FROM ${processing('ml_all_scores')}
WHERE ja4 = ${text('ja4', params.ja4)} AND ${within('detected_at')}
GROUP BY threat_level
ORDER BY cnt DESC, threat_level`,
    },
    requests: {
      title: 'Requests',
      columns: {
        time: 'time',
        src_ip: { kind: 'address', title: 'Address' },
        method: 'text',
        host: 'host',
        path: 'text',
        http_version: { kind: 'text', title: 'Version' },
        header_user_agent: { kind: 'text', title: 'User agent' },
      },
      requires: ['logs.http_logs'],
      sql: ({ params, logs, within }) => sql`SELECT time, src_ip, method, host, path, http_version, header_user_agent
FROM ${logs('http_logs')}
WHERE ja4 = ${text('ja4', params.ja4)} AND ${within('time', REQUEST_DAYS)}
ORDER BY time DESC, src_ip, host, path
LIMIT 200`,
    },
    features: {
      title: 'Sessions of the last hour',
      columns: columnsOfOne,
      requires: ['processing.view_ai_features_1h'],
      sql: ({ params, processing }) => sql`SELECT *
FROM ${processing('view_ai_features_1h')}
WHERE ja4 = ${text('ja4', params.ja4)}
ORDER BY hits DESC, src_ip, host
LIMIT 20`,
    },
  },
})
