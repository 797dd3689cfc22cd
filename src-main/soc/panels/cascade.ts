import { address } from '../address.ts'
import { panel } from '../panel.ts'
import { and, sql, text, when } from '../sql.ts'

/** What is loaded after each page: a browser loads much within a second, a script little, or all at one pace. */
export const cascade = panel({
  id: 'cascade',
  title: 'Resource cascade',
  question: 'Who reads pages without loading what belongs to them?',
  screen: 'behaviour',
  window: null,
  params: { ip: address.optional() },
  parts: {
    rows: {
      title: 'Pages and what they load',
      columns: {
        src_ip: { kind: 'address', title: 'Address' },
        host: 'host',
        page_count: { kind: 'number', title: 'Pages' },
        max_sub_resources: { kind: 'number', title: 'Loaded' },
        avg_sub_delay_ms: { kind: 'number', title: 'Delay, ms' },
        stddev_sub_delay_ms: { kind: 'number', title: 'Spread, ms' },
        window_start: { kind: 'time', title: 'Hour' },
      },
      requires: ['processing.view_resource_cascade_1h'],
      // Of one address the newest hours; of all, those first that read most pages with least beside them.
      sql: ({ params, processing }) => sql`SELECT src_ip, host, page_count, avg_sub_delay_ms, stddev_sub_delay_ms,
  max_sub_resources, window_start
FROM ${processing('view_resource_cascade_1h')}
WHERE ${and(when(params.ip, (ip) => sql`src_ip = toIPv6(${text('ip', ip)})`))}
ORDER BY ${
        params.ip === undefined
          ? sql`page_count / (1 + max_sub_resources) DESC, src_ip, host, window_start`
          : sql`window_start DESC, host`
      }
LIMIT 50`,
    },
  },
})
