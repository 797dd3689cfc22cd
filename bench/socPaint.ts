import { chromium, type Page } from 'playwright'
import { findBrowser } from '../scripts/findBrowser.mjs'
import { startHeadlessShell } from './headlessShell.ts'
import { median } from './measure.ts'

/** A screen, or a part of it that is shown alone; `path` is what stands behind `/soc/`. */
export type PaintedScreen = { name: string; path: string }
type Painted = { first: number | null; all: number | null; panels: number; failed: number; longest: number }

const WINDOW = { width: 1_440, height: 900 }
const TIMES = 3
/** In the page: nothing that is waited for takes longer, in milliseconds. */
const PATIENCE_MS = 60_000
/** A screen is whole when nothing has been missing for so long. */
const STILL_MS = 400

/**
 * In the page: goes to a place and looks, frame by frame, when the first panel shows data and when all that are on the screen
 * have their answer, drawn. Milliseconds since the address changed; `longest`: between two frames.
 */
const GO = `(hash) => new Promise((resolve) => {
  const started = performance.now()
  let first = null, all = null, last = started, longest = 0
  location.hash = hash
  const tick = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    const body = document.querySelector('.soc-body')
    const panels = body ? [...body.querySelectorAll('.soc-tile, .soc-panel-table')] : []
    const answered = panels.filter((one) => one.querySelector('.soc-foot'))
    const whole = answered.filter((one) => [...one.querySelectorAll('.chart')].every((chart) => chart.querySelector('svg, canvas')))
    const drawn = whole.filter((one) => !one.querySelector('.soc-said'))
    if (first === null && drawn.length > 0) first = now - started
    const waits = whole.length === 0 || whole.length < answered.length || body.querySelector('.skeleton, .soc-dim') !== null
    all = waits ? null : all ?? now - started
    const over = now - started > ${PATIENCE_MS}
    if (over || (all !== null && now - started - all > ${STILL_MS}))
      resolve({ first, all, longest, panels: panels.length, failed: body ? body.querySelectorAll('.soc-off').length : 0 })
    else requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
})`

/**
 * Each screen in Chromium against the built headless shell on that workspace: from the click (the program is open, nothing of
 * the console was asked before) until the first panel shows data, and until all that are there do.
 */
export async function socPaint(
  workspace: string,
  connection: string,
  screens: readonly PaintedScreen[],
): Promise<string[]> {
  const shell = await startHeadlessShell(workspace)
  const executablePath = findBrowser()
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
  try {
    const page = await (await browser.newContext({ viewport: WINDOW })).newPage()
    await page.goto(shell.address)
    const lines = [
      '| screen in the browser | panels | first with data, ms | all, first time | all, median | longest pause |',
    ]
    lines.push('|---|---|---|---|---|---|')
    for (const { name, path } of screens) {
      const taken: Painted[] = []
      for (let n = 0; n < TIMES; n++) taken.push(await painted(page, `/soc/${path}`, connection))
      lines.push(lineOf(name, taken))
    }
    return lines
  } finally {
    await browser.close()
    await shell.stop()
  }
}

async function painted(page: Page, path: string, connection: string): Promise<Painted> {
  // What was answered before goes with the page.
  await page.evaluate("location.hash = '/settings'")
  await page.reload()
  await page.getByRole('navigation').first().waitFor({ timeout: PATIENCE_MS })
  await page.waitForTimeout(300)
  const hash = `${path}${path.includes('?') ? '&' : '?'}conn=${connection}`
  return page.evaluate<Painted>(`(${GO})(${JSON.stringify(hash)})`)
}

function lineOf(name: string, taken: readonly Painted[]): string {
  const ms = (value: number | null | undefined): string =>
    value === null || value === undefined ? 'never' : value.toFixed(0)
  const of = (pick: (one: Painted) => number | null): number | null => {
    const values = taken.map(pick).filter((value) => value !== null)
    return values.length < taken.length ? null : median(values)
  }
  const failed = Math.max(...taken.map((one) => one.failed))
  const panels = `${taken[0]?.panels ?? 0}${failed > 0 ? `, ${failed} without answer` : ''}`
  return `| ${name} | ${panels} | ${ms(of(({ first }) => first))} | ${ms(taken[0]?.all)} | ${ms(of(({ all }) => all))} | ${ms(of(({ longest }) => longest))} |`
}
