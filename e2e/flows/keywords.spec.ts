import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { columnTexts, goTo, gridRow, importAll, newHunt } from '../steps.ts'

const PROXY = [
  'time,host,user,url,note',
  '2024-03-01T10:00:00Z,WS1,anna,https://www.bet365.com/live,',
  '2024-03-01T10:01:00Z,WS1,anna,https://intranet.local/,POKERSTARS opened',
  '2024-03-01T10:02:00Z,WS2,bob,https://mybet365.com.test/,Project Falcon',
  '2024-03-01T10:03:00Z,WS2,bob,https://store.steampowered.com/,',
]

const themes = (page: Page) => page.getByRole('navigation', { name: 'Themes' })
const hits = (page: Page) => page.getByRole('grid', { name: 'Hits' })
const editor = (page: Page) => page.getByRole('complementary', { name: 'Theme' })

async function toKeywords(page: Page, folder: string): Promise<void> {
  const path = join(folder, 'proxy.csv')
  writeFileSync(path, `${PROXY.join('\n')}\n`)
  await newHunt(page, 'Proxies')
  await importAll(page, [path])
  await goTo(page, 'Evidence')
  await page.getByRole('navigation', { name: 'Evidence' }).getByRole('link', { name: 'Keywords' }).click()
}

test('a hunt is scanned, its hits are narrowed, and one opens its row', async ({ window: page, folder }) => {
  await toKeywords(page, folder)
  await expect(page.getByRole('heading', { name: 'This hunt was not scanned yet' })).toBeVisible()
  await page.getByRole('button', { name: 'Scan hunt' }).click()
  await expect(hits(page)).toHaveAttribute('aria-rowcount', '4')
  expect(await columnTexts(hits(page), 'Keyword', 3)).toEqual(['bet365.com', 'pokerstars', 'steampowered.com'])
  await themes(page)
    .getByRole('link', { name: /^Gambling/ })
    .click()
  await expect(hits(page)).toHaveAttribute('aria-rowcount', '3')
  await themes(page)
    .getByRole('link', { name: /pokerstars/ })
    .click()
  await expect(page.getByRole('search')).toContainText('1 of 2 hits')
  expect(await columnTexts(hits(page), 'Value', 1)).toEqual(['POKERSTARS opened'])
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'Scan chosen datasets' }).click()
  await page.getByRole('combobox', { name: 'Only these columns' }).fill('url')
  await page.getByRole('button', { name: 'Scan 4 rows' }).click()
  await expect(hits(page)).toHaveAttribute('aria-rowcount', '3')
  await expect(page.getByText('1 dataset only in some columns')).toBeVisible()
  await page.getByRole('combobox', { name: 'Host' }).selectOption('WS2')
  await expect(hits(page)).toHaveAttribute('aria-rowcount', '2')
  await gridRow(hits(page), 1).dblclick()
  await expect(page.getByRole('complementary', { name: 'Row 4' })).toContainText('store.steampowered.com')
})

test('an own theme is made from pasted lines, scanned, switched off and deleted, by keyboard', async ({
  window: page,
  folder,
}) => {
  await toKeywords(page, folder)
  await expect(page.getByRole('heading', { name: 'This hunt was not scanned yet' })).toBeVisible()
  await page.keyboard.press('n')
  await expect(editor(page).getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('Projects')
  await page.keyboard.press('Enter')
  await editor(page).getByRole('button', { name: 'Paste many lines' }).press('Enter')
  await page.keyboard.insertText('falcon\n(\n/intra[a-z]+/')
  await editor(page).getByRole('button', { name: 'Add 3 lines' }).press('Enter')
  await expect(editor(page).getByRole('status')).toHaveText('2 added, 0 known, 1 refused')
  await expect(editor(page)).toContainText('line 2')
  await editor(page).getByRole('button', { name: 'Close' }).press('Enter')
  await page.keyboard.press('x')
  const own = themes(page).getByRole('link', { name: /^Projects/ })
  await expect(own).toContainText('2')
  await own.press('Enter')
  await expect(hits(page)).toHaveAttribute('aria-rowcount', '3')
  await own.press('o')
  await expect(own).toContainText('off')
  await own.press('e')
  await editor(page).getByRole('button', { name: 'Delete falcon' }).press('Enter')
  await expect(own).toContainText('1')
  await editor(page).getByRole('button', { name: 'Delete the theme' }).press('Enter')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete theme' }).press('Enter')
  await expect(own).toHaveCount(0)
  await expect(editor(page)).toHaveCount(0)
})
