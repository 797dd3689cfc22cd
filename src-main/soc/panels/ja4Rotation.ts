import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** Addresses that change their TLS fingerprint within an hour. */
export const ja4Rotation = panel({
  id: 'ja4Rotation',
  title: 'JA4 rotation',
  question: 'Who changes the TLS fingerprint to be taken for many?',
  screen: 'behaviour',
  window: null,
  params: {},
  parts: {
    rows: {
      title: 'JA4 rotation',
      columns: {
        src_ip: { kind: 'address', title: 'Address' },
        host: 'host',
        distinct_ja4: { kind: 'number', title: 'JA4s' },
        total_hits: { kind: 'number', title: 'Requests' },
        window_start: { kind: 'time', title: 'Hour' },
        ja4_list: { kind: 'ja4s', title: 'Which' },
      },
      requires: ['processing.view_host_ip_ja4_rotation'],
      sql: ({ processing }) => sql`SELECT src_ip, host, distinct_ja4, ja4_list, total_hits, window_start
FROM ${processing('view_host_ip_ja4_rotation')}
ORDER BY distinct_ja4 DESC, src_ip, host, window_start
LIMIT 100`,
    },
  },
})
