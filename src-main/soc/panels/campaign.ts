import { z } from 'zod'
import { panel, type ParamsOf, type Question } from '../panel.ts'
import { pageOf, paged } from '../paging.ts'
import { integer, sql, type Sql } from '../sql.ts'
import { campaignDays } from './campaigns.ts'

const SORTS = [
  'anomaly_score',
  'detected_at',
  'src_ip',
  'ja4',
  'host',
  'hits',
  'hit_velocity',
  'fuzzing_index',
  'post_ratio',
  'asn_org',
  'country_code',
] as const

const params = {
  campaign: z.number().int().min(0),
  days: campaignDays,
  ...paged(SORTS, 'anomaly_score', { order: 'ASC', limit: 200 }),
}
const needs = ['processing.ml_detected_anomalies'] as const

const members = ({ params: asked, processing, within }: Question<ParamsOf<typeof params>>): Sql =>
  sql`FROM ${processing('ml_detected_anomalies')}
WHERE campaign_id = ${integer('campaign', asked.campaign)} AND ${within('detected_at')}`

/** One campaign: its detections, what they have in common, its course. */
export const campaign = panel({
  id: 'campaign',
  title: 'Campaign',
  question: 'Who belongs to this campaign, and what do they have in common?',
  screen: 'campaigns',
  window: { days: 7 },
  params,
  parts: {
    members: {
      title: 'Detections of the campaign',
      columns: {
        detected_at: { kind: 'time', title: 'Detected' },
        threat_level: { kind: 'level', title: 'Level' },
        src_ip: { kind: 'address', title: 'Address' },
        ja4: 'ja4',
        host: 'host',
        anomaly_score: { kind: 'number', title: 'Score' },
        hits: 'number',
        hit_velocity: { kind: 'number', title: 'Requests a second' },
        fuzzing_index: { kind: 'number', title: 'Fuzzing' },
        post_ratio: { kind: 'percent', title: 'POST' },
        port_exhaustion_ratio: { kind: 'percent', title: 'Ports used' },
        orphan_ratio: { kind: 'percent', title: 'Orphans' },
        asn_org: { kind: 'asn', title: 'Network' },
        asn_number: { kind: 'text', title: 'ASN' },
        country_code: { kind: 'country', title: 'Country' },
        browser_family: { kind: 'text', title: 'Browser' },
        bot_name: { kind: 'text', title: 'Bot' },
        raw_anomaly_score: { kind: 'number', title: 'Raw score' },
        reason: 'text',
      },
      requires: needs,
      sql: (asked) => sql`SELECT *
${members(asked)}
${pageOf(asked.params, 'detected_at', 'src_ip', 'host')}`,
      total: (asked) => sql`SELECT count()
${members(asked)}`,
    },
    profile: {
      title: 'Profile of the campaign',
      columns: {
        avg_hits: { kind: 'number', title: 'Mean hits' },
        avg_velocity: { kind: 'number', title: 'Mean requests a second' },
        avg_fuzzing: { kind: 'number', title: 'Mean fuzzing' },
        avg_post_ratio: { kind: 'percent', title: 'POST' },
        avg_port_exhaustion: { kind: 'percent', title: 'Ports used' },
        avg_orphan: { kind: 'percent', title: 'Orphans' },
        avg_score: { kind: 'number', title: 'Mean score' },
        max_score: { kind: 'number', title: 'Highest score' },
        unique_ips: { kind: 'number', title: 'Addresses' },
        unique_ja4: { kind: 'number', title: 'JA4s' },
        unique_hosts: { kind: 'number', title: 'Hosts' },
        unique_asns: { kind: 'number', title: 'Networks' },
        ja4_list: { kind: 'ja4s', title: 'JA4s, up to 20' },
        asn_list: { kind: 'list', title: 'Networks, up to 10' },
        country_list: { kind: 'list', title: 'Countries, up to 10' },
        host_list: { kind: 'list', title: 'Hosts, up to 10' },
        first_seen: { kind: 'time', title: 'First seen' },
        last_seen: { kind: 'time', title: 'Last seen' },
      },
      requires: needs,
      // Without members there is no profile, rather than one of zeros.
      sql: (
        asked,
      ) => sql`SELECT avg(hits) AS avg_hits, avg(hit_velocity) AS avg_velocity, avg(fuzzing_index) AS avg_fuzzing,
  avg(post_ratio) AS avg_post_ratio, avg(port_exhaustion_ratio) AS avg_port_exhaustion, avg(orphan_ratio) AS avg_orphan,
  avg(anomaly_score) AS avg_score, max(anomaly_score) AS max_score, uniqExact(src_ip) AS unique_ips,
  uniqExact(ja4) AS unique_ja4, uniqExact(host) AS unique_hosts, uniqExact(asn_org) AS unique_asns,
  arraySort(groupUniqArray(20)(toString(ja4))) AS ja4_list, arraySort(groupUniqArray(10)(toString(asn_org))) AS asn_list,
  arraySort(groupUniqArray(10)(toString(country_code))) AS country_list,
  arraySort(groupUniqArray(10)(toString(host))) AS host_list, min(detected_at) AS first_seen, max(detected_at) AS last_seen
${members(asked)}
HAVING count() > 0`,
    },
    timeline: {
      title: 'Detections of the campaign per hour',
      columns: {
        hour: 'time',
        detections: 'number',
        active_ips: { kind: 'number', title: 'Addresses' },
      },
      requires: needs,
      sql: (
        asked,
      ) => sql`SELECT toStartOfHour(detected_at) AS hour, count() AS detections, uniqExact(src_ip) AS active_ips
${members(asked)}
GROUP BY hour
ORDER BY hour`,
    },
  },
})
