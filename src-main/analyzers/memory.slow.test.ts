import { execFile } from 'node:child_process'
import { createWriteStream, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { importFile } from '../importer/importFile.ts'
import { testPorts } from '../testing/ports.ts'
import { openStore } from '../worker/pool.ts'
import { workspaceFolders } from '../workspace/workspaceFolders.ts'

const MB = 1024 * 1024
/** The law is 300 MB for the whole process, of which the idle program takes about half. */
const GROWTH_MAX = 140 * MB
const HOSTILE = new URL('../testing/hostileRows.ts', import.meta.url).pathname

async function analyzed(
  rows: number,
): Promise<Record<'growth' | 'rows' | 'findings' | 'evidence' | 'incomplete', number>> {
  const limits = ['--max-old-space-size=64', '--max-semi-space-size=2']
  const { stdout } = await promisify(execFile)(process.execPath, [...limits, HOSTILE, String(rows)])
  return JSON.parse(stdout)
}

test('the memory analyzers take does not grow with the rows, though each row is about something new', async () => {
  // Both are past the limits of what is kept.
  const few = await analyzed(45_000)
  const many = await analyzed(65_000)
  expect(few.growth).toBeLessThan(GROWTH_MAX)
  expect(many.growth).toBeLessThan(few.growth + 24 * MB)
  expect(many.rows).toBe(65_000)
  // What there was room for is told whole, and that there was more is said.
  expect(many.findings).toBeGreaterThan(30_000)
  expect(many.evidence).toBeGreaterThanOrEqual(many.findings)
  expect(many.incomplete).toBe(many.findings)
}, 600_000)

const folder = mkdtempSync(join(tmpdir(), 'huntbench-hostile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the thread that analyzes stands the largest cells and tens of thousands of findings', async () => {
  const folders = workspaceFolders(folder)
  const path = join(folder, 'hostile.csv')
  const out = createWriteStream(path)
  out.write('EventID,Computer,CommandLine,Image,Url\n')
  const huge = (text: string): string => text.repeat(Math.floor((5 * MB) / Buffer.byteLength(text)))
  for (const part of ['x ', 'é', "a'+'b", '/e JAB0ACAAPQAgACcAZABpAHIAJwA7 ', 'c:/a/b.exe ', '界^'])
    out.write(`1,H,${huge(part)} vssadmin delete shadows,C:\\x.exe,${huge(part)}\n`)
  for (let row = 0; row < 9_000; row += 1) {
    const own = ((row * 2_654_435_761) >>> 0).toString(36)
    const line = `1,host${own},vssadmin delete shadows ${own} Q2hhbmdlTWVBZ2Fpbj${own}EyMzQ1Njc4OTBBYkNkRWZHaElqS2xNbk9w,C:\\${own}.exe,https://${own}.example.org/?cmd=whoami\n`
    if (!out.write(line)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  const target = join(folders.datasets, 'd.db')
  const imported = await importFile(
    { path, name: 'hostile.csv', dialect: {}, target },
    { cancelled: () => false, progress: () => undefined },
  )
  const store = await openStore(
    { workspace: folders.database, datasets: folders.datasets, backups: folders.backups },
    testPorts(folder).log,
  )
  await store.write.hunts.create({ id: 'h', name: 'h', description: '', analyzeOnImport: false, now: 0 })
  const source = { sourcePath: path, sourceMember: null, sourceStored: false, dialect: {}, reading: {} }
  await store.write.datasets.begin({ id: 'd', huntId: 'h', name: 'd', file: 'd.csv', size: 1, now: 0, ...source })
  await store.write.datasets.publish('d', imported, 1, 0)
  const result = await store.task().evidence.analyze({ datasetId: 'd', analyzers: undefined, config: {}, keep: true })
  expect(result.rowsAnalyzed).toBe(9_006)
  expect(result.found).toBeGreaterThan(18_000)
  const kept = await store.write.alerts.keepFiles('h', 'd', [result.file ?? ''], 0, null)
  expect(kept).toEqual({ created: result.found, kept: 0 })
  expect(readdirSync(folders.datasets)).toEqual(['d.db'])
  await store.close()
}, 600_000)
