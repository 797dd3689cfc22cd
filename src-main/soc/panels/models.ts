import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** What each model scored. What else a model says of itself lies in files beside it, which ClickHouse does not have. */
export const models = panel({
  id: 'models',
  title: 'Models',
  question: 'Which models scored how much, and until when?',
  screen: 'models',
  window: { days: 7 },
  params: {},
  parts: {
    scoring: {
      title: 'Models',
      columns: {
        model_name: { kind: 'text', title: 'Model' },
        scored: { kind: 'number', title: 'Sessions scored' },
        first_seen: { kind: 'time', title: 'First' },
        last_seen: { kind: 'time', title: 'Last' },
      },
      requires: ['processing.ml_all_scores'],
      sql: ({ processing, within }) => sql`SELECT model_name, count() AS scored,
  min(detected_at) AS first_seen, max(detected_at) AS last_seen
FROM ${processing('ml_all_scores')}
WHERE ${within('detected_at')}
GROUP BY model_name
ORDER BY scored DESC, model_name`,
    },
  },
})
