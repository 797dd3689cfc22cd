import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

/** Dictionaries of the processing database, and whether they are loaded. */
export const dictionaries = panel({
  id: 'dictionaries',
  title: 'Dictionaries',
  question: 'Which dictionaries does the server have, are they loaded, and how long are they?',
  screen: 'lists',
  window: null,
  params: {},
  parts: {
    rows: {
      title: 'Dictionaries',
      columns: {
        name: 'text',
        status: 'text',
        element_count: { kind: 'number', title: 'Entries' },
        type: { kind: 'text', title: 'Layout' },
        attributes: 'text',
      },
      requires: [],
      sql: ({ processingName }) => sql`SELECT name, type, status, element_count,
  arrayStringConcat(attribute.names, ', ') AS attributes
FROM system.dictionaries
WHERE database = ${processingName}
ORDER BY name`,
    },
  },
})
