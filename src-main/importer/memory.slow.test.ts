import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { testFolder } from './testing/importTo.ts'

const folder = testFolder()
afterAll(() => folder.remove())

/** The law is 300 MB more for 560 MB; here a smaller file, in which nearly every row holds new indicators, must do with less. */
const GROWTH_MAX = 300 * 1024 * 1024

test('the memory an import takes does not grow with the file', async () => {
  const path = folder.path('large.csv')
  const out = createWriteStream(path)
  out.write('TimeCreated,Computer,CommandLine,SHA256,Url\n')
  for (let block = 0; block < 25; block++) {
    let lines = ''
    for (let n = 0; n < 10_000; n++) {
      const row = block * 10_000 + n
      const hash = (row * 2_654_435_761).toString(16).padStart(16, '0').repeat(4).slice(0, 64)
      lines += `${new Date(1.5e12 + row * 1000).toISOString()},WS${row % 500},"cmd.exe /c ""type é${row}.txt""",${hash},https://host${row}.example.org/a\n`
    }
    if (!out.write(lines)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  const script = `
    import { importFile } from ${JSON.stringify(resolve(import.meta.dirname, 'importFile.ts'))}
    let start = 0, peak = 0
    const look = () => { peak = Math.max(peak, process.memoryUsage.rss()); start ||= peak }
    look()
    const result = await importFile({ path: ${JSON.stringify(path)}, name: 'x', dialect: {}, target: ${JSON.stringify(folder.target())} }, { cancelled: () => false, progress: look }, 'careful')
    console.log(JSON.stringify({ growth: peak - start, rows: result.rows, iocs: result.iocs }))
  `
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=160',
    '--input-type=module',
    '--eval',
    script,
  ])
  const { growth, rows, iocs }: { growth: number; rows: number; iocs: number } = JSON.parse(stdout)
  expect(rows).toBe(250_000)
  expect(iocs).toBeGreaterThan(700_000)
  expect(growth).toBeLessThan(GROWTH_MAX)
}, 120_000)
