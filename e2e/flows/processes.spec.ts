import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { goTo, gridRow, importAll, newHunt, toSample } from '../steps.ts'

const tree = (page: Page) => page.getByRole('treegrid', { name: /^Processes of/ })
async function toProcesses(page: Page): Promise<void> {
  await goTo(page, 'Map')
  await page.getByRole('navigation', { name: 'Map' }).getByRole('link', { name: 'Processes' }).click()
}
const pane = (page: Page) => page.getByRole('complementary', { name: 'Process' })

test.describe('processes of the sample', () => {
  test.use({ start: 'sample' })

  test('an alert leads to its process, the tree is filtered and read, and a process leads back to its row', async ({
    window: page,
  }) => {
    await toSample(page)
    await goTo(page, 'Alerts')
    await page
      .getByRole('grid', { name: 'Alerts' })
      .getByText(/shadow cop/i)
      .first()
      .click()
    await page.getByRole('complementary', { name: 'Alert' }).getByRole('link', { name: 'Show process' }).click()
    await expect(pane(page).getByRole('heading', { level: 2 })).toHaveText(/vssadmin\.exe$/)
    const selected = tree(page).locator('[role="row"][aria-selected="true"]')
    await expect(selected).toContainText('vssadmin.exe')
    await expect(selected).toHaveAttribute('aria-level', '3')
    await expect(pane(page)).toContainText('cmd.exe 3016, by PID and time')

    await page.getByRole('textbox', { name: 'Filter processes' }).fill('certutil')
    await expect(page.getByRole('status').filter({ hasText: 'match' })).toHaveText(/^\d+ of 3\d\d processes match$/)
    await expect(gridRow(tree(page), 1)).toContainText('not in the evidence')
    await expect(gridRow(tree(page), 2)).toContainText('guessed')
    await tree(page).getByText('certutil  -decode').click()
    await expect(pane(page).getByRole('region', { name: 'Storyline' })).toContainText('certutil -decode delme.b64')
    await page.reload()
    await expect(pane(page)).toContainText('certutil -decode')
    await pane(page)
      .getByRole('link', { name: /^Open row/ })
      .click()
    await expect(page.getByRole('complementary', { name: /^Row \d+/ })).toContainText('certutil  -decode')
    await page
      .getByRole('complementary', { name: /^Row \d+/ })
      .getByRole('link', { name: 'Show process' })
      .click()
    await expect(pane(page)).toContainText('certutil -decode')
  })

  test('by keyboard: branches close and open, the filter keeps ancestors, Escape closes the pane', async ({
    window: page,
  }) => {
    await toSample(page)
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await expect(gridRow(tree(page), 1)).toHaveAttribute('aria-level', '1')
    await page.keyboard.press('c')
    await expect(gridRow(tree(page), 1)).toHaveAttribute('aria-expanded', 'false')
    await page.keyboard.press('/')
    await page.keyboard.type('mimikatz')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('status').filter({ hasText: 'match' })).toHaveText(/^1 of/)
    await page.keyboard.press('o')
    await expect(tree(page).getByText('mimikatz.exe').first()).toBeVisible()
    for (const _step of [1, 2]) await page.keyboard.press('ArrowDown')
    await expect(pane(page)).toContainText('mimikatz')
    await page.keyboard.press('ArrowLeft')
    await expect(pane(page).getByRole('heading', { level: 2 })).toHaveText('cmd.exe')
    await page.keyboard.press('ArrowLeft')
    const closed = tree(page).locator('[role="row"][aria-selected="true"]')
    await expect(closed).toHaveAttribute('aria-expanded', 'false')
    await expect(closed).toContainText('+')
    await page.keyboard.press('ArrowRight')
    await expect(closed).toHaveAttribute('aria-expanded', 'true')
    await page.keyboard.press('Escape')
    await expect(pane(page)).toHaveCount(0)
  })
})

test('a hunt without processes says what its datasets lack', async ({ window: page, folder }) => {
  const path = join(folder, 'flows.csv')
  writeFileSync(path, 'time,src_ip,dst_ip\n2024-01-01T00:00:00Z,10.0.0.1,192.0.2.7\n')
  await newHunt(page, 'Flows')
  await toProcesses(page)
  await expect(page.getByRole('heading', { name: 'No processes yet' })).toBeVisible()
  await importAll(page, [path])
  await toProcesses(page)
  await expect(page.getByRole('main')).toContainText('flows.csvNo column feeds pid or process_name.')
})
