import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { clickhouseMissing } from '../../src-main/clickhouse/localServer.ts'
import { startSocServer } from '../../src-main/soc/testing/socServer.ts'
import { expect, test } from '../host.ts'
import { connect } from '../socFlow.ts'
import { goTo, gridRow, noJobs, toSample } from '../steps.ts'

// The pictures of the README: HUNTBENCH_PICTURES=1 npm run e2e
test.use({ start: 'sample' })

/** The status bar names the folder of the workspace, which is another one every time. */
async function take(page: Page, name: string): Promise<void> {
  await page.locator('.workspace-name').evaluate((element) => (element.textContent = 'huntbench'))
  await page.mouse.move(720, 30)
  await page.screenshot({ path: join(import.meta.dirname, `${name}.png`) })
}

test('overview, dark', async ({ window: page }) => {
  await toSample(page)
  await expect(page.getByRole('region', { name: 'Timeline' }).locator('svg').first()).toBeVisible()
  await take(page, 'overview-dark')
})

test('rows with the record of one, dark', async ({ window: page }) => {
  await toSample(page)
  await page.getByRole('region', { name: 'What came in' }).getByRole('link', { name: 'processes_on_host.csv' }).click()
  const query = page.getByRole('textbox', { name: 'Search the rows' })
  await query.fill('username:MSTICAdmin')
  await query.press('Enter')
  const rows = page.getByRole('grid', { name: /^Rows of/ })
  await rows
    .getByText(/delete shadows/)
    .first()
    .dblclick()
  await expect(page.getByRole('region', { name: 'Original bytes' })).toContainText('Slice matches')
  await take(page, 'rows-dark')
})

test('a drawn map, dark', async ({ window: page }) => {
  await toSample(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('drawn intrusion')
  await page.keyboard.press('Enter')
  const maps = page.getByRole('grid', { name: 'Saved maps' })
  await gridRow(maps, 1).getByRole('gridcell').first().dblclick()
  await expect(page.getByRole('application', { name: /^Map Beacon to 8443/ })).toBeVisible()
  await noJobs(page)
  await take(page, 'map-dark')
})

test('the SOC console, dark', async ({ window: page }) => {
  const missing = clickhouseMissing()
  test.skip(missing !== null, missing ?? '')
  const server = await startSocServer()
  try {
    await connect(page, server)
    await expect(
      page.getByRole('region', { name: 'Detections per hour', exact: true }).locator('svg').first(),
    ).toBeVisible()
    await expect(page.locator('.soc-body .skeleton')).toHaveCount(0)
    await take(page, 'soc-dark')
  } finally {
    await server.stop()
  }
})

test.describe('light', () => {
  test.use({ colorScheme: 'light' })
  test('alerts with one open', async ({ window: page }) => {
    await toSample(page)
    await goTo(page, 'Alerts')
    const list = page.getByRole('grid', { name: 'Alerts' })
    await gridRow(list, 1).click()
    await page.keyboard.press('e')
    await page.keyboard.press('j')
    await page.keyboard.press('a')
    await list.getByText('PowerShell downloads and runs code in memory').click()
    await expect(page.getByRole('region', { name: 'Evidence' }).getByRole('link')).not.toHaveCount(0)
    await expect(page.locator('.bp6-toast')).toHaveCount(0)
    await take(page, 'alerts-light')
  })
})
