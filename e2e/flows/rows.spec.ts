import type { Page } from '@playwright/test'
import { expect, sample, test } from '../host.ts'
import { columnTexts, goTo, gridCell, gridRow, toSample } from '../steps.ts'

test.use({ start: 'sample' })

const grid = (page: Page) => page.getByRole('grid', { name: /^Rows of / })
const header = (page: Page, name: string | RegExp) => grid(page).getByRole('columnheader', { name }).first()
const query = (page: Page) => page.getByRole('textbox', { name: 'Search the rows' })
const counts = (page: Page) => page.getByRole('search').getByRole('status')
const cursor = (page: Page) => grid(page).locator('[role="row"].cursor')
const numbers = async (page: Page, count: number) =>
  (await columnTexts(grid(page), '#', count)).map((text) => Number(text.replace(/\D/g, '')))

async function run(page: Page, text: string): Promise<void> {
  await query(page).fill(text)
  await query(page).press('Enter')
}

/** The 363 process events of the sample. */
async function openProcesses(page: Page): Promise<void> {
  await toSample(page)
  await page.getByRole('region', { name: 'What came in' }).getByRole('link', { name: 'processes_on_host.csv' }).click()
  await expect(gridRow(grid(page), 1)).toContainText('2019-01-15 05:24:24.010')
  await expect(counts(page)).toHaveText('363 rows')
}

test('any column sorts ascending, descending and back to the order of the source', async ({ window: page }) => {
  await openProcesses(page)
  expect(await numbers(page, 5)).toEqual([1, 2, 3, 4, 5])
  await header(page, /^timestamp/).click()
  await expect(header(page, /^timestamp/)).toHaveAttribute('aria-sort', 'ascending')
  await expect(gridRow(grid(page), 1)).toContainText('2019-01-15 04:')
  const times = await columnTexts(grid(page), 'timestamp', 12)
  expect(times).toEqual(times.toSorted())
  await header(page, /^timestamp/).click()
  await expect(header(page, /^timestamp/)).toHaveAttribute('aria-sort', 'descending')
  await expect(gridRow(grid(page), 1)).toContainText('2019-01-15 05:24:')
  await header(page, /^timestamp/).click()
  await expect(header(page, /^timestamp/)).toHaveAttribute('aria-sort', 'none')
  await expect.poll(() => numbers(page, 3)).toEqual([1, 2, 3])
  await header(page, /^process_name/).click()
  await expect(header(page, /^process_name/)).toHaveAttribute('aria-sort', 'ascending')
  await expect.poll(async () => (await columnTexts(grid(page), 'process_name', 1))[0]).toMatch(/^C:\\Diagnostics/)
})

test('the keyboard reaches every row and cell, selects with Space and Shift, and Enter opens the record', async ({
  window: page,
}) => {
  await openProcesses(page)
  await gridRow(grid(page), 1).getByRole('gridcell').first().click()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(cursor(page)).toHaveAttribute('aria-rowindex', '4')
  await page.keyboard.press('PageDown')
  await expect.poll(async () => Number(await cursor(page).getAttribute('aria-rowindex'))).toBeGreaterThan(15)
  await page.keyboard.press('Control+End')
  await expect(cursor(page)).toHaveAttribute('aria-rowindex', '364')
  await expect(gridRow(grid(page), 363)).toBeVisible()
  await expect(page.locator('[role="gridcell"]:focus')).toHaveAttribute(
    'aria-colindex',
    (await grid(page).getAttribute('aria-colcount')) ?? '',
  )
  await page.keyboard.press('Home')
  await expect(page.locator('[role="gridcell"]:focus')).toHaveAttribute('aria-colindex', '1')
  await page.keyboard.press('Control+Home')
  await expect(cursor(page)).toHaveAttribute('aria-rowindex', '2')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(page.getByText('2 selected', { exact: true })).toBeVisible()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByText('3 selected', { exact: true })).toBeVisible()
  await expect(grid(page).locator('[role="row"][aria-selected="true"]')).toHaveCount(3)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Row 5' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('complementary', { name: 'Row 5' })).toHaveCount(0)

  await page.keyboard.press('Control+g')
  await expect(page.getByRole('textbox', { name: /^Number of a row/ })).toBeFocused()
  await page.keyboard.type('121')
  await page.keyboard.press('Enter')
  await expect(cursor(page)).toContainText('certutil')
  await expect(page.locator('[role="gridcell"]:focus')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+F10')
  await expect(page.locator('[role="menuitem"]:focus')).toContainText('Only')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Search the rows' })).toHaveValue(/^-/)
})

