import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** Many addresses that act as one. */
export const fleet = panel({
  id: 'fleet',
  title: 'Fleets',
  question: 'Which addresses act as one, by their JA4s and networks?',
  screen: 'behaviour',
  window: { days: 7 },
  params: {},
  parts: {
    rows: {
      title: 'Fleets',
      columns: {
        detected_at: { kind: 'time', title: 'Detected' },
        community_id: { kind: 'number', title: 'Fleet' },
        fleet_score: { kind: 'number', title: 'Score' },
        n_ips: { kind: 'number', title: 'Addresses' },
        ja4_set: { kind: 'ja4s', title: 'JA4s' },
        asn_set: { kind: 'list', title: 'Networks' },
        ip_sample: { kind: 'addresses', title: 'Some addresses' },
      },
      requires: ['processing.fleet_detections'],
      sql: ({
        processing,
        within,
      }) => sql`SELECT detected_at, community_id, fleet_score, n_ips, ja4_set, asn_set, ip_sample
FROM ${processing('fleet_detections')}
WHERE ${within('detected_at')}
ORDER BY fleet_score DESC, detected_at DESC, community_id
LIMIT 100`,
    },
  },
})
