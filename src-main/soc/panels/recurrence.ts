import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** Addresses that come back, over thirty days. */
export const recurrence = panel({
  id: 'recurrence',
  title: 'Recurrence',
  question: 'Who was detected again and again over the last 30 days?',
  screen: 'detections',
  window: null,
  params: {},
  parts: {
    rows: {
      title: 'Addresses that come back',
      columns: {
        src_ip: { kind: 'address', title: 'Address' },
        worst_threat: { kind: 'level', title: 'Worst' },
        recurrence: { kind: 'number', title: 'Hours detected' },
        worst_score: { kind: 'number', title: 'Score' },
        first_seen: 'time',
        last_seen: 'time',
        top_ja4: { kind: 'ja4', title: 'JA4, mostly' },
        top_host: { kind: 'host', title: 'Host, mostly' },
      },
      requires: ['processing.view_ip_recurrence'],
      sql: ({
        processing,
      }) => sql`SELECT src_ip, recurrence, worst_score, worst_threat, first_seen, last_seen, top_ja4, top_host
FROM ${processing('view_ip_recurrence')}
ORDER BY recurrence DESC, worst_score DESC, src_ip
LIMIT 100`,
    },
  },
})
