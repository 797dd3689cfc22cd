import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../importer/importFile.ts'
import { createDatasetFiles } from './datasetFiles.ts'

// More files than a thread keeps open at once, with indicators that they share and some of their own.
const FILES = 30

let folder: string
const ids = Array.from({ length: FILES }, (_, n) => `d${n}`)
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-iocs-'))
  for (const [n, id] of ids.entries()) {
    const path = join(folder, `${id}.csv`)
    writeFileSync(path, `time,address\n2024-01-01T00:00:00Z,9.9.9.9\n2024-01-01T00:00:01Z,8.8.8.${n}\n`)
    await importFile(
      { path, name: `${id}.csv`, dialect: {}, target: join(folder, `${id}.db`) },
      { cancelled: () => false, progress: () => undefined },
    )
  }
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('counts an indicator once, in however many datasets it stands', () => {
  const files = createDatasetFiles(folder, () => false)
  expect(files.distinctIocs([])).toBe(0)
  expect(files.distinctIocs(['d1'])).toBe(2)
  expect(files.distinctIocs(['d1', 'd2'])).toBe(3)
  expect(files.distinctIocs(ids)).toBe(FILES + 1)
  files.closeAll()
})

it('is cancelled like any long question, and counts anew what was read anew', () => {
  let cancelled = true
  const files = createDatasetFiles(folder, () => cancelled)
  expect(() => files.distinctIocs(['d1', 'd2'])).toThrow(expect.objectContaining({ code: 'cancelled' }))
  cancelled = false
  expect(files.distinctIocs(['d1', 'd2'])).toBe(3)
  cancelled = true
  // Kept from before: nothing is counted.
  expect(files.distinctIocs(['d2', 'd1'])).toBe(3)
  files.close('d2')
  expect(() => files.distinctIocs(['d1', 'd2'])).toThrow(expect.objectContaining({ code: 'cancelled' }))
  files.closeAll()
})
