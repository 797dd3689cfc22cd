import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** Threat levels that each model gave. */
export const modelsThreats = panel({
  id: 'modelsThreats',
  title: 'Levels by model',
  question: 'How severe does each model find what it scores?',
  screen: 'models',
  window: { days: 7 },
  params: {},
  parts: {
    rows: {
      title: 'Levels by model',
      columns: {
        model_name: { kind: 'text', title: 'Model' },
        threat_level: 'level',
        cnt: { kind: 'number', title: 'Sessions' },
      },
      requires: ['processing.ml_all_scores'],
      sql: ({ processing, within }) => sql`SELECT model_name, threat_level, count() AS cnt
FROM ${processing('ml_all_scores')}
WHERE ${within('detected_at')}
GROUP BY model_name, threat_level
ORDER BY model_name, cnt DESC, threat_level`,
    },
  },
})
