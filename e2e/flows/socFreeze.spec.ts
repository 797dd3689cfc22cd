import type { Page } from '@playwright/test'
import { clickhouseMissing, USERS } from '../../src-main/clickhouse/localServer.ts'
import { startSocServer, type SocServer } from '../../src-main/soc/testing/socServer.ts'
import { misfits } from '../look.ts'
import { looksRight } from '../socLook.ts'
import { expect, test } from '../host.ts'
import { goTo, gridRow } from '../steps.ts'

const missing = clickhouseMissing()
test.skip(missing !== null, missing ?? '')

let server: SocServer
test.beforeAll(async () => {
  server = await startSocServer()
})
test.afterAll(() => server.stop())

const tab = (page: Page, place: string, name: string) =>
  page.getByRole('navigation', { name: place }).getByRole('link', { name })

async function connect(page: Page): Promise<void> {
  await goTo(page, 'SOC')
  await page.getByRole('button', { name: 'Add a connection' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('soc-demo')
  await page.getByRole('textbox', { name: 'Address of the HTTP interface' }).fill(server.url)
  await page.getByRole('textbox', { name: 'User' }).fill(USERS.soc.name)
  await page.getByLabel('Password').fill(USERS.soc.password)
  await page.getByLabel(/Allow Huntbench to write/).check()
  await page.keyboard.press('Control+s')
  await page.getByRole('button', { name: 'Open in SOC' }).click()
}

test('an answer of the console is kept in a hunt with its question, leads back to the console, and the console to hunts', async ({
  window: page,
}) => {
  await connect(page)
  await tab(page, 'SOC', 'Detections').click()
  const detections = page.getByRole('grid', { name: 'Detections' })
  await expect(gridRow(detections, 1)).toBeVisible()
  await page
    .getByRole('group', { name: 'Level' })
    .getByRole('button', { name: /^Critical/ })
    .click()
  await expect.poll(() => page.url()).toContain('threat_level=CRITICAL')
  await page.getByRole('button', { name: 'Freeze into a hunt' }).click()
  await page.getByRole('combobox', { name: 'Hunt' }).fill('Criticals')
  await page.keyboard.press('Enter')
  await page
    .getByRole('status')
    .filter({ hasText: /rows? kept/ })
    .click()

  // The same tools as for any evidence, and the way back by a cell.
  const rows = page.getByRole('grid', { name: /^Rows of Detections/ })
  await expect(gridRow(rows, 1)).toContainText('CRITICAL')
  const address = rows
    .getByRole('row')
    .nth(2)
    .getByRole('gridcell')
    .filter({ hasText: /^\d+\.\d+\.\d+\.\d+$/ })
    .first()
  const said = (await address.textContent()) ?? ''
  await address.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Open in SOC console' }).click()
  await expect.poll(() => page.url()).toContain(`/soc/address/${said}`)
  await page.goBack()

  // What it is the answer to.
  await tab(page, 'Evidence', 'Datasets').click()
  await gridRow(page.getByRole('grid', { name: 'Datasets' }), 1).click()
  await page.getByRole('radio', { name: 'Question' }).click()
  await expect(page.getByLabel('SQL')).toContainText('threat_level = {threat_level:String}')
  await expect(page.getByRole('definition').filter({ hasText: /^huntbench-/ })).toBeVisible()
  expect(await misfits(page)).toEqual([])

  // Sent to the server, the copy answers the same question.
  await page.getByRole('radio', { name: 'Copies' }).click()
  await page.getByRole('button', { name: /^Send \d+ rows?$/ }).click()
  await expect(page.getByRole('list', { name: 'Copies' })).toContainText('complete')
  await looksRight(page, 'copies', 'html')
  await page.getByRole('list', { name: 'Copies' }).getByRole('button', { name: 'Ask this copy' }).click()
  await expect(page.getByRole('radio', { name: 'soc-demo' })).toHaveAttribute('aria-checked', 'true')
  await expect(gridRow(rows, 1)).toContainText('CRITICAL')
  await page.keyboard.press('/')
  await page.keyboard.type('host:*example*')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/of \d+ rows/).first()).toBeVisible()
  expect(page.url()).toContain('copy=')
  expect(await misfits(page)).toEqual([])
  await page.getByRole('radio', { name: 'Here' }).click()
  await expect(gridRow(rows, 1)).toContainText('CRITICAL')

  // From the console to the hunts.
  await goTo(page, 'SOC')
  await tab(page, 'SOC', 'Detections').click()
  await detections
    .getByRole('row')
    .nth(2)
    .getByRole('gridcell')
    .filter({ hasText: /^\d+\.\d+\.\d+\.\d+$/ })
    .first()
    .click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Find in hunts' }).click()
  await expect.poll(() => page.url()).toContain('/correlate/find')
})
