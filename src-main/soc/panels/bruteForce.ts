import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** Who sends sign-in forms again and again. */
export const bruteForce = panel({
  id: 'bruteForce',
  title: 'Brute force',
  question: 'Who tries passwords on sign-in forms?',
  screen: 'behaviour',
  window: null,
  params: {},
  parts: {
    rows: {
      title: 'Sign-in forms sent',
      columns: {
        src_ip: { kind: 'address', title: 'Address' },
        host: 'host',
        post_count: { kind: 'number', title: 'Forms' },
        distinct_paths: { kind: 'number', title: 'Paths' },
        first_seen: 'time',
        last_seen: 'time',
      },
      requires: ['processing.view_form_bruteforce_detected'],
      sql: ({ processing }) => sql`SELECT src_ip, host, post_count, distinct_paths, first_seen, last_seen
FROM ${processing('view_form_bruteforce_detected')}
ORDER BY post_count DESC, src_ip, host
LIMIT 100`,
    },
  },
})
