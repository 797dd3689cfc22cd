import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** Addresses that change their user agent while their TLS fingerprint stays. */
export const uaRotation = panel({
  id: 'uaRotation',
  title: 'User agent rotation',
  question: 'Who says to be another browser every few requests?',
  screen: 'behaviour',
  window: null,
  params: {},
  parts: {
    rows: {
      title: 'User agent rotation',
      columns: {
        src_ip: { kind: 'address', title: 'Address' },
        ja4: 'ja4',
        distinct_ua_count: { kind: 'number', title: 'User agents' },
        total_requests: { kind: 'number', title: 'Requests' },
        window_start: { kind: 'time', title: 'Hour' },
        ua_samples: { kind: 'list', title: 'Some of them' },
      },
      requires: ['processing.view_dashboard_user_agents'],
      sql: ({ processing }) => sql`SELECT src_ip, ja4, distinct_ua_count, ua_samples, total_requests, window_start
FROM ${processing('view_dashboard_user_agents')}
ORDER BY distinct_ua_count DESC, src_ip, ja4, window_start
LIMIT 100`,
    },
  },
})
