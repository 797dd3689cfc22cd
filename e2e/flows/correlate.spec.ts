import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { goTo, gridRow, importAll, newHunt } from '../steps.ts'

const FIRST = [
  'Time,Computer,src_ip,CommandLine',
  '2024-03-01 10:00:00,WS1.corp.example,10.1.2.3,curl hxxp://evil-c2[.]com/a',
  '2024-03-01 12:00:00,WS1.corp.example,198.41.0.4,ping evil-c2.com',
]
const SECOND = ['Time,Host,dest', '2024-03-01 11:00:00,ws1,evil-c2.com', '2024-03-01 11:30:00,ws1,10.1.2.3']

const shared = (page: Page) => page.getByRole('grid', { name: 'Shared' })
const pane = (page: Page) => page.getByRole('complementary', { name: 'Shared' })
const rowOf = (page: Page, name: string) => shared(page).getByRole('row').filter({ hasText: name })

async function twoHunts(page: Page, folder: string): Promise<void> {
  for (const [name, lines] of [
    ['First', FIRST],
    ['Second', SECOND],
  ] as const) {
    const path = join(folder, `${name.toLowerCase()}.csv`)
    writeFileSync(path, `${lines.join('\n')}\n`)
    await newHunt(page, name)
    await importAll(page, [path])
  }
}

test('what two hunts share gets a verdict from a pasted list, is hidden as noise and leads to its row', async ({
  window: page,
  folder,
}) => {
  await twoHunts(page, folder)
  await goTo(page, 'Correlate')
  await expect(rowOf(page, 'evil-c2.com')).toContainText('evil-c2.com')
  await expect(rowOf(page, 'WS1')).toBeVisible()

  await page
    .getByRole('navigation', { name: 'Correlate' })
    .getByRole('link', { name: /Indicator lists/ })
    .click()
  await page.getByRole('button', { name: 'Import a list' }).first().click()
  await page.getByRole('textbox', { name: 'Indicators, one a line' }).fill('*.evil-c2[.]com, C2\n=cmd\n')
  await page.getByLabel('Name', { exact: true }).fill('Morning call')
  await page.getByRole('button', { name: 'Import the list' }).click()
  await expect(page.getByRole('status').filter({ hasText: '1 indicator read' })).toContainText(
    '1 line could not be used',
  )
  await page.getByRole('button', { name: 'Open the list' }).click()
  await page.getByRole('radio', { name: '1 not used' }).click()
  await expect(gridRow(page.getByRole('grid', { name: 'Lines not used' }), 1)).toContainText('begins like a formula')

  await page.getByRole('navigation', { name: 'Correlate' }).getByRole('link', { name: 'Matrix' }).click()
  await expect(rowOf(page, 'evil-c2.com')).toContainText('malicious')
  await rowOf(page, 'evil-c2.com').getByRole('gridcell').first().dblclick()
  await expect(pane(page)).toContainText('Morning call')
  await expect(pane(page).getByRole('listitem').filter({ hasText: 'second.csv · dest' })).toBeVisible()
  await pane(page).getByRole('button', { name: 'Put on the allow list' }).click()
  await expect(rowOf(page, 'evil-c2.com')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Leave out noise' })).toContainText('1 hidden')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rowOf(page, 'evil-c2.com')).toBeVisible()

  await page.getByText('Private addresses').click()
  await expect(rowOf(page, '10.1.2.3')).toHaveCount(0)
  await expect(page).toHaveURL(/hide=well-known%2Callow-list%2Cprivate/)
  await rowOf(page, 'evil-c2.com').getByRole('gridcell').first().dblclick()
  await pane(page).getByRole('link', { name: 'Find every row' }).click()
  const found = page.getByRole('grid', { name: 'Occurrences' })
  await expect(found.getByRole('row')).toHaveCount(4)
  await gridRow(found, 3).dblclick()
  await expect(page.getByRole('button', { name: 'Hunt: Second' })).toBeVisible()
  await expect(page.getByRole('complementary', { name: 'Row 1' })).toContainText('evil-c2.com')
  await expect(page.getByRole('complementary', { name: 'Row 1' }).getByRole('img', { name: 'malicious' })).toBeVisible()
})

test('by keyboard: from a cell to the other hunts, through the matrix, and listed indicators become alerts', async ({
  window: page,
  folder,
}) => {
  await twoHunts(page, folder)
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(rowOf(page, 'evil-c2.com')).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await page.getByRole('button', { name: 'Import a list' }).first().press('Enter')
  await page.getByRole('textbox', { name: 'Indicators, one a line' }).fill('evil-c2.com\n')
  await page.getByRole('button', { name: 'Import the list' }).press('Enter')
  await page.getByRole('button', { name: 'Open the list' }).press('Enter')
  await page.getByRole('button', { name: 'Make alerts in a hunt' }).press('Enter')
  await page.getByRole('combobox', { name: 'Hunt to look through' }).fill('second')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Hunt to look through' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: /^Alerts 1/ })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect(page.getByRole('grid', { name: 'Alerts' })).toContainText('Listed as malicious: evil-c2[.]com')

  await page.keyboard.press('g')
  await page.keyboard.press('e')
  const rows = page.getByRole('grid', { name: /^Rows of/ })
  await gridRow(rows, 2).getByRole('gridcell').filter({ hasText: '10.1.2.3' }).click()
  await page.keyboard.press('f')
  await expect(page.getByRole('textbox', { name: 'IOC to find' })).toHaveValue('10.1.2.3')
  await expect(page.getByRole('grid', { name: 'Occurrences' }).getByRole('row')).toHaveCount(3)
  await page.keyboard.press('/')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('hxxp://evil-c2[.]com/a')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/find\?value=hxxp/)
  await expect(page.getByRole('complementary', { name: 'Found in' })).toContainText('http://evil-c2.com/a')
  await expect(page.getByRole('grid', { name: 'Occurrences' }).getByRole('row')).toHaveCount(2)
})
