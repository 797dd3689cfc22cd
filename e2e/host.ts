import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, _electron, chromium, type Page } from '@playwright/test'
import { electronRuntime } from '../scripts/electronRuntime.mjs'
import { findBrowser } from '../scripts/findBrowser.mjs'
import { root, startHeadless } from './headless.ts'

export { expect } from '@playwright/test'

/** Evidence that ships with the program. */
export const sample = (name: string): string => join(root, 'resources', 'samples', name)
/** Evidence that only some machines have; flows that need it skip elsewhere. */
export const evidence = (name: string): string => join(root, '..', 'shared', 'evidence', name)
export const hasEvidence = existsSync(join(root, '..', 'shared', 'evidence'))

type Host = {
  workspace: string
  /** The page of the running program, in whichever shell the project names. */
  window: Page
  /** Messages of the page's console that are errors; a flow must end with none. */
  consoleErrors: string[]
}

export const test = base.extend<Host>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a function needs from its first parameter
  workspace: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'huntbench-e2e-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  // eslint-disable-next-line no-empty-pattern -- see above
  consoleErrors: async ({}, use) => {
    const errors: string[] = []
    await use(errors)
    base.expect(errors, 'errors on the console of the page').toEqual([])
  },
  window: async ({ workspace, consoleErrors, viewport, colorScheme }, use, info) => {
    const watch = (page: Page): void => {
      page.on('console', (message) => {
        if (message.type() === 'error') consoleErrors.push(message.text())
      })
      page.on('pageerror', (error) => consoleErrors.push(error.stack ?? error.message))
    }
    if (info.project.name === 'electron') {
      const executablePath = electronRuntime()
      base.skip(executablePath === undefined, 'The Electron runtime is not installed here.')
      const app = await _electron.launch({
        executablePath: executablePath ?? '',
        args: [root, '--workspace', workspace],
        env: { ...process.env, HUNTBENCH_WORKSPACE: workspace },
      })
      const page = await app.firstWindow()
      watch(page)
      await use(page)
      await app.close()
      return
    }
    const shell = await startHeadless(workspace)
    const browser = await chromium.launch({ executablePath: findBrowser() ?? 'chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
    const context = await browser.newContext({ viewport, colorScheme, acceptDownloads: true })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const page = await context.newPage()
    watch(page)
    await page.goto(shell.url)
    await use(page)
    await browser.close()
    await shell.stop()
  },
})
