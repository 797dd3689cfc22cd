import { facetColumns, facetsOf } from '../facets.ts'
import { panel } from '../panel.ts'
import { pageOf, paged } from '../paging.ts'
import { ofSessions, sessionFilters } from '../sessionFilter.ts'
import { sql } from '../sql.ts'

const SORTS = [
  'detected_at',
  'window_start',
  'src_ip',
  'ja4',
  'host',
  'anomaly_score',
  'raw_anomaly_score',
  'threat_level',
  'hits',
  'hit_velocity',
  'xgb_prob',
  'ae_recon_error',
  'asn_org',
  'country_code',
  'browser_family',
] as const
/** What the table can be filtered by. */
const FACETS = ['threat_level', 'country_code', 'asn_org', 'browser_family'] as const

const params = {
  ...sessionFilters,
  ...paged(SORTS, 'detected_at'),
}

/** Every session that the models looked at, anomalous or not. */
export const scores = panel({
  id: 'scores',
  title: 'Scores',
  question: 'How did the models score each session, and which of them agree?',
  screen: 'detections',
  window: { days: 3 },
  params,
  parts: {
    rows: {
      title: 'Scores',
      columns: {
        detected_at: { kind: 'time', title: 'Scored' },
        threat_level: { kind: 'level', title: 'Level' },
        src_ip: { kind: 'address', title: 'Address' },
        ja4: 'ja4',
        host: 'host',
        anomaly_score: { kind: 'number', title: 'Score' },
        raw_anomaly_score: { kind: 'number', title: 'Raw' },
        ae_recon_error: { kind: 'number', title: 'AE error' },
        xgb_prob: { kind: 'number', title: 'XGB' },
        hits: 'number',
        hit_velocity: { kind: 'number', title: 'Hits/s' },
        model_name: { kind: 'text', title: 'Model' },
        browser_family: { kind: 'text', title: 'Browser' },
        asn_org: { kind: 'asn', title: 'Network' },
        country_code: { kind: 'country', title: 'Country' },
        bot_name: { kind: 'text', title: 'Bot' },
        campaign_id: { kind: 'campaign', title: 'Campaign' },
        window_start: 'time',
        fuzzing_index: { kind: 'number', title: 'Fuzzing' },
        post_ratio: { kind: 'percent', title: 'POST' },
      },
      requires: ['processing.ml_all_scores'],
      sql: (asked) => sql`SELECT *
FROM ${asked.processing('ml_all_scores')}
WHERE ${ofSessions(asked)}
${pageOf(asked.params, 'detected_at', 'src_ip', 'host')}`,
      total: (asked) => sql`SELECT count()
FROM ${asked.processing('ml_all_scores')}
WHERE ${ofSessions(asked)}`,
    },
    facets: {
      title: 'Values',
      columns: facetColumns('Sessions'),
      requires: ['processing.ml_all_scores'],
      sql: (asked) => facetsOf(FACETS, asked.processing('ml_all_scores'), ofSessions(asked)),
    },
  },
})
