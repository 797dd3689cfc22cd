// npm run e2e: the page in a real browser, served by the real program. Arguments go to Playwright.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensure } from './ensure.mjs'
import { ensureBrowser } from './findBrowser.mjs'
import { programNode, root, tool, testEnvironment } from './paths.mjs'
import { runInTerminal } from './run.mjs'

const report = join(root, '.cache', 'playwright.json')

/** Runs the flows and answers whether that worked and how many passed, failed and were skipped. */
export async function endToEnd(args = []) {
  const browser = await ensureBrowser()
  mkdirSync(join(root, '.cache'), { recursive: true })
  rmSync(report, { force: true })
  const { code } = await runInTerminal(
    programNode(),
    [
      tool('@playwright', 'test', 'cli.js'),
      'test',
      '--config',
      join('e2e', 'playwright.config.ts'),
      '--reporter=list,json',
      ...args,
    ],
    { cwd: root, env: { ...testEnvironment(), CHROME_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  )
  return { ok: code === 0, tests: testCounts() }
}

function testCounts() {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0 }
  const { expected, flaky, unexpected, skipped } = JSON.parse(readFileSync(report, 'utf8')).stats
  return { passed: expected + flaky, failed: unexpected, skipped }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensure()
  const { ok } = await endToEnd(process.argv.slice(2))
  process.exitCode = ok ? 0 : 1
}
