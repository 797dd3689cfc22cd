import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { drop } from '../e2e/files.ts'
import { findBrowser } from '../scripts/findBrowser.mjs'
import { programStart } from '../scripts/paths.mjs'
import { startHeadlessShell } from './headlessShell.ts'
import { median, settle, timeProgram } from './measure.ts'

/** In the page: milliseconds from the drop of a file to the frame in which its first rows are drawn, as they will be. */
const FIRST_ROWS = `new Promise((resolve) => addEventListener('drop', () => {
  const dropped = performance.now()
  const tick = () =>
    document.querySelector('[aria-label="First rows"] [role="row"][aria-rowindex="2"] [role="gridcell"]')
      ? requestAnimationFrame(() => resolve(performance.now() - dropped))
      : requestAnimationFrame(tick)
  tick()
}, { capture: true, once: true }))`

/** Drops a file on the page in a browser, round after round, each in a program of its own that was started a moment before. */
export async function dropBench(path: string, rounds: number): Promise<string> {
  const executablePath = findBrowser()
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
  const taken: number[] = []
  const busy = loadavg()[0]?.toFixed(1) ?? 'unknown'
  try {
    for (let round = 0; round < rounds; round++) {
      const workspace = mkdtempSync(join(tmpdir(), 'huntbench-drop-'))
      const made = programStart('cli.js', ['call', 'hunts.create', '{"name":"bench"}', '--workspace', workspace])
      await timeProgram(made.command, made.args, '', made.env)
      const shell = await startHeadlessShell(workspace)
      const page = await (await browser.newContext({ viewport: { width: 1_440, height: 900 } })).newPage()
      await page.goto(shell.address)
      await page.getByRole('link', { name: /^bench/ }).click()
      await page.getByRole('button', { name: /^Hunt: bench/ }).waitFor()
      await settle()
      const seen = page.evaluate<number>(FIRST_ROWS)
      await drop(page, [path])
      taken.push(await seen)
      await page.context().close()
      await shell.stop()
      rmSync(workspace, { recursive: true, force: true })
    }
  } finally {
    await browser.close()
  }
  return [
    '| from the drop on the page | median, ms | slowest |',
    '|---|---|---|',
    `| first rows as they will be, in a browser, the file on its way to the program | ${median(taken).toFixed(0)} | ${Math.max(...taken).toFixed(0)} |`,
    '',
    `Load before it: ${busy}.`,
  ].join('\n')
}
