import { panel } from '../panel.ts'
import { sql } from '../sql.ts'
import { campaignDays } from './campaigns.ts'

/** Campaigns by how anomalous and how fast they are. */
export const campaignsScatter = panel({
  id: 'campaignsScatter',
  title: 'Score and pace of campaigns',
  question: 'Which campaigns are fast, and which are only odd?',
  screen: 'campaigns',
  window: { days: 7 },
  params: { days: campaignDays },
  parts: {
    rows: {
      title: 'Score and pace of campaigns',
      columns: {
        campaign_id: { kind: 'campaign', title: 'Campaign' },
        avg_score: { kind: 'number', title: 'Mean score' },
        avg_velocity: { kind: 'number', title: 'Mean requests a second' },
        total_hits: { kind: 'number', title: 'Hits' },
        unique_ips: { kind: 'number', title: 'Addresses' },
        threat: { kind: 'level', title: 'Level' },
        ja4_list: { kind: 'ja4s', title: 'JA4s, up to 5' },
        asn_list: { kind: 'list', title: 'Networks, up to 3' },
        country_list: { kind: 'list', title: 'Countries, up to 3' },
        first_seen: { kind: 'time', title: 'First seen' },
        last_seen: { kind: 'time', title: 'Last seen' },
      },
      requires: ['processing.ml_detected_anomalies'],
      sql: ({ processing, within }) => sql`SELECT campaign_id, avg(anomaly_score) AS avg_score,
  avg(hit_velocity) AS avg_velocity, sum(hits) AS total_hits, uniqExact(src_ip) AS unique_ips,
  arraySort(groupUniqArray(5)(toString(ja4))) AS ja4_list, arraySort(groupUniqArray(3)(toString(asn_org))) AS asn_list,
  arraySort(groupUniqArray(3)(toString(country_code))) AS country_list, any(threat_level) AS threat,
  min(detected_at) AS first_seen, max(detected_at) AS last_seen
FROM ${processing('ml_detected_anomalies')}
WHERE campaign_id >= 0 AND ${within('detected_at')}
GROUP BY campaign_id
ORDER BY avg_score, campaign_id
LIMIT 100`,
    },
  },
})
