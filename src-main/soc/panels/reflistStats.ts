import { z } from 'zod'
import { panel } from '../panel.ts'
import { listNames, lists } from '../referenceLists.ts'
import { name as column, sql } from '../sql.ts'

/** Values of a list that are told apart. */
const requires = listNames.map((list) => `processing.${lists[list].table}` as const)

/** How long a reference list is, and what it is made of. */
export const reflistStats = panel({
  id: 'reflistStats',
  title: 'Reference lists in numbers',
  question: 'How many entries has a list, and of which kinds?',
  screen: 'lists',
  window: null,
  params: { name: z.enum(listNames).default('bot_ip') },
  parts: {
    total: {
      title: 'Entries',
      columns: { total: { kind: 'number', title: 'Entries' } },
      requires,
      sql: ({ params, processing }) => sql`SELECT count() AS total
FROM ${processing(lists[params.name].table)}`,
    },
    breakdown: {
      title: 'Entries by kind, the 20 largest',
      columns: { value: { kind: 'text', title: 'Kind' }, cnt: { kind: 'number', title: 'Entries' } },
      requires,
      sql: ({ params, processing }) => sql`SELECT toString(${column(lists[params.name].kind)}) AS value, count() AS cnt
FROM ${processing(lists[params.name].table)}
GROUP BY value
ORDER BY cnt DESC, value
LIMIT 20`,
    },
  },
})
