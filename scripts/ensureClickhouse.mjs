// Installs the ClickHouse that tests and the demo talk to: a package of its own (test/clickhouse/engine), never part of the program.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { runQuietly } from './run.mjs'

const engine = join(root, 'test', 'clickhouse', 'engine')

/** Whether it exists for this machine: a library for Linux x64 with glibc. */
const exists = () =>
  process.platform === 'linux' && process.arch === 'x64' && process.report.getReport().header.glibcVersionRuntime

/** Answers why the tests that need ClickHouse are skipped, or undefined when it is there. Fails nothing: they say it too. */
export async function ensureClickhouse() {
  if (!exists()) return 'Tests against a real ClickHouse are skipped: it is there for Linux x64 only.'
  if (existsSync(join(engine, 'node_modules', '.package-lock.json'))) return undefined
  process.stderr.write('Installing ClickHouse (npm ci in test/clickhouse/engine, 546 MB); this happens once.\n')
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const { code } =
    npm && /\.[cm]?js$/.test(npm)
      ? await runQuietly(process.execPath, [npm, ...options], { cwd: engine })
      : await runQuietly('npm', options, { cwd: engine })
  return code === 0 ? undefined : 'Tests against a real ClickHouse are skipped: npm could not install it.'
}
