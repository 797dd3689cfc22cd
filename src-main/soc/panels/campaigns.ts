import { z } from 'zod'
import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** How far back campaigns are looked for, in days. */
export const campaignDays = z.number().int().min(1).max(90).default(7)

/** Detections that clustering put together: who, how many, since when, how they behave. */
export const campaigns = panel({
  id: 'campaigns',
  title: 'Campaigns',
  question: 'Which detections belong together, and how large is each group?',
  screen: 'campaigns',
  window: { days: 7 },
  params: { days: campaignDays },
  parts: {
    rows: {
      title: 'Campaigns',
      columns: {
        campaign_id: { kind: 'campaign', title: 'Campaign' },
        members: { kind: 'number', title: 'Detections' },
        unique_ips: { kind: 'number', title: 'Addresses' },
        avg_score: { kind: 'number', title: 'Mean score' },
        max_score: { kind: 'number', title: 'Highest score' },
        ja4_list: { kind: 'ja4s', title: 'JA4s, up to 10' },
        asn_list: { kind: 'list', title: 'Networks, up to 5' },
        countries: { kind: 'list', title: 'Countries, up to 5' },
        first_seen: { kind: 'time', title: 'First seen' },
        last_seen: { kind: 'time', title: 'Last seen' },
        avg_hits: { kind: 'number', title: 'Mean hits' },
        avg_velocity: { kind: 'number', title: 'Mean requests a second' },
        avg_fuzzing: { kind: 'number', title: 'Mean fuzzing' },
        avg_post_ratio: { kind: 'percent', title: 'POST' },
      },
      requires: ['processing.ml_detected_anomalies'],
      sql: ({ processing, within }) => sql`SELECT campaign_id, count() AS members,
  min(detected_at) AS first_seen, max(detected_at) AS last_seen,
  avg(anomaly_score) AS avg_score, max(anomaly_score) AS max_score, uniqExact(src_ip) AS unique_ips,
  arraySort(groupUniqArray(10)(toString(ja4))) AS ja4_list, arraySort(groupUniqArray(5)(toString(asn_org))) AS asn_list,
  arraySort(groupUniqArray(5)(toString(country_code))) AS countries,
  avg(hits) AS avg_hits, avg(hit_velocity) AS avg_velocity, avg(fuzzing_index) AS avg_fuzzing,
  avg(post_ratio) AS avg_post_ratio
FROM ${processing('ml_detected_anomalies')}
WHERE campaign_id >= 0 AND ${within('detected_at')}
GROUP BY campaign_id
ORDER BY members DESC, campaign_id
LIMIT 50`,
    },
  },
})
