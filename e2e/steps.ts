import { expect, type Locator, type Page } from '@playwright/test'
import { choose } from './files.ts'

/** Opens the sample hunt from the first run and waits until its files are in and its alerts stand on the overview. */
export async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open sample' }).click()
  await expect(page.getByRole('button', { name: /^Hunt: Workstation 1 triage/ })).toBeVisible()
  await expect(
    page
      .getByRole('region', { name: 'What is alarming' })
      .getByText(/shadow cop/i)
      .first(),
  ).toBeVisible()
  await noJobs(page)
}

/** Opens the sample hunt of a workspace that has it; stands on its overview. */
export async function toSample(page: Page): Promise<void> {
  const hunt = page.getByRole('link', { name: /^Workstation 1 triage/ })
  const hosts = page.getByRole('region', { name: 'Hosts' })
  await expect(hunt.or(hosts).first()).toBeVisible()
  if (await hunt.isVisible()) await hunt.click()
  await expect(hosts).toContainText('MSTICAlertsWin1')
}

/** Waits until nothing is imported or analyzed any more. */
export async function noJobs(page: Page): Promise<void> {
  await expect(page.getByRole('contentinfo').getByRole('button', { name: /No jobs running|failed/ })).toBeVisible({
    timeout: 60_000,
  })
}

/** Goes to a place of the hunt on screen by the rail. */
export async function goTo(
  page: Page,
  place: 'Overview' | 'Evidence' | 'Alerts' | 'Map' | 'Correlate' | 'SOC' | 'Cases',
): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('link', { name: new RegExp(place) })
    .click()
}

/** Row `n` of a grid, from 1, in the order shown; it must be in view. */
export const gridRow = (grid: Locator, n: number): Locator => grid.locator(`[role="row"][aria-rowindex="${n + 1}"]`)

/** The cell of a row under a header, by the header's own text. */
export async function gridCell(grid: Locator, n: number, header: string): Promise<Locator> {
  const at = await grid.getByRole('columnheader', { name: header }).first().getAttribute('aria-colindex')
  return gridRow(grid, n).locator(`[role="gridcell"][aria-colindex="${at}"]`)
}

/** Texts of the first `count` rows under a header. */
export async function columnTexts(grid: Locator, header: string, count: number): Promise<string[]> {
  const texts: string[] = []
  for (let n = 1; n <= count; n += 1) texts.push(await (await gridCell(grid, n, header)).innerText())
  return texts
}

/** Makes a hunt from the list of hunts or the hunt switcher, and stands on its overview. */
export async function newHunt(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Hunt: / }).click()
  await page.getByRole('button', { name: 'New hunt' }).last().click()
  await page.getByRole('textbox', { name: 'Name of the hunt' }).fill(name)
  await page.getByRole('button', { name: 'Create hunt' }).click()
  await expect(page.getByRole('button', { name: `Hunt: ${name}` })).toBeVisible()
}

/** Imports files of this computer as they are detected, into the hunt on screen, and waits until they are in. */
export async function importAll(page: Page, paths: string[]): Promise<void> {
  await goTo(page, 'Evidence')
  await page.getByRole('button', { name: 'Import files' }).first().click()
  await choose(page, () => page.getByRole('button', { name: 'Choose files' }).click(), paths)
  const go = page.getByRole('button', { name: paths.length > 1 ? /^Import all/ : /^Import (about )?[\d,]+ rows?$/ })
  await go.click({ timeout: 60_000 })
  await expect(
    page.getByRole('region', { name: 'Imports begun here' }).getByRole('link', { name: 'Open' }),
  ).toHaveCount(paths.length, {
    timeout: 60_000,
  })
  await noJobs(page)
}
