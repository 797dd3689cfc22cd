import { expect, test } from 'vitest'
import type { ImportReport } from '#contract/datasets'
import { summaryOf } from './importReport.ts'

const one = (more: Partial<ImportReport['datasets'][number]>): ImportReport['datasets'][number] => ({
  id: 'd',
  name: 'a.csv',
  file: 'host1/a.csv',
  rows: 3_000,
  quarantined: 1,
  columns: 2,
  profile: null,
  encoding: 'utf-8',
  delimiter: ',',
  sha256: null,
  warnings: [],
  ...more,
})
const hunt = { id: 'h', name: 'x' }

test('an import of many files says how many came in, and counts each row once', () => {
  const failed = [{ file: 'b.csv', code: 'not-a-table' as const, message: 'The file is empty.' }]
  const datasets = [one({}), one({ id: 'e', rows: 1, quarantined: 0 }), one({ id: 'd', duplicateOf: 'd' })]
  expect(summaryOf({ hunt, datasets, failed, alerts: 1 })).toBe(
    '3 of 4 files imported, 1 failed · 3,001 rows, 1 record quarantined · 1 imported before · 1 new alert',
  )
  expect(summaryOf({ hunt, datasets: [one({})], failed: [], alerts: 0 })).toBe(
    '1 of 1 file imported · 3,000 rows, 1 record quarantined',
  )
})
