import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Reading } from '#contract/datasets'
import { importFile } from '../importer/importFile.ts'
import { compareDatasets } from '../importer/testing/compareDatasets.ts'
import { createDatasetFiles } from '../sqlite/datasetFiles.ts'
import type { NewChange } from '../sqlite/queries/readings.write.ts'
import type { TaskContext } from './contexts.ts'
import { FAST_FROM } from './fillRows.ts'
import { rebuildDataset } from './rebuildDataset.ts'

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-rebuild-'))
  const path = join(folder, 'p.csv')
  const lines = ['When,Computer,CommandLine,ProcessId,Note']
  for (let n = 0; n < 16_000; n += 1) {
    const when = new Date(1_720_000_000_000 + n * 977).toISOString()
    const note =
      ['say ""hi""', 'see 10.1.2.3', 'two\nlines', '', '\u{1f600} ,', 'hxxp://evil[.]example[.]org/a'][n % 6] ?? ''
    lines.push(
      `${n % 90 === 7 ? 'never' : when},WS${n % 30},vssadmin delete shadows ${n} /all,${n % 50 === 3 ? '0x1f' : n},"${note}"`,
    )
    if (n % 4_000 === 5) lines.push(`${when},too,few`)
  }
  writeFileSync(path, lines.join('\n'))
  expect(statSync(path).size).toBeGreaterThan(FAST_FROM)
  const target = join(folder, 'd.db')
  await importFile({ path, name: 'p.csv', dialect: {}, target }, { cancelled: () => false, progress: () => undefined })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function rebuilt(way: string, after: Reading, cancelled = () => false) {
  process.env['HUNTBENCH_IMPORT'] = way
  const told: unknown[] = []
  const datasets = createDatasetFiles(folder, cancelled)
  const context: TaskContext = { folder, workspace: '', cancelled, progress: (state) => told.push(state), datasets }
  const change: NewChange = {
    ...{ id: 'c', datasetId: 'd', kind: 'rescan', before: {}, after, rows: 0 },
    ...{ reason: '', by: '', now: 0, undoes: null, headers: null },
  }
  const target = join(folder, `${way}.db`)
  rmSync(target, { force: true })
  try {
    const nothing = { repairs: [], delimiter: undefined, quote: undefined }
    return { target, told, ...(await rebuildDataset(context, { datasetId: 'd', target, change, ...nothing })) }
  } finally {
    delete process.env['HUNTBENCH_IMPORT']
  }
}

test.each<[string, Reading]>([
  ['as it was', {}],
  ['with another zone', { timeZone: 'Europe/Berlin' }],
  ['with a clock that went wrong, which only the careful way knows', { skewSeconds: 90 }],
])('a dataset that is read anew %s is the same by the threads of the import and row by row', async (_, after) => {
  const fast = await rebuilt('auto', after)
  const careful = await rebuilt('careful', after)
  expect(fast.rebuilt?.result.rows).toBe(16_000)
  expect(fast.rebuilt?.result.quarantined).toBe(4)
  expect(fast.rebuilt).toEqual(careful.rebuilt)
  expect(fast.told.length).toBeGreaterThan(10)
  expect(compareDatasets(fast.target, careful.target)).toEqual([])
})

test('cancelled on the way, nothing is left of it', async () => {
  const before = readdirSync(folder).filter((name) => name !== 'auto.db')
  let asked = 0
  await expect(rebuilt('auto', {}, () => (asked += 1) > 5)).rejects.toThrow('Cancelled.')
  expect(readdirSync(folder)).toEqual(before)
})
