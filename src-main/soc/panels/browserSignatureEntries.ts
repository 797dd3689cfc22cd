import { panel } from '../panel.ts'
import { sql } from '../sql.ts'

const columns = {
  h2_fingerprint: { kind: 'text', title: 'HTTP/2 fingerprint' },
  browser_family: { kind: 'text', title: 'Family' },
} as const

/** Signatures of browsers in HTTP/2 that the server knows. */
export const browserSignatureEntries = panel({
  id: 'browserSignatureEntries',
  title: 'Signatures',
  question: 'Which HTTP/2 fingerprints are known for which browser?',
  screen: 'fingerprints',
  window: null,
  params: {},
  parts: {
    rows: {
      title: 'Signatures',
      columns: { ...columns, confidence: { kind: 'percent', title: 'Confidence' }, notes: 'text' },
      requires: ['processing.browser_h2_signatures'],
      sql: ({ processing }) => sql`SELECT h2_fingerprint, browser_family, confidence, notes
FROM ${processing('browser_h2_signatures')}
ORDER BY browser_family, confidence DESC, h2_fingerprint`,
    },
    dictionary: {
      title: 'Signatures in the dictionary',
      columns,
      requires: ['processing.dict_browser_h2'],
      sql: ({ processing }) => sql`SELECT h2_fingerprint, browser_family
FROM ${processing('dict_browser_h2')}
ORDER BY browser_family, h2_fingerprint`,
    },
  },
})
