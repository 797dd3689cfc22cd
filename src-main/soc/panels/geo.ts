import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** Where the sessions of the last hour came from: countries, and networks by their autonomous system. */
export const geo = panel({
  id: 'geo',
  title: 'Geography and networks',
  question: 'From which countries and networks did the last hour come?',
  screen: 'traffic',
  window: null,
  params: {},
  parts: {
    countries: {
      title: 'Countries',
      columns: {
        country_code: { kind: 'country', title: 'Country' },
        asn_label: { kind: 'text', title: 'Kind of network' },
        sessions: 'number',
        total_hits: { kind: 'number', title: 'Requests' },
      },
      requires: ['processing.view_ai_features_1h'],
      sql: ({ processing }) => sql`SELECT country_code, asn_label, count() AS sessions, sum(hits) AS total_hits
FROM ${processing('view_ai_features_1h')}
WHERE country_code != ''
GROUP BY country_code, asn_label
ORDER BY sessions DESC, country_code, asn_label`,
    },
    asns: {
      title: 'Networks',
      columns: {
        asn_org: { kind: 'asn', title: 'Network' },
        asn_label: { kind: 'text', title: 'Kind' },
        country_code: { kind: 'country', title: 'Country' },
        sessions: 'number',
        total_hits: { kind: 'number', title: 'Requests' },
        avg_velocity: { kind: 'number', title: 'Hits/s' },
        avg_fuzz: { kind: 'number', title: 'Fuzzing' },
      },
      requires: ['processing.view_ai_features_1h'],
      sql: ({
        processing,
      }) => sql`SELECT asn_org, asn_label, country_code, count() AS sessions, sum(hits) AS total_hits,
  avg(hit_velocity) AS avg_velocity, avg(fuzzing_index) AS avg_fuzz
FROM ${processing('view_ai_features_1h')}
WHERE asn_org != ''
GROUP BY asn_org, asn_label, country_code
ORDER BY sessions DESC, asn_org, asn_label, country_code
LIMIT 50`,
    },
  },
})
