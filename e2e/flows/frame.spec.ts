import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { choose, writeRepeated } from '../files.ts'
import { expect, test } from '../host.ts'
import { goTo, gridRow, newHunt, toSample } from '../steps.ts'

test.use({ start: 'sample' })

const palette = (page: Page) => page.getByRole('combobox', { name: 'Search or run a command' })
const switcher = (page: Page) => page.getByRole('button', { name: /^Hunt: / })

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await palette(page).fill(words)
  await expect(page.getByRole('listbox', { name: 'Results' }).getByRole('option', { selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(palette(page)).toHaveCount(0)
}

test('Ctrl+K, a word: places, commands, hunts and datasets, or the rows that hold it', async ({ window: page }) => {
  await toSample(page)
  await command(page, 'alerts')
  await expect(page.getByRole('grid', { name: 'Alerts' })).toBeVisible()
  await command(page, 'processes_on')
  await expect(page.getByRole('grid', { name: 'Rows of processes_on_host.csv' })).toBeVisible()
  await command(page, 'settings')
  await expect(page.getByRole('heading', { name: 'General' })).toBeVisible()
  await command(page, 'light colours')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await newHunt(page, 'Second hunt')
  await command(page, 'triage sample')
  await expect(switcher(page)).toHaveAccessibleName(/Workstation 1 triage/)
  await page.keyboard.press('Control+k')
  await palette(page).fill('certutil')
  await page.getByRole('option', { name: /^Rows of processes_on_host/ }).click()
  await expect(page.getByRole('textbox', { name: 'Search the rows' })).toHaveValue('certutil')
})

test('? lists the keys, and G with O, E, A, H and comma goes to the places; letters typed into a field stay text', async ({
  window: page,
}) => {
  await toSample(page)
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard keys' })
  for (const words of ['Search or run a command', 'Evidence', 'Undo']) await expect(sheet).toContainText(words)
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  const place = page.getByRole('navigation', { name: 'Places' }).locator('[aria-current="page"]')
  for (const [key, name] of [
    ['e', 'Evidence'],
    ['a', 'Alerts'],
    ['o', 'Overview'],
    [',', 'Settings'],
  ] as const) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await expect(place).toContainText(name)
  }
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await page.keyboard.press('/')
  await page.keyboard.type('ge?z')
  await expect(page.getByRole('textbox', { name: 'Search the alerts' })).toHaveValue('ge?z')
  await expect(place).toContainText('Alerts')
})

test('/ and what is typed after it wait for a view that is still on its way, and never become commands', async ({
  window: page,
}) => {
  await toSample(page)
  const { promise: typed, resolve: arrive } = Promise.withResolvers<void>()
  await page.route(/\/AlertsView-[^/]+\.js$/, async (route) => {
    await typed
    await route.continue()
  })
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await page.keyboard.press('/')
  await page.keyboard.type('vssadmin zer')
  for (let n = 0; n < 4; n += 1) await page.keyboard.press('Backspace')
  await page.keyboard.press('Enter')
  arrive()
  const find = page.getByRole('textbox', { name: 'Search the alerts' })
  await expect(find).toHaveValue('vssadmin')
  await expect(find).toBeFocused()
  await expect(page).toHaveURL(/alerts\?q=vssadmin$/)
  await expect(page.getByRole('radio', { name: 'UTC' })).toHaveAttribute('aria-checked', 'true')
})

test('a command of the palette that goes to a field keeps the focus there', async ({ window: page }) => {
  await toSample(page)
  await goTo(page, 'Alerts')
  const find = page.getByRole('textbox', { name: 'Search the alerts' })
  await expect(find).toBeVisible()
  await command(page, 'search the alerts')
  await expect(find).toBeFocused()
})

test('colours and zone are kept over a restart, and Z changes every time on screen', async ({
  program,
  window: page,
}) => {
  await toSample(page)
  await page.getByRole('region', { name: 'What came in' }).getByRole('link', { name: 'processes_on_host.csv' }).click()
  const rows = page.getByRole('grid', { name: /^Rows of/ })
  await expect(gridRow(rows, 1)).toContainText('2019-01-15 05:24:24.010')
  await page.keyboard.press('z')
  await expect(gridRow(rows, 1)).toContainText('2019-01-15 06:24:24.010')
  await expect(page.getByRole('radio', { name: 'Local' })).toHaveAttribute('aria-checked', 'true')
  await expect(page.getByRole('contentinfo')).toContainText('Times in local zone')
  await page.keyboard.press('g')
  await page.keyboard.press(',')
  const colours = page.getByRole('radiogroup', { name: 'Colours' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await colours.getByRole('radio', { name: 'Light' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.getByRole('radiogroup', { name: 'Height of grid rows' }).getByRole('radio', { name: 'Relaxed' }).click()
  await page.getByRole('textbox', { name: 'Name of the analyst' }).fill('M. Keller')
  await page.getByRole('textbox', { name: 'Name of the analyst' }).press('Enter')

  await program.end()
  const again = await program.open()
  await expect(again.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(again.getByRole('radio', { name: 'Local' })).toHaveAttribute('aria-checked', 'true')
  await again.keyboard.press('g')
  await again.keyboard.press(',')
  await expect(again.getByRole('textbox', { name: 'Name of the analyst' })).toHaveValue('M. Keller')
  await again.getByRole('radiogroup', { name: 'Colours' }).getByRole('radio', { name: 'System' }).click()
  await expect(again.locator('html')).toHaveAttribute('data-theme', 'dark')
  await again.emulateMedia({ colorScheme: 'light' })
  await expect(again.locator('html')).toHaveAttribute('data-theme', 'light')
})

test('a hunt is created, renamed, closed, reopened, archived, and deleted after saying what goes with it', async ({
  window: page,
}) => {
  await toSample(page)
  await newHunt(page, 'Case 7')
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  const line = (name: string | RegExp) => page.getByRole('row', { name })
  const act = async (hunt: string, item: string) => {
    await page.getByRole('button', { name: `Actions for ${hunt}` }).click()
    await page.getByRole('menuitem', { name: item, exact: true }).click()
  }
  await act('Case 7', 'Rename')
  const name = page.getByRole('textbox', { name: 'New name of Case 7' })
  await expect(name).toBeFocused()
  await name.fill('Case 8')
  await name.press('Enter')
  await expect(line(/Case 8/)).toContainText('Active')
  await act('Case 8', 'Close')
  await expect(line(/Case 8/)).toContainText('Closed')
  await act('Case 8', 'Reopen')
  await expect(line(/Case 8/)).toContainText('Active')
  await act('Case 8', 'Archive')
  await expect(line(/Case 8/)).toContainText('Archived')
  await page
    .getByRole('radiogroup', { name: 'Status' })
    .getByRole('radio', { name: /^Archived/ })
    .click()
  await expect(line(/Case 8/)).toBeVisible()
  await expect(line(/Workstation 1/)).toHaveCount(0)
  await page.getByRole('radiogroup', { name: 'Status' }).getByRole('radio', { name: 'All' }).click()

  await act('Workstation 1 triage (sample)', 'Delete')
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText(/2 datasets with 377 rows and \d+ alerts are deleted/)
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(line(/Workstation 1/)).toBeVisible()
  await act('Workstation 1 triage (sample)', 'Delete')
  await question.getByRole('button', { name: 'Delete hunt' }).click()
  await expect(line(/Workstation 1/)).toHaveCount(0)
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
})

test('the job tray shows how far an import is and cancels it', async ({ window: page, folder }) => {
  const path = join(folder, 'large.csv')
  await writeRepeated(path, 'time,host,text', `2024-03-01T10:00:00Z,host,${'y'.repeat(60)}`, 80_000_000)
  await newHunt(page, 'Tray')
  await choose(page, () => page.getByRole('button', { name: 'Choose files' }).click(), path)
  await page.getByRole('button', { name: /^Import about/ }).click({ timeout: 60_000 })
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: /large\.csv/ })
    .click()
  const jobs = page.getByRole('region', { name: 'Jobs' })
  await expect(jobs.getByRole('progressbar')).toBeVisible()
  await expect(jobs.getByText(/ of \d+(\.\d+)? MB · /)).toBeVisible()
  await jobs.getByRole('button', { name: 'Cancel' }).click()
  await expect(jobs.getByText(/was cancelled; nothing of it was kept/)).toBeVisible()
  await jobs.getByRole('button', { name: 'Clear finished' }).click()
  await expect(jobs).toContainText('No jobs.')
  await page.keyboard.press('Escape')
  await expect(jobs).toHaveCount(0)
})

test('Esc closes the top layer only, and the focus goes back to where it was', async ({ window: page }) => {
  await toSample(page)
  await goTo(page, 'Alerts')
  await gridRow(page.getByRole('grid', { name: 'Alerts' }), 1).click()
  const detail = page.getByRole('complementary', { name: 'Alert' })
  await expect(detail).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(palette(page)).toHaveCount(0)
  await expect(detail).toBeVisible()
  await switcher(page).click()
  await expect(page.getByRole('button', { name: /^All hunts/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^All hunts/ })).toHaveCount(0)
  await expect(switcher(page)).toBeFocused()
  await expect(detail).toBeVisible()
})

test('everything is reached without a mouse: regions by F6, the view past the frame by the first Tab', async ({
  window: page,
}) => {
  await toSample(page)
  await page.reload()
  await expect(page.getByRole('region', { name: 'Hosts' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the view' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  const region = () =>
    page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region'))
  const seen = new Set<string | null | undefined>()
  for (let n = 0; n < 8; n += 1) {
    await page.keyboard.press('F6')
    seen.add(await region())
  }
  for (const name of ['Top bar', 'Places', 'Status']) expect(seen).toContain(name)
})
