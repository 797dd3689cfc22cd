import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findBrowser } from '../scripts/findBrowser.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-browser-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function place(name: string): string {
  const path = join(folder, name)
  writeFileSync(path, '')
  chmodSync(path, 0o755)
  return path
}

test.skipIf(process.platform !== 'linux')('the browser named by CHROME_PATH goes before those on the PATH', () => {
  const installed = place('chromium')
  const named = place('my-browser')
  vi.stubEnv('PATH', folder)
  vi.stubEnv('CHROME_PATH', named)
  expect(findBrowser()).toBe(named)
  vi.stubEnv('CHROME_PATH', join(folder, 'gone'))
  expect(findBrowser()).toBe(installed)
  chmodSync(installed, 0o644)
  expect(findBrowser()).toBeUndefined()
})