test('selected rows are copied as TSV by Ctrl+C, and as CSV, Markdown and JSON from the menu', async ({
  program,
  window: page,
}) => {
  await openProcesses(page)
  await gridRow(grid(page), 1).getByRole('gridcell').first().click()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Control+c')
  await expect.poll(() => program.clipboard()).toContain('NewProcessName')
  const tsv = (await program.clipboard()).split('\n').map((line) => line.split('\t'))
  expect(tsv).toHaveLength(3)
  expect(tsv[0]).toHaveLength(19)
  expect(tsv[2]?.[tsv[0]?.indexOf('NewProcessName') ?? 0]).toBe('C:\\Windows\\System32\\conhost.exe')

  const copyAs = async (item: string, begins: RegExp): Promise<string> => {
    await page.getByRole('button', { name: 'Copy as', exact: true }).click()
    await page.getByRole('menuitem', { name: item }).click()
    // That of the copy before may still be there.
    await expect(page.getByText(/2 rows copied/).first()).toBeVisible()
    await expect.poll(() => program.clipboard()).toMatch(begins)
    return program.clipboard()
  }
  const csv = await copyAs('CSV for spreadsheets', /^[^\t]+\r\n/)
  expect(csv.split('\r\n')[2]).toContain('C:\\Windows\\System32\\conhost.exe')
  await copyAs('Markdown table', /^\| .* \|\n\| --- \|/)
  const json: unknown = JSON.parse(await copyAs('JSON', /^\[/))
  expect(json).toMatchObject([{ EventID: '4688' }, { NewProcessName: 'C:\\Windows\\System32\\conhost.exe' }])
})

test('words and field:value narrow the rows, a wrong query says where it is wrong, and the old rows stay', async ({
  window: page,
}) => {
  await openProcesses(page)
  await page.keyboard.press('/')
  await expect(query(page)).toBeFocused()
  await run(page, 'CERTUTIL')
  await expect(counts(page)).toHaveText(/^\d+ of 363 rows$/)
  await expect(gridRow(grid(page), 1)).toContainText('certutil')
  await run(page, 'command_line:vssadmin username:MSTICAdmin')
  await expect(counts(page)).toHaveText('1 of 363 rows')
  expect(await numbers(page, 1)).toEqual([70])
  await run(page, '-username:MSTICAdmin')
  await expect(counts(page)).not.toHaveText('1 of 363 rows')
  await run(page, 'certutil "net use')
  await expect(page.getByRole('alert')).toContainText('A quote is not closed, character 10')
  await expect(query(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(gridRow(grid(page), 1)).toBeVisible()
  await run(page, 'nosuchwordanywhere')
  await expect(page.getByRole('heading', { name: 'No row matches' })).toBeVisible()
  await grid(page).getByRole('button', { name: 'Clear the query' }).click()
  await expect(counts(page)).toHaveText('363 rows')
})

test('values, the bars over time and the cell menu narrow with a click', async ({ window: page }) => {
  await openProcesses(page)
  const users = page.getByRole('region', { name: 'Values of username' })
  const admin = users.getByRole('checkbox', { name: /MSTICAdmin/ })
  const rows = (await admin.innerText()).match(/[\d,]+$/)?.[0]
  await admin.click()
  await expect(counts(page)).toHaveText(`${rows} of 363 rows`)
  await expect(admin).toHaveAttribute('aria-checked', 'true')
  await admin.click()
  await expect(counts(page)).toHaveText('363 rows')

  const bars = page.getByRole('slider', { name: /^Rows over time/ })
  await bars.focus()
  await page.keyboard.press('ArrowLeft')
  const said = (await bars.getAttribute('aria-valuetext')) ?? ''
  await page.keyboard.press('Enter')
  await expect(header(page, /^timestamp/)).toHaveAttribute('aria-sort', 'ascending')
  const timeAtCursor = async () => {
    const at = Number(await cursor(page).getAttribute('aria-rowindex')) - 1
    return (await gridCell(grid(page), at, 'timestamp')).innerText()
  }
  await expect.poll(async () => (await timeAtCursor()) >= said.slice(0, 19)).toBe(true)

  const cell = cursor(page).getByRole('gridcell').nth(2)
  await cell.click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Not this/ }).click()
  await expect(query(page)).toHaveValue(/^-\w+:"/)
  await expect(counts(page)).toHaveText(/ of 363 rows$/)
})

test('columns are hidden, pinned, moved, chosen and brought back', async ({ window: page }) => {
  await openProcesses(page)
  const menu = async (name: RegExp, item: string) => {
    await header(page, name).click({ button: 'right' })
    await page.getByRole('menuitem', { name: item, exact: true }).click()
  }
  await menu(/^process_name/, 'Hide')
  await expect(header(page, /^process_name/)).toHaveCount(0)
  await expect(page.getByRole('button', { name: '18 of 19 columns' })).toBeVisible()
  const place = async (name: RegExp) => Number(await header(page, name).getAttribute('aria-colindex'))
  expect(await place(/^hostname/)).toBeLessThan(await place(/^command_line/))
  await menu(/^hostname/, 'Move right')
  await expect.poll(async () => (await place(/^hostname/)) - (await place(/^command_line/))).toBe(1)

  const from = await header(page, /^hostname/).boundingBox()
  const to = await header(page, /^command_line/).boundingBox()
  if (!from || !to) throw new Error('The headers are not on screen')
  await page.mouse.move(from.x + 30, from.y + 15)
  await page.mouse.down()
  await page.mouse.move(from.x - 20, from.y + 15, { steps: 4 })
  await page.mouse.move(to.x + 10, to.y + 15, { steps: 6 })
  await page.mouse.up()
  await expect.poll(async () => (await place(/^command_line/)) - (await place(/^hostname/))).toBe(1)

  await menu(/^command_line/, 'Pin at the left')
  await expect(header(page, /^command_line/)).toHaveAttribute('aria-colindex', '3')
  await expect(page).toHaveURL(/cols=/)

  await page.getByRole('button', { name: '18 of 19 columns' }).click()
  await page.getByRole('textbox', { name: 'Columns to show' }).fill('process_name')
  await page.getByRole('checkbox', { name: /^process_name/ }).click()
  await expect(page.getByRole('button', { name: '19 columns' })).toBeVisible()
  await page.getByRole('button', { name: 'As at the start' }).click()
  await page.keyboard.press('Escape')
  await expect(header(page, /^process_name/)).toHaveAttribute('aria-colindex', '4')
  await expect(page).not.toHaveURL(/cols=/)
})

test('the record shows raw text and what it was read as, and proves the original bytes', async ({ window: page }) => {
  await openProcesses(page)
  await run(page, 'vssadmin')
  await expect(counts(page)).toHaveText(/ of 363 rows$/)
  await gridRow(grid(page), 1).dblclick()
  const record = page.getByRole('complementary', { name: 'Row 70' })
  await expect(record).toContainText('vssadmin  delete shadows /all /quiet')
  await expect(record).toContainText('2019-01-15 05:15:17')
  const bytes = record.getByRole('region', { name: 'Original bytes' })
  await expect(bytes).toContainText('Slice matches the hash taken at import')
  await expect(bytes.getByLabel('Bytes', { exact: true })).toContainText('vssadmin')
  await bytes.getByRole('radio', { name: 'Hex' }).click()
  await expect(bytes.getByLabel('Bytes', { exact: true })).toContainText('36 39 2c')
  await record.getByRole('button', { name: 'Close the record' }).click()
  await expect(record).toHaveCount(0)
})

test('the address holds query, order, columns and row: another window shows the same, back and forward go through them', async ({
  window: page,
}) => {
  await openProcesses(page)
  await run(page, 'conhost')
  await expect(counts(page)).toHaveText(/ of 363 rows$/)
  await header(page, /^timestamp/).click()
  await expect(header(page, /^timestamp/)).toHaveAttribute('aria-sort', 'ascending')
  // The old order stays until the new one is there: no row is chosen before.
  await expect(gridRow(grid(page), 1)).toContainText('2019-01-15 04:')
  await header(page, /^pid/).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Hide' }).click()
  await gridRow(grid(page), 3).click()
  await expect(page).toHaveURL(/row=\d+/)
  const [row] = (await numbers(page, 3)).slice(2)
  const found = await counts(page).innerText()

  const other = await page.context().newPage()
  await other.goto(page.url())
  await expect(query(other)).toHaveValue('conhost')
  await expect(counts(other)).toHaveText(found)
  await expect(header(other, /^timestamp/)).toHaveAttribute('aria-sort', 'ascending')
  await expect(header(other, /^pid/)).toHaveCount(0)
  await expect(other.getByRole('complementary', { name: `Row ${row}` })).toBeVisible()
  await expect(grid(other).locator('[role="row"][aria-selected="true"]')).toContainText(String(row))
  await other.close()

  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(header(page, /^timestamp/)).toHaveAttribute('aria-sort', 'none')
  await expect(query(page)).toHaveValue('conhost')
  await page.goBack()
  await expect(counts(page)).toHaveText('363 rows')
  await page.goForward()
  await expect(query(page)).toHaveValue('conhost')
  await goTo(page, 'Overview')
  await page.goBack()
  await expect(query(page)).toHaveValue('conhost')
})

test('Evidence opens the dataset that was open last', async ({ window: page }) => {
  await toSample(page)
  for (const name of ['host_logons.csv', 'processes_on_host.csv', 'host_logons.csv']) {
    await page.getByRole('region', { name: 'What came in' }).getByRole('link', { name }).click()
    await expect(page.getByRole('grid', { name: `Rows of ${name}` })).toBeVisible()
    await goTo(page, 'Overview')
    await goTo(page, 'Evidence')
    await expect(page.getByRole('grid', { name: `Rows of ${name}` })).toBeVisible()
    await goTo(page, 'Overview')
  }
})

test('the sample file as it lies on disk is not touched by any of this', async ({ window: page }) => {
  const { readFileSync } = await import('node:fs')
  const { createHash } = await import('node:crypto')
  await openProcesses(page)
  const hash = createHash('sha256')
    .update(readFileSync(sample('processes_on_host.csv')))
    .digest('hex')
  await page
    .getByRole('navigation', { name: 'Evidence' })
    .getByRole('link', { name: /Datasets/ })
    .click()
  await page.getByRole('grid').getByText('processes_on_host.csv').first().click()
  await expect(page.getByRole('complementary', { name: 'Dataset processes_on_host.csv' })).toContainText(hash)
})
