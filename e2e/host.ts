import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, _electron, chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { electronRuntime } from '../scripts/electronRuntime.mjs'
import { findBrowser } from '../scripts/findBrowser.mjs'
import { root, startHeadless } from './headless.ts'
import { sampledWorkspace } from './sampled.ts'

export { expect } from '@playwright/test'

/** Evidence that ships with the program. */
export const sample = (name: string): string => join(root, 'resources', 'samples', name)
/** Evidence that only some machines have; flows that need it skip elsewhere. */
export const evidence = (name: string): string => join(root, '..', 'shared', 'evidence', name)
export const hasEvidence = existsSync(evidence('.'))

/** The zone of the computer in every flow: not UTC, so that the two can be told apart. */
const ZONE = 'Europe/Vienna'

/** The program on the workspace of a flow, in whichever shell the project names. */
export type Program = {
  /** Starts it when it does not run, and opens its page. */
  open(): Promise<Page>
  /** Ends it as a person would; the workspace stays. */
  end(): Promise<void>
  /** What the program last put on the clipboard. */
  clipboard(): Promise<string>
}

type Host = {
  /** What is there when the program starts: nothing, or the sample hunt with its alerts. */
  start: 'empty' | 'sample'
  workspace: string
  /** A folder for files that a flow makes. */
  folder: string
  program: Program
  /** The page of the running program. */
  window: Page
  /** Messages of the page's console that are errors; a flow must end with none. */
  consoleErrors: string[]
}
type Shared = {
  chrome: () => Promise<Browser>
}

export const test = base.extend<Host, Shared>({
  chrome: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a function needs from its first parameter
    async ({}, use) => {
      let browser: Promise<Browser> | undefined
      await use(() => (browser ??= launchBrowser()))
      await (await browser)?.close()
    },
    { scope: 'worker' },
  ],
  start: ['empty', { option: true }],
  workspace: async ({ start }, use) =>
    withFolder(async (folder) => {
      if (start === 'sample') cpSync(sampledWorkspace(), folder, { recursive: true })
      await use(folder)
    }),
  // oxlint-disable-next-line no-empty-pattern -- see above
  folder: async ({}, use) => withFolder(use),
  // oxlint-disable-next-line no-empty-pattern -- see above
  consoleErrors: async ({}, use) => {
    const errors: string[] = []
    await use(errors)
    base.expect(errors, 'errors on the console of the page').toEqual([])
  },
  program: async ({ workspace, consoleErrors, chrome, viewport, colorScheme }, use, info) => {
    const watch = (page: Page): Page => {
      page.on('console', (message) => {
        if (message.type() === 'error') consoleErrors.push(`${message.text()} ${message.location().url}`)
      })
      page.on('pageerror', (error) => consoleErrors.push(error.stack ?? error.message))
      return page
    }
    const look = { viewport: viewport ?? null, colorScheme: colorScheme ?? null }
    const program =
      info.project.name === 'electron' ? inElectron(workspace, watch, look) : inChromium(workspace, watch, look, chrome)
    await use(program)
    await program.end()
  },
  window: async ({ program }, use) => use(await program.open()),
})

type Look = {
  viewport: { width: number; height: number } | null
  colorScheme: 'dark' | 'light' | 'no-preference' | null
}
type Watch = (page: Page) => Page

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-e2e-'))
  await use(folder)
  rmSync(folder, { recursive: true, force: true })
}

const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findBrowser() ?? 'chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })

export async function newContext(browser: Browser, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({ ...look, timezoneId: ZONE, acceptDownloads: true })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  return context
}

function inChromium(workspace: string, watch: Watch, look: Look, chrome: () => Promise<Browser>): Program {
  let shell: Awaited<ReturnType<typeof startHeadless>> | undefined
  let context: BrowserContext | undefined
  let scratch: Page | undefined
  let front: Page | undefined
  return {
    async open() {
      const started = shell ? Promise.resolve(shell) : startHeadless(workspace)
      started.catch(() => undefined)
      context ??= await newContext(await chrome(), look)
      const page = watch(await context.newPage())
      front = page
      shell = await started
      await page.goto(shell.url)
      return page
    },
    async end() {
      await context?.close()
      await shell?.stop()
      shell = context = scratch = front = undefined
    },
    async clipboard() {
      // The page itself may not read the clipboard: it is pasted into an empty one.
      scratch ??= await context?.newPage()
      if (!scratch) return ''
      await scratch.setContent('<textarea autofocus></textarea>')
      const pasted = scratch.evaluate(
        () =>
          new Promise<string>((resolve) =>
            addEventListener('paste', (event) => resolve(event.clipboardData?.getData('text/plain') ?? ''), {
              once: true,
            }),
          ),
      )
      await scratch.locator('textarea').press('ControlOrMeta+v')
      const text = await pasted
      // A page behind another one is painted once a second, and every click waits for it to be painted twice.
      await front?.bringToFront()
      return text
    },
  }
}

function inElectron(workspace: string, watch: Watch, look: Look): Program {
  const executablePath = electronRuntime()
  base.skip(executablePath === undefined, 'The Electron runtime is not installed here.')
  let app: Awaited<ReturnType<typeof _electron.launch>> | undefined
  return {
    async open() {
      app ??= await _electron.launch({
        executablePath: executablePath ?? '',
        args: [root, '--workspace', workspace],
        env: { ...process.env, HUNTBENCH_WORKSPACE: workspace, TZ: ZONE },
      })
      const page = watch(await app.firstWindow())
      await page.emulateMedia({ colorScheme: look.colorScheme })
      if (look.viewport) await page.setViewportSize(look.viewport)
      return page
    },
    async end() {
      await app?.close()
      app = undefined
    },
    clipboard: async () => (await app?.evaluate(({ clipboard }) => clipboard.readText())) ?? '',
  }
}
