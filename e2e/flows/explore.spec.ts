import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { columnTexts, goTo, gridCell, gridRow, importAll, newHunt, toSample } from '../steps.ts'

const rows = (page: Page) => page.getByRole('grid', { name: /^Rows of / })
const timeline = (page: Page) => page.getByRole('grid', { name: 'Timeline of the hunt' })
const counts = (page: Page) => page.getByRole('search').getByRole('status')
const bars = (page: Page) => page.getByRole('slider', { name: /^Rows (of the hunt )?over time/ })
const range = (page: Page) => page.getByRole('button', { name: /^Time range: / })
const tab = (page: Page, name: RegExp) => page.getByRole('navigation', { name: 'Evidence' }).getByRole('link', { name })
const query = (page: Page) => page.getByRole('textbox', { name: /^Search the (rows|timeline)/ })

test.describe('with the sample', () => {
  test.use({ start: 'sample' })

  test.beforeEach(async ({ window: page }) => {
    await toSample(page)
    await page
      .getByRole('region', { name: 'What came in' })
      .getByRole('link', { name: 'processes_on_host.csv' })
      .click()
    await expect(counts(page)).toHaveText('363 rows')
  })

  test('a brushed stretch of time narrows rows, values, bars and the timeline; a key clears it, back brings it again', async ({
    window: page,
  }) => {
    await expect(bars(page)).toHaveAttribute('tabindex', '0')
    const box = await bars(page).boundingBox()
    if (!box) throw new Error('There are no bars.')
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.7, box.y + 20, { steps: 4 })
    await page.mouse.up()
    await expect(counts(page)).toHaveText(/^\d+ of 363 rows$/)
    await expect(page).toHaveURL(/from=2019-01-15T.*to=2019-01-15T/)
    const found = Number((await counts(page).innerText()).split(' ')[0])
    const host = page.getByRole('region', { name: 'Values of hostname' }).getByRole('checkbox')
    await expect(host).toContainText(String(found))
    await expect(range(page)).toContainText('2019-01-15')

    await tab(page, /Timeline/).click()
    await expect(counts(page)).toHaveText(`${found} rows with a time`)
    await page.keyboard.press('Shift+W')
    await expect(range(page)).toContainText('All times')
    await expect(counts(page)).toHaveText(/^\d,?\d+ rows with a time$/)
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(counts(page)).toHaveText(`${found} rows with a time`)
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(counts(page)).toHaveText(`${found} of 363 rows`)

    await page.keyboard.press('w')
    await page.getByRole('textbox', { name: /^From/ }).fill('2019-01-15 05:15')
    await page.getByRole('textbox', { name: /^Before/ }).fill('yesterday')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toContainText('yesterday is no time')
    await page.getByRole('textbox', { name: /^Before/ }).fill('2019-01-15 05:16')
    await page.keyboard.press('Enter')
    await expect(range(page)).toContainText('2019-01-15 05:15:00 – 05:16:00 UTC')
    await expect
      .poll(async () => (await columnTexts(rows(page), 'timestamp', 5)).join())
      .toMatch(/^(2019-01-15 05:15[^,]*,?){5}$/)

    await bars(page).focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Enter')
    await expect(range(page)).not.toContainText('05:16:00')

    await (await gridCell(rows(page), 1, 'timestamp')).click({ button: 'right' })
    await page.getByRole('menuitem', { name: /^Around this time/ }).click()
    await expect(page).toHaveURL(/from=2019-01-15T05%3A1/)
    await page.getByRole('button', { name: 'Show all times' }).click()
    await expect(counts(page)).toHaveText('363 rows')

    await page.keyboard.press('z')
    await expect(page).toHaveURL(/zone=local/)
    await query(page).fill('certutil')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.keyboard.press('z')
    await expect(page).toHaveURL(/zone=utc/)
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(page).toHaveURL(/zone=local/)
    await expect(page.getByRole('radio', { name: 'Local' })).toHaveAttribute('aria-checked', 'true')
  })

  test('a query is completed by keys and remembered; a column tells its values, rare ones first, and they narrow', async ({
    window: page,
  }) => {
    await page.keyboard.press('/')
    await page.keyboard.type('usern')
    const list = page.getByRole('listbox', { name: 'Completions' })
    await expect(list.getByRole('option').first()).toContainText('username')
    await page.keyboard.press('Tab')
    await expect(query(page)).toHaveValue('username:')
    await expect(list.getByRole('option', { name: /MSTICAdmin/ })).toContainText('160 rows')
    await page.keyboard.type('admin')
    await expect(page.getByText('Counting values')).toHaveCount(0)
    await expect(list.getByRole('option')).toHaveCount(2)
    await expect(list.getByRole('option').first()).toContainText('MSTICAdmin')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(query(page)).toHaveValue(/^username:"MSTICAlertsWin1\\\\MSTICAdmin" $/)
    await page.keyboard.press('Enter')
    await expect(counts(page)).toHaveText('160 of 363 rows')
    await query(page).fill('certutil')
    await page.keyboard.press('Enter')
    await expect(counts(page)).toHaveText('3 of 363 rows')
    await page.keyboard.press('Escape')
    await page.keyboard.press('h')
    const recent = page.getByRole('listbox', { name: 'Recent queries' })
    await expect(recent.getByRole('option').first()).toContainText('certutil')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(counts(page)).toHaveText('160 of 363 rows')

    await rows(page)
      .getByRole('columnheader', { name: /^process_name/ })
      .first()
      .click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Statistics' }).click()
    const statistics = page.getByRole('complementary', { name: 'Statistics of process_name' })
    await expect(statistics).toContainText(/Rows that match\s*160/)
    await statistics.getByRole('radio', { name: 'Least frequent' }).click()
    const rare = statistics.getByRole('list', { name: 'Least frequent values' }).getByRole('listitem')
    await expect(rare.first()).toContainText(/1\s*1 %/)
    await rare
      .first()
      .getByRole('button', { name: /^Only this/ })
      .click()
    await expect(counts(page)).toHaveText('1 of 363 rows')
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(counts(page)).toHaveText('160 of 363 rows')
  })

  test('a search is saved with its view, says what it finds, is opened, renamed, changed, deleted and taken back', async ({
    window: page,
  }) => {
    await query(page).fill('command_line:vssadmin')
    await page.keyboard.press('Enter')
    await expect(counts(page)).toHaveText(/ of 363 rows$/)
    await rows(page)
      .getByRole('columnheader', { name: /^timestamp/ })
      .first()
      .click()
    await page.keyboard.press('Control+s')
    await page.getByRole('textbox', { name: 'Name of the search' }).fill('Shadow copies')
    await page.keyboard.press('Enter')
    await tab(page, /Saved searches/).click()
    const list = page.getByRole('grid', { name: 'Saved searches' })
    await expect(gridRow(list, 1)).toContainText(/^1processes_on_host.csv.*Shadow copies$/)
    await gridRow(list, 1).click()
    await page.keyboard.press('Enter')
    await expect(query(page)).toHaveValue('command_line:vssadmin')
    await expect(rows(page).getByRole('columnheader', { name: /^timestamp/ })).toHaveAttribute('aria-sort', 'ascending')
    await expect(page).toHaveURL(/search=/)

    await query(page).fill('vssadmin OR certutil')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('checkbox', { name: /^Search every dataset/ }).check()
    await page.getByRole('button', { name: 'Update the opened search' }).click()
    await tab(page, /Saved searches/).click()
    await gridRow(list, 1).click()
    const detail = page.getByRole('complementary', { name: /^Saved search/ })
    await expect(detail).toContainText('every dataset')
    await expect(detail.getByRole('list', { name: 'Rows now by dataset' })).toContainText('host_logons.csv')
    await detail.getByRole('textbox', { name: 'Name of the search' }).fill('Shadow copies and downloads')
    await page.keyboard.press('Enter')
    await expect(gridRow(list, 1)).toContainText('Shadow copies and downloads')
    await detail.getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByText('No saved searches yet')).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(gridRow(list, 1)).toContainText('Shadow copies and downloads')
    await page.reload()
    await expect(gridRow(list, 1)).toContainText('vssadmin OR certutil')
  })
})

