// The tests named *.slow.test.ts and those that ask a real ClickHouse: part of npm test, left out of npm run check.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensure } from './ensure.mjs'
import { programNode, root, tool, testEnvironment } from './paths.mjs'
import { runInTerminal } from './run.mjs'

const report = join(root, '.cache', 'vitest-slow.json')

/** Runs them and answers whether that worked and how many passed, failed and were skipped. */
export async function slowTests(args = []) {
  mkdirSync(join(root, '.cache'), { recursive: true })
  rmSync(report, { force: true })
  const { code } = await runInTerminal(
    programNode(),
    [
      tool('vitest', 'vitest.mjs'),
      'run',
      '--config',
      'vitest.slow.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    { cwd: root, env: testEnvironment() },
  )
  if (!existsSync(report)) return { ok: false, tests: { passed: 0, failed: 0, skipped: 0 } }
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
  return { ok: code === 0, tests: { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests } }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensure()
  const { ok } = await slowTests(process.argv.slice(2))
  process.exitCode = ok ? 0 : 1
}
