import { z } from 'zod'
import { panel, type ParamsOf, type Question } from '../panel.ts'
import { integer, sql, type Sql } from '../sql.ts'
import { campaignDays } from './campaigns.ts'

const params = { campaign: z.number().int().min(0), days: campaignDays }
const needs = ['processing.ml_detected_anomalies'] as const

const members = ({ params: asked, processing, within }: Question<ParamsOf<typeof params>>): Sql =>
  sql`FROM ${processing('ml_detected_anomalies')}
WHERE campaign_id = ${integer('campaign', asked.campaign)} AND ${within('detected_at')}`

/** One campaign taken apart: by JA4, network, host and level. */
export const cluster = panel({
  id: 'cluster',
  title: 'Campaign taken apart',
  question: 'What is this campaign made of, and whom is it after?',
  screen: 'campaigns',
  window: { days: 7 },
  params,
  parts: {
    profile: {
      title: 'The campaign as a whole',
      columns: {
        total_members: { kind: 'number', title: 'Detections' },
        unique_ips: { kind: 'number', title: 'Addresses' },
        unique_ja4: { kind: 'number', title: 'JA4s' },
        unique_hosts: { kind: 'number', title: 'Hosts' },
        unique_asns: { kind: 'number', title: 'Networks' },
        avg_score: { kind: 'number', title: 'Mean score' },
        max_score: { kind: 'number', title: 'Highest score' },
        min_score: { kind: 'number', title: 'Lowest score' },
        avg_hits: { kind: 'number', title: 'Mean hits' },
        total_hits: { kind: 'number', title: 'Hits' },
        avg_velocity: { kind: 'number', title: 'Mean requests a second' },
        avg_fuzzing: { kind: 'number', title: 'Mean fuzzing' },
        avg_post_ratio: { kind: 'percent', title: 'POST' },
        ip_list: { kind: 'addresses', title: 'Addresses, up to 30' },
        ja4_list: { kind: 'ja4s', title: 'JA4s, up to 20' },
        host_list: { kind: 'list', title: 'Hosts, up to 10' },
        asn_list: { kind: 'list', title: 'Networks, up to 10' },
        country_list: { kind: 'list', title: 'Countries, up to 10' },
        browser_list: { kind: 'list', title: 'Browsers, up to 5' },
        bot_names: { kind: 'list', title: 'Bots, up to 5' },
        first_seen: { kind: 'time', title: 'First seen' },
        last_seen: { kind: 'time', title: 'Last seen' },
        threat_count: { kind: 'number', title: 'High or critical' },
        known_bot_count: { kind: 'number', title: 'Known bots' },
      },
      requires: needs,
      sql: (
        asked,
      ) => sql`SELECT count() AS total_members, uniqExact(src_ip) AS unique_ips, uniqExact(ja4) AS unique_ja4,
  uniqExact(host) AS unique_hosts, uniqExact(asn_org) AS unique_asns, avg(anomaly_score) AS avg_score,
  max(anomaly_score) AS max_score, min(anomaly_score) AS min_score, avg(hits) AS avg_hits, sum(hits) AS total_hits,
  avg(hit_velocity) AS avg_velocity, avg(fuzzing_index) AS avg_fuzzing, avg(post_ratio) AS avg_post_ratio,
  arraySort(groupUniqArray(30)(toString(src_ip))) AS ip_list, arraySort(groupUniqArray(20)(toString(ja4))) AS ja4_list,
  arraySort(groupUniqArray(10)(toString(host))) AS host_list, arraySort(groupUniqArray(10)(toString(asn_org))) AS asn_list,
  arraySort(groupUniqArray(10)(toString(country_code))) AS country_list,
  arrayFilter(one -> one != '', arraySort(groupUniqArray(5)(toString(browser_family)))) AS browser_list,
  arrayFilter(one -> one != '', arraySort(groupUniqArray(5)(toString(bot_name)))) AS bot_names,
  min(detected_at) AS first_seen, max(detected_at) AS last_seen,
  countIf(threat_level IN ('HIGH', 'CRITICAL')) AS threat_count, countIf(threat_level = 'KNOWN_BOT') AS known_bot_count
${members(asked)}
HAVING total_members > 0`,
    },
    members: {
      title: 'Detections of the campaign',
      columns: {
        src_ip: { kind: 'address', title: 'Address' },
        threat_level: { kind: 'level', title: 'Level' },
        anomaly_score: { kind: 'number', title: 'Score' },
        detected_at: { kind: 'time', title: 'Detected' },
        host: 'host',
        hits: 'number',
        hit_velocity: { kind: 'number', title: 'Requests a second' },
        ja4: 'ja4',
        asn_org: { kind: 'asn', title: 'Network' },
        asn_number: { kind: 'text', title: 'ASN' },
        country_code: { kind: 'country', title: 'Country' },
        fuzzing_index: { kind: 'number', title: 'Fuzzing' },
        post_ratio: { kind: 'percent', title: 'POST' },
        browser_family: { kind: 'text', title: 'Browser' },
        bot_name: { kind: 'text', title: 'Bot' },
        raw_anomaly_score: { kind: 'number', title: 'Raw score' },
        reason: 'text',
      },
      requires: needs,
      sql: (asked) => sql`SELECT *
${members(asked)}
ORDER BY anomaly_score, detected_at, src_ip
LIMIT 500`,
    },
    timeline: {
      title: 'Detections of the campaign per hour',
      columns: {
        hour: 'time',
        detections: 'number',
        active_ips: { kind: 'number', title: 'Addresses' },
        avg_score: { kind: 'number', title: 'Mean score' },
      },
      requires: needs,
      sql: (
        asked,
      ) => sql`SELECT toStartOfHour(detected_at) AS hour, count() AS detections, uniqExact(src_ip) AS active_ips,
  avg(anomaly_score) AS avg_score
${members(asked)}
GROUP BY hour
ORDER BY hour`,
    },
    ja4: {
      title: 'JA4s of the campaign',
      columns: {
        ja4: 'ja4',
        sessions: { kind: 'number', title: 'Detections' },
        unique_ips: { kind: 'number', title: 'Addresses' },
        avg_score: { kind: 'number', title: 'Mean score' },
      },
      requires: needs,
      sql: (
        asked,
      ) => sql`SELECT ja4, count() AS sessions, uniqExact(src_ip) AS unique_ips, avg(anomaly_score) AS avg_score
${members(asked)}
GROUP BY ja4
ORDER BY sessions DESC, ja4`,
    },
    asn: {
      title: 'Networks of the campaign',
      columns: {
        asn_org: { kind: 'asn', title: 'Network' },
        sessions: { kind: 'number', title: 'Detections' },
        unique_ips: { kind: 'number', title: 'Addresses' },
      },
      requires: needs,
      sql: (asked) => sql`SELECT asn_org, count() AS sessions, uniqExact(src_ip) AS unique_ips
${members(asked)}
GROUP BY asn_org
ORDER BY sessions DESC, asn_org`,
    },
    hosts: {
      title: 'Hosts it is after',
      columns: {
        host: 'host',
        sessions: { kind: 'number', title: 'Detections' },
        avg_score: { kind: 'number', title: 'Mean score' },
      },
      requires: needs,
      sql: (asked) => sql`SELECT host, count() AS sessions, avg(anomaly_score) AS avg_score
${members(asked)}
GROUP BY host
ORDER BY sessions DESC, host`,
    },
    threats: {
      title: 'Levels of its detections',
      columns: { threat_level: 'level', cnt: { kind: 'number', title: 'Detections' } },
      requires: needs,
      sql: (asked) => sql`SELECT threat_level, count() AS cnt
${members(asked)}
GROUP BY threat_level
ORDER BY cnt DESC, threat_level`,
    },
  },
})
