import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { checkCase } from './checkCase.ts'
import { makeCase } from './makeCase.ts'

test('six seconds of hostile files: both ways give the same, nothing is lost, nothing hangs', async () => {
  const failures = mkdtempSync(join(tmpdir(), 'huntbench-fuzz-failures-'))
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, 'main.ts'),
    '--seconds',
    '6',
    '--failures',
    failures,
  ]).catch((error: { stdout: string }) => error)
  const result: { cases: number; failures: number; same: number } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  expect(result.failures, stdout).toBe(0)
  expect(result.same).toBeGreaterThan(result.cases / 10)
  rmSync(failures, { recursive: true, force: true })
}, 120_000)

const known = join(import.meta.dirname, 'seeds.json')
test.skipIf(!existsSync(known))(
  'seeds that once failed hold',
  async () => {
    const corpusFolder = join(import.meta.dirname, 'corpus')
    const corpus = readdirSync(corpusFolder)
      .sort()
      .map((name) => readFileSync(join(corpusFolder, name)))
    const folder = mkdtempSync(join(tmpdir(), 'huntbench-fuzz-seeds-'))
    const seeds: number[] = JSON.parse(readFileSync(known, 'utf8'))
    for (const seed of seeds) await checkCase(makeCase(seed, corpus), folder)
    rmSync(folder, { recursive: true, force: true })
  },
  120_000,
)
