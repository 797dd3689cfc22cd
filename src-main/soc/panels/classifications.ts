import { z } from 'zod'
import { panel } from '../panel.ts'
import { and, sql, text, when } from '../sql.ts'

/** What analysts said last. */
export const classifications = panel({
  id: 'classifications',
  title: 'Verdicts',
  question: 'What was said of which address, newest first?',
  screen: 'detections',
  window: null,
  params: { classification: z.string().max(100).optional() },
  parts: {
    rows: {
      title: 'Verdicts',
      columns: {
        created_at: { kind: 'time', title: 'Said' },
        src_ip: { kind: 'address', title: 'Address' },
        classification: { kind: 'text', title: 'Verdict' },
        comment: 'text',
      },
      requires: ['processing.soc_feedback'],
      sql: ({ params, processing, within }) => sql`SELECT created_at, src_ip, classification, comment
FROM ${processing('soc_feedback')}
WHERE ${and(
        within('created_at'),
        when(params.classification, (value) => sql`classification = ${text('classification', value)}`),
      )}
ORDER BY created_at DESC, src_ip
LIMIT 50`,
    },
  },
})
