import { panel, type Question } from '../panel.ts'
import type { Columns } from '../columns.ts'
import { sql, type Sql } from '../sql.ts'

const needs = ['processing.view_ai_features_1h'] as const

const familyColumns = {
  browser_family: 'text',
  ...{ sessions: 'number', unique_ips: 'number', total_hits: 'number', no_bots: 'number' },
} as const satisfies Columns

/** Sessions by family, those of none among them: families and what is unknown are read out of one answer. */
const families = ({ processing }: Question<object>): Sql => sql`SELECT browser_family, count() AS sessions,
  uniqExact(src_ip) AS unique_ips, sum(hits) AS total_hits, countIf(bot_name = '') AS no_bots
FROM ${processing('view_ai_features_1h')}
GROUP BY browser_family
ORDER BY sessions DESC, browser_family`

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
      sql: families,
      reads: familyColumns,
      shape: (rows) => rows.filter((row) => row['browser_family'] !== ''),
    },
    unknown: {
      title: 'Neither browser nor bot',
      columns: { sessions: 'number' },
      requires: needs,
      sql: families,
      reads: familyColumns,
      shape: (rows) => [{ sessions: rows.find((row) => row['browser_family'] === '')?.['no_bots'] ?? 0 }],
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
