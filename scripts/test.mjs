// npm test: installs what is missing and runs everything. The last line counts the tests of vitest and Playwright together;
// a check that is no test (format, lint, types, fences) and fails counts as one failure.
import { check } from './check.mjs'
import { endToEnd } from './e2e.mjs'
import { ensure } from './ensure.mjs'
import { ensureClickhouse } from './ensureClickhouse.mjs'
import { ensureBrowser } from './findBrowser.mjs'
import { slowTests } from './slow.mjs'

await ensure()
const withoutBrowser = await ensureBrowser().then(
  () => undefined,
  (error) => error.message,
)

const withoutClickhouse = await ensureClickhouse()

const checked = await check()
const otherFailures = checked.failed.filter((name) => name !== 'tests').length
const lostTests = checked.failed.includes('tests') && checked.tests.failed === 0 ? 1 : 0

const slow = await slowTests()
const lostSlow = !slow.ok && slow.tests.failed === 0 ? 1 : 0

const flows =
  withoutBrowser === undefined ? await endToEnd() : { ok: false, tests: { passed: 0, failed: 0, skipped: 0 } }
if (withoutBrowser !== undefined) process.stdout.write(`${withoutBrowser}\n`)
const lostFlows = !flows.ok && flows.tests.failed === 0 ? 1 : 0

const passed = checked.tests.passed + slow.tests.passed + flows.tests.passed
const failed =
  checked.tests.failed + slow.tests.failed + flows.tests.failed + otherFailures + lostTests + lostSlow + lostFlows
const skipped = checked.tests.skipped + slow.tests.skipped + flows.tests.skipped
if (withoutClickhouse !== undefined) process.stdout.write(`${withoutClickhouse}\n`)
if (checked.failed.length > 0) process.stdout.write(`Failed checks: ${checked.failed.join(', ')}\n`)
process.exitCode = failed === 0 ? 0 : 1
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`)