const LOGONS =
  'TimeGenerated,Computer,Account,EventID\n2024-03-01T10:00:00Z,WS1,alice,4624\n2024-03-01T10:00:02Z,WS2,bob,4625\n,WS3,eve,4624\n'
const REQUESTS =
  'time,src_ip,url\n2024-03-01T10:00:01Z,10.0.0.5,http://a.example/x\n2024-03-01T10:00:03Z,10.0.0.6,http://a.example/alice\n'

test('the timeline has the rows of every dataset by time, says what it leaves out, and Enter opens the row', async ({
  window: page,
  folder,
}) => {
  const files = { 'logons.csv': LOGONS, 'requests.csv': REQUESTS }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  await newHunt(page, 'Timeline')
  await importAll(
    page,
    Object.keys(files).map((name) => join(folder, name)),
  )
  await goTo(page, 'Evidence')
  await tab(page, /Timeline/).click()
  await expect(counts(page)).toHaveText('4 rows with a time')
  expect(await columnTexts(timeline(page), 'Dataset', 4)).toEqual([
    'logons.csv',
    'requests.csv',
    'logons.csv',
    'requests.csv',
  ])
  await expect(page.getByText(/1 matching row without a time left out/)).toBeVisible()
  await query(page).fill('Account:alice')
  await page.keyboard.press('Enter')
  await expect(counts(page)).toHaveText('1 row with a time')
  await expect(page.getByText('No match in requests.csv (it has no field Account)')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the query' }).click()
  await expect(counts(page)).toHaveText('4 rows with a time')
  await gridRow(timeline(page), 3).click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Row 2' })).toContainText('bob')
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(timeline(page).locator('[role="row"].cursor')).toContainText('bob')
})
