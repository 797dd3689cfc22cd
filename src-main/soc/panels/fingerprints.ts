import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

const needs = ['processing.view_ai_features_1h'] as const

/** JA4s of the last hour: how many sessions, how they behave, which are those of bots. */
export const fingerprints = panel({
  id: 'fingerprints',
  title: 'JA4s',
  question: 'Which handshakes were seen in the last hour, and which are known for bots?',
  screen: 'fingerprints',
  window: null,
  params: {},
  parts: {
    ja4s: {
      title: 'JA4s of the last hour',
      columns: {
        ja4: 'ja4',
        asn_label: { kind: 'text', title: 'Kind of network' },
        sessions: 'number',
        total_hits: { kind: 'number', title: 'Hits' },
        avg_velocity: { kind: 'number', title: 'Mean requests a second' },
        avg_fuzz: { kind: 'number', title: 'Mean fuzzing' },
        avg_browser_score: { kind: 'number', title: 'Browser score, 0 to 100' },
      },
      requires: needs,
      sql: ({ processing }) => sql`SELECT ja4, asn_label, count() AS sessions, sum(hits) AS total_hits,
  avg(hit_velocity) AS avg_velocity, avg(fuzzing_index) AS avg_fuzz, avg(modern_browser_score) AS avg_browser_score
FROM ${processing('view_ai_features_1h')}
WHERE ja4 != ''
GROUP BY ja4, asn_label
ORDER BY sessions DESC, ja4, asn_label
LIMIT 100`,
    },
    bots: {
      title: 'JA4s of bots',
      columns: { ja4: 'ja4', bot_name: { kind: 'text', title: 'Known for' }, sessions: 'number' },
      requires: needs,
      sql: ({ processing }) => sql`SELECT ja4, bot_name, count() AS sessions
FROM ${processing('view_ai_features_1h')}
WHERE bot_name != '' AND ja4 != ''
GROUP BY ja4, bot_name
ORDER BY sessions DESC, ja4, bot_name`,
    },
  },
})
