import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** Requests by hour of the day and day of the week. */
export const heatmap = panel({
  id: 'heatmap',
  title: 'Hours of the week',
  question: 'At which hours of which days does traffic come?',
  screen: 'traffic',
  window: { days: 7 },
  params: {},
  parts: {
    cells: {
      title: 'Requests by hour and day',
      columns: {
        dow: { kind: 'number', title: 'Day (Monday 0)' },
        hour: { kind: 'number', title: 'Hour (UTC)' },
        cnt: { kind: 'number', title: 'Requests' },
      },
      requires: ['logs.http_logs'],
      sql: ({
        logs,
        within,
      }) => sql`SELECT toDayOfWeek(time, 0, 'UTC') - 1 AS dow, toHour(time, 'UTC') AS hour, count() AS cnt
FROM ${logs('http_logs')}
WHERE ${within('time')}
GROUP BY dow, hour
ORDER BY dow, hour`,
    },
  },
})
