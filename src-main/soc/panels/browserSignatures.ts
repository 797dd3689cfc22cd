import type { Cell } from '#contract/soc'
import type { Columns, Row } from '../columns.ts'
import { num } from '../figures.ts'
import { panel, type Question } from '../panel.ts'
import { sql, type Sql } from '../sql.ts'

const needs = ['processing.view_ai_features_1h'] as const

/** What a window update tells of; the last one is what none of the others is. */
const WINDOWS = [
  { signal: 'Chrome, 15663105', column: 'window_chrome' },
  { signal: 'Firefox, 12517377', column: 'window_firefox' },
  { signal: 'Safari, 10485760', column: 'window_safari' },
  { signal: 'None: a tool, curl', column: 'window_absent' },
  { signal: 'Another: Go net/http and others', column: 'window_other' },
] as const

const countedColumns = {
  ...{ of: 'text', family: 'text', sessions: 'number', with_h2: 'number', matched: 'number', mismatches: 'number' },
  with_priority: 'number',
  ...Object.fromEntries(WINDOWS.map(({ column }) => [column, 'number'] as const)),
} as const satisfies Columns

/** Sessions counted over all (`all`), by family of HTTP/2 (`h2`) and by family of TLS (`tls`), in one look at the view. */
const counted = ({
  processing,
}: Question<object>): Sql => sql`SELECT multiIf(grouping(h2_dict_family) = 0, 'h2', grouping(browser_family) = 0, 'tls', 'all') AS of,
  multiIf(of = 'h2', toString(h2_dict_family), of = 'tls', toString(browser_family), '') AS family,
  count() AS sessions, countIf(h2_settings_known > 0) AS with_h2, countIf(h2_dict_family != '') AS matched,
  countIf(tls_h2_family_mismatch > 0) AS mismatches, countIf(h2_priority_present > 0) AS with_priority,
  countIf(h2_window_chrome > 0) AS window_chrome, countIf(h2_window_firefox > 0) AS window_firefox,
  countIf(h2_window_safari > 0) AS window_safari, countIf(h2_window_absent > 0) AS window_absent,
  countIf(h2_settings_known > 0 AND h2_window_chrome = 0 AND h2_window_firefox = 0 AND h2_window_safari = 0
    AND h2_window_absent = 0) AS window_other
FROM ${processing('view_ai_features_1h')}
GROUP BY GROUPING SETS ((), (h2_dict_family), (browser_family))
ORDER BY of, sessions DESC, family`

const percent = (part: Cell | undefined, whole: Cell | undefined): number =>
  Math.round((1000 * (num(part) ?? 0)) / Math.max(num(whole) ?? 0, 1)) / 10

const statsOf = ({
  sessions = null,
  with_h2 = null,
  matched = null,
  mismatches = null,
  with_priority = null,
}: Row): Row => ({
  ...{ total_sessions: sessions, sessions_with_h2: with_h2, sessions_matched: matched, sessions_mismatch: mismatches },
  ...{ match_rate: percent(matched, with_h2), mismatch_rate: percent(mismatches, with_h2) },
  sessions_with_priority: with_priority,
})

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
      sql: counted,
      reads: countedColumns,
      shape: (rows) => rows.filter(({ of }) => of === 'all').map(statsOf),
    },
    families: {
      title: 'Browser families by HTTP/2',
      columns: { family: 'text', sessions: 'number' },
      requires: needs,
      sql: counted,
      reads: countedColumns,
      shape: (rows) =>
        rows
          .filter(({ of, family }) => of === 'h2' && family !== '')
          .map(({ family = null, sessions = null }) => ({ family, sessions })),
    },
    windows: {
      title: 'Window updates',
      columns: { signal: { kind: 'text', title: 'Window update' }, sessions: 'number' },
      requires: needs,
      sql: counted,
      reads: countedColumns,
      shape: (rows) =>
        rows
          .filter(({ of }) => of === 'all')
          .flatMap((row) => WINDOWS.map(({ signal, column }) => ({ signal, sessions: row[column] ?? 0 }))),
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
      sql: counted,
      reads: countedColumns,
      shape: (rows) =>
        rows
          .filter(({ of, family }) => of === 'tls' && family !== '')
          .map(({ family = null, sessions = null, mismatches = null }) => ({
            ...{ ja4_family: family, total: sessions, mismatches },
            mismatch_pct: percent(mismatches, sessions),
          }))
          .toSorted((a, b) => (num(b.mismatches) ?? 0) - (num(a.mismatches) ?? 0)),
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
