import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { choose } from '../files.ts'
import { expect, test } from '../host.ts'
import { columnTexts, goTo, gridRow, importAll, newHunt, noJobs } from '../steps.ts'

const grid = (page: Page) => page.getByRole('grid', { name: /^Rows of / })
const datasets = (page: Page) => page.getByRole('grid', { name: 'Datasets' })
const tab = (page: Page, name: 'Rows' | 'Datasets') =>
  page.getByRole('navigation', { name: 'Evidence' }).getByRole('link', { name: new RegExp(`^${name}`) })
const part = (page: Page, name: RegExp | string) =>
  page.getByRole('radiogroup', { name: 'Part of the dataset' }).getByRole('radio', { name })
const detail = (page: Page) => page.getByRole('complementary', { name: /^Dataset / })
const bars = (page: Page) => page.getByRole('slider', { name: /^Rows over time/ })

/** The same with a column less and two more. */
const OTHER_COLUMNS =
  'Moment,Typed,Host,Note\n2024-07-01 10:00:00,ipconfig,WS1,x\n2024-07-01 12:45:00,net user bob,WS3,y\n'

const LOCAL_TIMES =
  'Moment,Box,Typed\n' +
  '2024-07-01 10:00:00,WS1,whoami\n' +
  '2024-07-01 11:30:00,WS2\n' +
  '2024-07-01 12:45:00,WS3,net user bob\n'

