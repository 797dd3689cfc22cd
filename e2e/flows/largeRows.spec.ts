import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { writeTable } from '../files.ts'
import { evidence, expect, hasEvidence, test } from '../host.ts'
import { gridRow, importAll, newHunt } from '../steps.ts'

const ROWS = 1_000_000
const grid = (page: Page) => page.getByRole('grid', { name: /^Rows of / })
const line = (n: number) => `2024-03-01T00:00:00Z,host${n % 97},value ${n}`

test('a million rows: the keys and the scroll bar reach the last and the middle ones, and the right rows are there', async ({
  window: page,
  folder,
}) => {
  const path = join(folder, 'million.csv')
  await writeTable(path, 'time,host,text', ROWS, line)
  await newHunt(page, 'Million')
  await importAll(page, [path])
  await page.getByRole('link', { name: 'Open', exact: true }).click()
  await expect(gridRow(grid(page), 1)).toContainText('value 1')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(ROWS + 1))

  await gridRow(grid(page), 1).getByRole('gridcell').first().click()
  await page.keyboard.press('Control+End')
  await expect(gridRow(grid(page), ROWS)).toContainText(`value ${ROWS}`)
  await page.keyboard.press('PageUp')
  await expect(gridRow(grid(page), ROWS - 12)).toContainText(`value ${ROWS - 12}`)
  await page.keyboard.press('Control+Home')
  await expect(gridRow(grid(page), 1)).toContainText('value 1')

  await grid(page)
    .locator('.grid-scroll')
    .evaluate((scroller) => {
      scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) / 2
    })
  const inView = grid(page).locator('[role="row"][data-row]').nth(3)
  await expect.poll(async () => Math.abs(Number(await inView.getAttribute('data-row')) - ROWS / 2)).toBeLessThan(1_000)
  const at = Number(await inView.getAttribute('data-row'))
  await expect(gridRow(grid(page), at + 1)).toContainText(`value ${at + 1}`)

  await page.getByRole('textbox', { name: 'Search the rows' }).fill('text:"value 777777"')
  await page.getByRole('textbox', { name: 'Search the rows' }).press('Enter')
  await expect(page.getByRole('search').getByRole('status')).toHaveText('1 of 1,000,000 rows')
  await expect(gridRow(grid(page), 1)).toContainText('777,777')
})

test('365 columns: each can be found, empty ones are left out at first, and newlines stay inside their cell', async ({
  window: page,
}) => {
  test.skip(!hasEvidence, 'The real evidence is not on this computer.')
  await newHunt(page, 'Wide')
  await importAll(page, [evidence('evtx-to-mitre-attack/dev/windows_events.csv')])
  await expect(page.getByRole('region', { name: 'Imports begun here' })).toContainText(
    '4,719 rows, 0 records quarantined',
  )
  await page.getByRole('link', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('search').getByRole('status')).toHaveText('4,719 rows')
  await page.getByRole('button', { name: /^\d+ of \d+ columns$/ }).click()
  await page.getByRole('textbox', { name: 'Columns to show' }).fill('ScriptBlockText')
  await expect(page.getByRole('checkbox', { name: /ScriptBlockText/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await gridRow(grid(page), 1).getByRole('gridcell').first().click()
  await page.keyboard.press('End')
  const last = await grid(page).getAttribute('aria-colcount')
  await expect(page.locator('[role="gridcell"]:focus')).toHaveAttribute('aria-colindex', last ?? '')
  await page.keyboard.press('Control+End')
  await expect(gridRow(grid(page), 4_719)).toBeVisible()
})
