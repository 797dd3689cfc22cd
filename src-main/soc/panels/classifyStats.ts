import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** How often analysts said what. */
export const classifyStats = panel({
  id: 'classifyStats',
  title: 'Verdicts by kind',
  question: 'How many addresses were said to be what?',
  screen: 'detections',
  window: null,
  params: {},
  parts: {
    rows: {
      title: 'Verdicts by kind',
      columns: { classification: { kind: 'text', title: 'Verdict' }, cnt: { kind: 'number', title: 'Verdicts' } },
      requires: ['processing.soc_feedback'],
      sql: ({ processing, within }) => sql`SELECT classification, count() AS cnt
FROM ${processing('soc_feedback')}
WHERE ${within('created_at')}
GROUP BY classification
ORDER BY cnt DESC, classification`,
    },
  },
})
