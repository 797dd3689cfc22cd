import { panel } from '../panel.ts'
import { pageOf, paged } from '../paging.ts'
import { ofSessions, sessionFilters } from '../sessionFilter.ts'
import { integer, sql } from '../sql.ts'

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
/** Values of one field that are offered as a filter. */
const FACET_VALUES = 8

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
      columns: { field: 'text', value: 'text', cnt: { kind: 'number', title: 'Sessions' } },
      requires: ['processing.ml_all_scores'],
      sql: (asked) => sql`SELECT tupleElement(facet, 1) AS field, tupleElement(facet, 2) AS value, count() AS cnt
FROM ${asked.processing('ml_all_scores')}
ARRAY JOIN [('threat_level', toString(threat_level)), ('country_code', toString(country_code)), ('asn_org', toString(asn_org)),
  ('browser_family', toString(browser_family))] AS facet
WHERE ${ofSessions(asked)} AND tupleElement(facet, 2) != ''
GROUP BY field, value
ORDER BY field, cnt DESC, value
LIMIT ${integer('facet_values', FACET_VALUES)} BY field`,
    },
  },
})