function table(folder: string, name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function openDetail(page: Page, name: string): Promise<void> {
  await goTo(page, 'Evidence')
  await tab(page, 'Datasets').click()
  await datasets(page).getByText(name).first().click()
  await expect(detail(page)).toBeVisible()
}

async function asserted(page: Page): Promise<void> {
  await part(page, 'Time').click()
  await page.getByRole('button', { name: /^Zone: / }).click()
  await page.getByRole('combobox', { name: 'Zone' }).fill('berlin')
  await page.keyboard.press('Enter')
  // At once, and longer than the list of zones takes to fade out: the field keeps the focus and what is typed.
  await page.getByRole('textbox', { name: 'Clock skew' }).click()
  await page.keyboard.type('00:00:30', { delay: 25 })
  await expect(detail(page)).toContainText('+30 s is added to every time: the clock was behind')
  await expect(detail(page)).toContainText('2024-07-01 08:00:30 UTC')
  await page.getByRole('textbox', { name: 'Reason' }).fill('ticket 14')
  await page.getByRole('button', { name: 'Read 2 rows anew' }).click()
  await expect(detail(page).getByRole('status')).toContainText('2 rows were read anew')
}

test('zone and clock are asserted after the import: rows and bars follow, the history says why, and it is taken back', async ({
  window: page,
  folder,
}) => {
  await newHunt(page, 'Zones')
  await importAll(page, [table(folder, 'local.csv', LOCAL_TIMES)])
  await goTo(page, 'Evidence')
  await expect(gridRow(grid(page), 1)).toContainText('2024-07-01 10:00:00')
  await bars(page).focus()
  await page.keyboard.press('ArrowRight')
  await expect(bars(page)).toHaveAttribute('aria-valuetext', /^2024-07-01 10:00/)

  await openDetail(page, 'local.csv')
  await asserted(page)
  await tab(page, 'Rows').click()
  await expect(gridRow(grid(page), 1)).toContainText('2024-07-01 08:00:30')
  expect(await columnTexts(grid(page), 'Box', 2)).toEqual(['WS1', 'WS3'])
  await expect(grid(page).getByText('Moment · UTC, read as Europe/Berlin, +30 s')).toBeVisible()
  await bars(page).focus()
  await page.keyboard.press('ArrowRight')
  await expect(bars(page)).toHaveAttribute('aria-valuetext', /^2024-07-01 08:00/)
  await gridRow(grid(page), 1).dblclick()
  const record = page.getByRole('complementary', { name: 'Row 1' })
  await expect(record).toContainText('2024-07-01 10:00:00')
  await expect(record).toContainText('2024-07-01 08:00:30 UTC, read as Europe/Berlin, +30 s')

  await openDetail(page, 'local.csv')
  await part(page, 'History').click()
  const history = page.getByRole('list', { name: 'History' })
  await expect(history.getByRole('listitem')).toHaveCount(1)
  await expect(history).toContainText('ticket 14')
  await expect(history).toContainText('Europe/Berlin')
  await page.getByRole('button', { name: 'Undo last' }).click()
  await expect(history.getByRole('listitem')).toHaveCount(2)
  await expect(history.getByRole('listitem').last()).toContainText('taken back')
  await expect(page.getByRole('button', { name: 'Undo last' })).toBeDisabled()
  await noJobs(page)
  await tab(page, 'Rows').click()
  await expect(gridRow(grid(page), 1)).toContainText('2024-07-01 10:00:00')
})

test('a ragged record is corrected and becomes a row; one that still does not fit stays with its reason', async ({
  window: page,
  folder,
}) => {
  await newHunt(page, 'Repairs')
  await importAll(page, [table(folder, 'ragged.csv', `${LOCAL_TIMES}2024-07-01 13:00:00,WS4,a,b\n`)])
  await openDetail(page, 'ragged.csv')
  await part(page, '2 quarantined').click()
  await page.getByRole('button', { name: 'Correct line 3' }).click()
  await page.getByRole('textbox', { name: 'Corrected text of line 3' }).fill('2024-07-01 11:30:00,WS2,hostname')
  await page.getByRole('checkbox', { name: 'Select line 5' }).check()
  await page.getByRole('button', { name: 'Repair 2 records' }).click()
  await expect(part(page, '1 quarantined')).toBeVisible()
  await expect(detail(page)).toContainText('1 record became row 3')
  await expect(page.getByRole('region', { name: 'Line 5' })).toContainText('Still here after the repair: 4 of 3 fields')
  await expect(page.getByRole('region', { name: 'Line 3' })).toHaveCount(0)
  await tab(page, 'Rows').click()
  await expect(gridRow(grid(page), 3)).toContainText('hostname')
  await expect(gridRow(grid(page), 3)).toContainText('2024-07-01 11:30:00')

  await openDetail(page, 'ragged.csv')
  await part(page, 'History').click()
  await page.getByRole('button', { name: 'Undo last' }).click()
  await expect(detail(page).getByRole('status')).toContainText('1 record in quarantine again')
  await expect(detail(page)).toContainText('4: 2 kept as rows, 2 in quarantine')
  await part(page, '2 quarantined').click()
  await expect(page.getByRole('region', { name: 'Line 3' })).toContainText('2024-07-01 11:30:00,WS2')
})

test('a mapping is changed by keyboard, a file like it is read alike unless that is not wanted, and it is renamed, deleted and brought back', async ({
  window: page,
  folder,
}) => {
  await newHunt(page, 'Mappings')
  await importAll(page, [table(folder, 'first.csv', LOCAL_TIMES)])
  await openDetail(page, 'first.csv')
  await part(page, '3 columns').click()
  // Analyzers of the fresh import may still run; until they end nothing here can be changed.
  const fields = page.getByRole('button', { name: 'Fields of Typed: kept as is' })
  await expect(fields).toBeEnabled()
  await fields.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Fields of Typed' })).toBeFocused()
  await page.keyboard.type('command_l')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Fields of Typed: command_line' })).toBeFocused()
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  await expect(detail(page).getByRole('status')).toContainText('2 rows were read anew')
  await asserted(page)
  await tab(page, 'Rows').click()
  await expect(grid(page).getByRole('columnheader', { name: /^command_line/ })).toBeVisible()

  const next = table(folder, 'second.csv', OTHER_COLUMNS)
  await page.getByRole('button', { name: 'Import files' }).first().click()
  await choose(page, () => page.getByRole('button', { name: 'Choose files' }).click(), next)
  const fieldOf = page.getByRole('button', { name: 'Fields of Typed: command_line' })
  const note = page.getByRole('status').filter({ hasText: 'Your mapping' })
  await expect(note).toContainText('zone Europe/Berlin, 1 column mapped')
  await expect(note).toContainText('The column that it uses is there: Typed; not here: Box; new: Host, Note')
  await expect(fieldOf).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Zone' })).toHaveValue('Europe/Berlin')
  await expect(page.getByRole('textbox', { name: 'Clock skew' })).toHaveValue('')
  const mapping = page.getByRole('combobox', { name: 'Mapping' })
  await mapping.selectOption({ label: 'None' })
  await expect(fieldOf).toHaveCount(0)
  await expect(page.getByRole('combobox', { name: 'Zone' })).toHaveValue('UTC')
  await mapping.selectOption({ label: 'Detect' })
  await expect(fieldOf).toBeVisible()
  await page.getByRole('textbox', { name: 'Clock skew' }).fill('-1:00:00')
  await page.getByRole('textbox', { name: 'Clock skew' }).press('Enter')
  await page.getByRole('button', { name: /^Import 2 rows$/ }).click()
  await page.getByRole('region', { name: 'Imports begun here' }).getByRole('link', { name: 'Open' }).click()
  await expect(gridRow(grid(page), 1)).toContainText('2024-07-01 07:00:00')

  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Mappings' }).click()
  await page.getByRole('textbox', { name: 'Name of the mapping' }).fill('Typed commands')
  await page.getByRole('combobox', { name: 'Time column' }).selectOption('Moment')
  await page.keyboard.press('Control+s')
  const list = page.getByRole('navigation', { name: 'Mappings' }).getByRole('link')
  await expect(list).toHaveText([/^Typed commands.*uses 2 columns/])
  await page.getByRole('button', { name: 'Delete the mapping' }).click()
  await expect(page.getByRole('heading', { name: 'No mappings yet' })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(list).toHaveText([/^Typed commands/])
})

test('day and month are put right: in the preview of an import, and after it in the time of the dataset', async ({
  window: page,
  folder,
}) => {
  await newHunt(page, 'Dates')
  await importAll(page, [table(folder, 'dates.csv', 'Moment,Box\n01/02/2024 10:00:00,WS1\n03/04/2024 11:00:00,WS2\n')])
  await openDetail(page, 'dates.csv')
  await part(page, 'Time').click()
  await expect(detail(page)).toContainText('whether day or month comes first cannot be told from the data')
  await page.getByRole('combobox', { name: 'Day, month' }).selectOption({ label: 'Day first, 31/12' })
  await page.getByRole('button', { name: 'Read 2 rows anew' }).click()
  await expect(detail(page).getByRole('status')).toContainText('2 rows were read anew')
  await expect(detail(page)).toContainText('2024-02-01 10:00:00 UTC')
  await expect(detail(page)).not.toContainText('cannot be told')
  await part(page, 'History').click()
  await expect(page.getByRole('list', { name: 'History' })).toContainText('Dates of Moment')

  const more = table(folder, 'more.csv', 'Moment,Box\n05/06/2024 10:00:00,WS1\n')
  await choose(page, () => page.keyboard.press('Control+o'), more)
  const order = page.getByRole('combobox', { name: 'Day, month' })
  await expect(order).toHaveValue('true')
  await expect(order).toHaveAccessibleDescription('set by you')
  await order.selectOption({ label: 'Month first, 12/31' })
  await expect(order).toHaveValue('false')
  await expect(page.getByText('month/day/year').first()).toBeAttached()
})
