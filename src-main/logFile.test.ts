import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from './logFile.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const clock = () => new Date('2026-01-02T03:04:05Z')

test('an entry has its time and level, and its further lines cannot pass for entries', () => {
  const workspace = join(folder, 'new')
  createLog(workspace, clock)('error', 'It broke', 'at a\n2026-01-02T03:04:05.000Z info forged')
  expect(readFileSync(join(workspace, 'huntbench.log'), 'utf8')).toBe(
    '2026-01-02T03:04:05.000Z error It broke at a\n    2026-01-02T03:04:05.000Z info forged\n',
  )
})

test.skipIf(process.platform === 'win32')('is for the eyes of its owner', () => {
  createLog(folder, clock)('info', 'x')
  expect(statSync(join(folder, 'huntbench.log')).mode & 0o077).toBe(0)
  // The log is often what makes the folder of a new workspace.
  createLog(join(folder, 'new', 'workspace'), clock)('info', 'x')
  expect(statSync(join(folder, 'new', 'workspace')).mode & 0o077).toBe(0)
})

test('a log that has grown large is set aside at the next start', () => {
  writeFileSync(join(folder, 'huntbench.log'), 'x'.repeat(5_000_001))
  createLog(folder, clock)('info', 'fresh')
  expect(readFileSync(join(folder, 'huntbench.log'), 'utf8')).toContain('fresh')
  expect(existsSync(join(folder, 'huntbench.log.1'))).toBe(true)
})

test('a log that cannot be written stops nothing', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => createLog(join(folder, 'file', 'below'), clock)('info', 'x')).not.toThrow()
})
