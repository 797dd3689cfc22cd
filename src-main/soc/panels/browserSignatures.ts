import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

const needs = ['processing.view_ai_features_1h'] as const

/** What HTTP/2 tells of the last hour, and where it contradicts TLS. */
export const browserSignatures = panel({
  id: 'browserSignatures',
  title: 'Browser signatures',
  question: 'Does HTTP/2 tell of the same browser as TLS does, and who contradicts himself?',
  screen: 'fingerprints',
  window: null,
  params: {},
  parts: {
    stats: {
      title: 'Sessions by HTTP/2',
      columns: {
        total_sessions: { kind: 'number', title: 'Sessions' },
        sessions_with_h2: { kind: 'number', title: 'with HTTP/2' },
        sessions_matched: { kind: 'number', title: 'with a known signature' },
        sessions_mismatch: { kind: 'number', title: 'that contradict TLS' },
        match_rate: { kind: 'number', title: 'Known, %' },
        mismatch_rate: { kind: 'number', title: 'Contradicting, %' },
        sessions_with_priority: { kind: 'number', title: 'with priorities' },
      },
      requires: needs,
      sql: ({ processing }) => sql`SELECT count() AS total_sessions, countIf(h2_settings_known > 0) AS sessions_with_h2,
  countIf(h2_dict_family != '') AS sessions_matched, countIf(tls_h2_family_mismatch > 0) AS sessions_mismatch,
  round(100 * sessions_matched / greatest(sessions_with_h2, 1), 1) AS match_rate,
  round(100 * sessions_mismatch / greatest(sessions_with_h2, 1), 1) AS mismatch_rate,
  countIf(h2_priority_present > 0) AS sessions_with_priority
FROM ${processing('view_ai_features_1h')}`,
    },
    families: {
      title: 'Browser families by HTTP/2',
      columns: { family: 'text', sessions: 'number' },
      requires: needs,
      sql: ({ processing }) => sql`SELECT h2_dict_family AS family, count() AS sessions
FROM ${processing('view_ai_features_1h')}
WHERE h2_dict_family != ''
GROUP BY family
ORDER BY sessions DESC, family`,
    },
    windows: {
      title: 'Window updates',
      columns: { signal: { kind: 'text', title: 'Window update' }, sessions: 'number' },
      requires: needs,
      // One look at the view, which is worked out anew each time.
      sql: ({ processing }) => sql`SELECT tupleElement(one, 1) AS signal, tupleElement(one, 2) AS sessions
FROM
(
  SELECT [
    ('Chrome, 15663105', countIf(h2_window_chrome > 0)),
    ('Firefox, 12517377', countIf(h2_window_firefox > 0)),
    ('Safari, 10485760', countIf(h2_window_safari > 0)),
    ('None: a tool, curl', countIf(h2_window_absent > 0)),
    ('Another: Go net/http and others', countIf(h2_settings_known > 0 AND h2_window_chrome = 0 AND h2_window_firefox = 0
      AND h2_window_safari = 0 AND h2_window_absent = 0))] AS signals
  FROM ${processing('view_ai_features_1h')}
)
ARRAY JOIN signals AS one`,
    },
    mismatches: {
      title: 'Contradictions by family',
      columns: {
        ja4_family: { kind: 'text', title: 'Family by JA4' },
        total: { kind: 'number', title: 'Sessions' },
        mismatches: { kind: 'number', title: 'Contradicting' },
        mismatch_pct: { kind: 'number', title: '%' },
      },
      requires: needs,
      sql: ({ processing }) => sql`SELECT browser_family AS ja4_family, count() AS total,
  countIf(tls_h2_family_mismatch > 0) AS mismatches, round(100 * mismatches / total, 1) AS mismatch_pct
FROM ${processing('view_ai_features_1h')}
WHERE browser_family != ''
GROUP BY ja4_family
ORDER BY mismatches DESC, ja4_family`,
    },
    suspects: {
      title: 'Sessions that contradict themselves',
      columns: {
        src_ip: { kind: 'address', title: 'Address' },
        hits: 'number',
        ja4_family: { kind: 'text', title: 'By JA4' },
        h2_dict_family: { kind: 'text', title: 'By HTTP/2' },
        coherence: { kind: 'number', title: 'Coherence, 0 to 1' },
        ja4: 'ja4',
        wu_value: { kind: 'number', title: 'Window update' },
        pseudo_order: { kind: 'text', title: 'Pseudo headers' },
        h2_header_table_size: { kind: 'number', title: 'Header table' },
        h2_enable_push: { kind: 'number', title: 'Push' },
        h2_max_concurrent_streams: { kind: 'number', title: 'Streams' },
        h2_initial_window_size: { kind: 'number', title: 'Initial window' },
        h2_max_frame_size: { kind: 'number', title: 'Frame' },
        h2_max_header_list_size: { kind: 'number', title: 'Header list' },
        h2_enable_connect_protocol: { kind: 'number', title: 'Connect protocol' },
      },
      requires: needs,
      sql: ({ processing }) => sql`SELECT src_ip, ja4, browser_family AS ja4_family, h2_dict_family,
  h2_window_update_value AS wu_value, hits, h2_pseudo_ord_raw AS pseudo_order, fingerprint_coherence_score AS coherence,
  h2_header_table_size, h2_enable_push, h2_max_concurrent_streams, h2_initial_window_size, h2_max_frame_size,
  h2_max_header_list_size, h2_enable_connect_protocol
FROM ${processing('view_ai_features_1h')}
WHERE tls_h2_family_mismatch > 0
ORDER BY hits DESC, src_ip, ja4
LIMIT 20`,
    },
  },
})
