// npm run check: format, lint, types, import fences, unit and application tests. Two steps run at a time.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensure } from './ensure.mjs'
import { findBrowser } from './findBrowser.mjs'
import { programNode, root, tool, testEnvironment } from './paths.mjs'
import { runQuietly } from './run.mjs'

const LANES = 2
const vitestReport = join(root, '.cache', 'vitest.json')

/** Longest first, so that the lanes end together. */
const steps = [
  {
    name: 'tests',
    args: [
      tool('vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport}`,
    ],
  },
  {
    // Rules that need types have them made anyway: what the compiler says of each file costs little more.
    name: 'lint and types',
    args: [
      tool('oxlint', 'bin', 'oxlint'),
      '--type-aware',
      '--type-check',
      '--deny-warnings',
      '--report-unused-disable-directives',
    ],
  },
  {
    name: 'import fences',
    args: [
      tool('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
      'src-main',
      'src-preload',
      'src-renderer',
      'src-shared',
      '--config',
      '.dependency-cruiser.cjs',
    ],
  },
  { name: 'format', args: [tool('oxfmt', 'bin', 'oxfmt'), '--check'] },
]

/** Runs all steps, prints a line for each, and answers what failed and how many tests passed, failed and were skipped. */
export async function check() {
  mkdirSync(join(root, '.cache'), { recursive: true })
  rmSync(vitestReport, { force: true })
  const browser = findBrowser()
  const env = { ...testEnvironment(), ...(browser ? { CHROME_PATH: browser } : {}) }
  const waiting = [...steps]
  const failed = []
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const started = Date.now()
      const { code, output } = await runQuietly(programNode(), step.args, { cwd: root, env })
      const seconds = ((Date.now() - started) / 1000).toFixed(1)
      process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'}  ${step.name.padEnd(28)} ${seconds.padStart(6)} s\n`)
      if (code === 0) continue
      failed.push(step.name)
      process.stdout.write(`${output.trimEnd()}\n`)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return { failed, tests: testCounts() }
}

function testCounts() {
  if (!existsSync(vitestReport)) return { passed: 0, failed: 0, skipped: 0 }
  const report = JSON.parse(readFileSync(vitestReport, 'utf8'))
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = Date.now()
  await ensure()
  const { failed, tests } = await check()
  const seconds = Math.round((Date.now() - started) / 1000)
  process.stdout.write(
    `${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped in ${seconds} s${failed.length ? `; failed: ${failed.join(', ')}` : ''}\n`,
  )
  process.exitCode = failed.length === 0 ? 0 : 1
}
