import { z } from 'zod'
import { panel } from '../panel.ts'
import { and, integer, sql, when } from '../sql.ts'
import { campaignDays } from './campaigns.ts'

/** Addresses and links that are drawn at most. */
const NODES = 500
const LINKS = 2_000

/** Addresses of campaigns, and which of them share a handshake. */
export const campaignsGraph = panel({
  id: 'campaignsGraph',
  title: 'Links in campaigns',
  question: 'Which addresses of a campaign show the same JA4?',
  screen: 'campaigns',
  window: { days: 7 },
  params: { days: campaignDays, campaign: z.number().int().min(0).optional() },
  parts: {
    nodes: {
      title: 'Addresses of campaigns',
      columns: {
        src_ip: { kind: 'address', title: 'Address' },
        campaign_id: { kind: 'campaign', title: 'Campaign' },
        threat: { kind: 'level', title: 'Level' },
        ja4: 'ja4',
        asn_org: { kind: 'asn', title: 'Network' },
        country: 'country',
        browser_family: { kind: 'text', title: 'Browser' },
        total_hits: { kind: 'number', title: 'Hits' },
        worst_score: { kind: 'number', title: 'Lowest score' },
      },
      requires: ['processing.ml_detected_anomalies'],
      sql: ({ params, processing, within }) => sql`SELECT src_ip, campaign_id, any(ja4) AS ja4, any(asn_org) AS asn_org,
  any(country_code) AS country, any(threat_level) AS threat, any(browser_family) AS browser_family,
  sum(hits) AS total_hits, min(anomaly_score) AS worst_score
FROM ${processing('ml_detected_anomalies')}
WHERE ${and(
        sql`campaign_id >= 0`,
        when(params.campaign, (id) => sql`campaign_id = ${integer('campaign', id)}`),
        within('detected_at'),
      )}
GROUP BY src_ip, campaign_id
ORDER BY campaign_id, worst_score, src_ip
LIMIT ${integer('nodes', NODES)}`,
    },
    edges: {
      title: 'Addresses that share a JA4',
      columns: {
        source: 'address',
        target: 'address',
        campaign_id: { kind: 'campaign', title: 'Campaign' },
        shared_ja4: { kind: 'ja4', title: 'JA4' },
      },
      requires: ['processing.ml_detected_anomalies'],
      // A link is one however often its ends were detected, so each end comes in once before they are paired.
      sql: ({ params, processing, within }) => sql`WITH ends AS
(
  SELECT DISTINCT campaign_id, ja4, src_ip
  FROM ${processing('ml_detected_anomalies')}
  WHERE ${and(
    sql`campaign_id >= 0`,
    when(params.campaign, (id) => sql`campaign_id = ${integer('campaign', id)}`),
    within('detected_at'),
  )}
)
SELECT a.src_ip AS source, b.src_ip AS target, a.campaign_id AS campaign_id, a.ja4 AS shared_ja4
FROM ends AS a INNER JOIN ends AS b ON a.ja4 = b.ja4 AND a.campaign_id = b.campaign_id
WHERE a.src_ip < b.src_ip
ORDER BY campaign_id, source, target, shared_ja4
LIMIT ${integer('links', LINKS)}`,
    },
  },
})
