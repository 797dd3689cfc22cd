import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

const needs = ['processing.view_ai_features_1h'] as const

/** Browser families of the last hour, as their TLS tells. */
export const browsers = panel({
  id: 'browsers',
  title: 'Browsers',
  question: 'Which browsers were seen in the last hour, as their TLS tells?',
  screen: 'fingerprints',
  window: null,
  params: {},
  parts: {
    families: {
      title: 'Browser families by JA4',
      columns: {
        browser_family: { kind: 'text', title: 'Family' },
        sessions: 'number',
        unique_ips: { kind: 'number', title: 'Addresses' },
        total_hits: { kind: 'number', title: 'Hits' },
      },
      requires: needs,
      sql: ({ processing }) => sql`SELECT browser_family, count() AS sessions, uniqExact(src_ip) AS unique_ips,
  sum(hits) AS total_hits
FROM ${processing('view_ai_features_1h')}
WHERE browser_family != ''
GROUP BY browser_family
ORDER BY sessions DESC, browser_family`,
    },
    unknown: {
      title: 'Neither browser nor bot',
      columns: { sessions: 'number' },
      requires: needs,
      sql: ({ processing }) => sql`SELECT count() AS sessions
FROM ${processing('view_ai_features_1h')}
WHERE browser_family = '' AND bot_name = ''`,
    },
    ja4s: {
      title: 'JA4s of each browser',
      columns: { browser_family: { kind: 'text', title: 'Family' }, ja4: 'ja4', sessions: 'number' },
      requires: needs,
      sql: ({ processing }) => sql`SELECT browser_family, ja4, count() AS sessions
FROM ${processing('view_ai_features_1h')}
WHERE browser_family != ''
GROUP BY browser_family, ja4
ORDER BY browser_family, sessions DESC, ja4
LIMIT 50`,
    },
  },
})
