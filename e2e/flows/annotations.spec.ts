import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { goTo, gridRow, toSample } from '../steps.ts'

test.use({ start: 'sample' })

const grid = (page: Page) => page.getByRole('grid', { name: /^Rows of / })
const counts = (page: Page) => page.getByRole('search').getByRole('status')
const tags = (page: Page) => page.getByRole('region', { name: 'Tags' })
const tab = (page: Page, place: string, name: RegExp) =>
  page.getByRole('navigation', { name: place }).getByRole('link', { name }).click()

async function openProcesses(page: Page): Promise<void> {
  await toSample(page)
  await page.getByRole('region', { name: 'What came in' }).getByRole('link', { name: 'processes_on_host.csv' }).click()
  await expect(counts(page)).toHaveText('363 rows')
}

test('all rows that match are tagged with their exact number before and after, found by tag, and taken back', async ({
  window: page,
}) => {
  await openProcesses(page)
  await page.getByRole('textbox', { name: 'Search the rows' }).fill('cmd.exe')
  await page.keyboard.press('Enter')
  await expect(counts(page)).toHaveText(/^\d+ of 363 rows$/)
  const n = Number((await counts(page).innerText()).split(' ')[0])
  await page.getByRole('button', { name: `Select all ${n} matching` }).click()
  await page.getByRole('button', { name: 'Tag', exact: true }).click()
  const menu = page.getByRole('menu', { name: `Tag ${n} rows` })
  await menu.getByRole('menuitem', { name: 'suspicious' }).click()
  await expect(page.getByText(`${n} rows tagged suspicious`)).toBeVisible()
  await expect(gridRow(grid(page), 1)).toContainText('suspicious')
  await expect(gridRow(grid(page), 1)).toHaveClass(/tone-orange/)

  await page.getByRole('textbox', { name: 'Search the rows' }).fill('')
  await page.keyboard.press('Enter')
  await expect(counts(page)).toHaveText('363 rows')
  await tags(page)
    .getByRole('checkbox', { name: `suspicious ${n}` })
    .click()
  await expect(counts(page)).toHaveText(`${n} of 363 rows`)
  await expect(page).toHaveURL(/q=tag/)
  await page.keyboard.press('Control+z')
  await expect(counts(page)).toHaveText('0 of 363 rows')

  await page.getByRole('textbox', { name: 'Search the rows' }).fill('')
  await page.keyboard.press('Enter')
  await expect(counts(page)).toHaveText('363 rows')
  const cursor = grid(page).locator('[role="row"].cursor')
  await cursor.getByRole('gridcell').first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Tag 1 row/ }).hover()
  await page.getByRole('menuitem', { name: 'benign' }).click()
  await expect(cursor).toContainText('benign')
})

test('by keyboard alone: T tags, N notes, the record shows both, a note is changed, deleted and comes back', async ({
  window: page,
}) => {
  await openProcesses(page)
  await gridRow(grid(page), 2).getByRole('gridcell').first().click()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('t')
  await expect(page.getByRole('menuitem', { name: 'suspicious' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 rows tagged needs review')).toBeVisible()
  await expect(page.locator('[role="gridcell"]:focus')).toBeVisible()
  await page.keyboard.press('n')
  await expect(page.getByRole('dialog')).toContainText('Annotate 2 rows')
  await page.keyboard.type('<b>Looked at</b>')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('2 rows annotated')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Enter')
  const notes = page.getByRole('complementary', { name: 'Row 3' }).getByRole('region', { name: 'Tag and notes' })
  await expect(notes.getByRole('radio', { name: 'needs review' })).toBeChecked()
  await expect(notes.getByRole('article')).toContainText('<b>Looked at</b>')
  await expect(notes.getByRole('article')).toContainText('with 1 other row')

  await tab(page, 'Evidence', /Annotations/)
  const card = page.getByRole('article')
  await card.getByRole('button', { name: 'Edit the note' }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('Changed')
  await page.getByRole('button', { name: 'Save the note' }).click()
  await expect(card).toContainText('Changed')
  await card.getByRole('button', { name: 'Delete the note' }).click()
  await expect(page.getByRole('heading', { name: 'No annotation yet' })).toBeVisible()
  await page.keyboard.press('Control+z')
  await card.getByRole('link', { name: '2 rows' }).click()
  await expect(counts(page)).toHaveText('2 of 363 rows')
  await expect(gridRow(grid(page), 2)).toContainText('needs review')
})

test('rows are exported as the view shows them, and the browser saves the file', async ({ window: page }, info) => {
  test.skip(info.project.name === 'electron', 'A window asks where to.')
  await openProcesses(page)
  await page.getByRole('textbox', { name: 'Search the rows' }).fill('certutil')
  await page.keyboard.press('Enter')
  await expect(counts(page)).toHaveText('3 of 363 rows')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Format').selectOption('JSON lines')
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export 3 rows' }).click()
  const file = await saved
  expect(file.suggestedFilename()).toBe('processes_on_host.jsonl')
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\n')
  expect(lines).toHaveLength(3)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ CommandLine: 'certutil  -decode delme.b64 implant.exe' })
  await expect(dialog).toContainText('3 rows exported; the browser saves processes_on_host.jsonl.')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
})

test('a hypothesis is made from rows and an alert, decided with a technique, and leads back to the very row', async ({
  window: page,
}) => {
  await openProcesses(page)
  await page.getByRole('textbox', { name: 'Search the rows' }).fill('delme.b64')
  await page.keyboard.press('Enter')
  await expect(counts(page)).toHaveText(/ of 363 rows$/)
  await gridRow(grid(page), 1).getByRole('gridcell').first().click()
  await page.keyboard.press('y')
  await expect(page.getByRole('combobox', { name: 'Hypothesis' })).toBeFocused()
  await page.keyboard.type('The implant was decoded')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 row added to “The implant was decoded”')).toBeVisible()

  await goTo(page, 'Alerts')
  await gridRow(page.getByRole('grid', { name: 'Alerts' }), 1).click()
  await page.getByRole('button', { name: 'Add to a hypothesis' }).click()
  await page.getByRole('option', { name: /The implant was decoded/ }).click()
  await expect(page.getByText(/rows? added to “The implant was decoded”/).last()).toBeVisible()

  await goTo(page, 'Overview')
  await tab(page, 'Overview', /Hypotheses/)
  const hypothesis = page.getByRole('region', { name: 'Hypothesis' })
  await hypothesis.getByRole('button', { name: 'No technique' }).click()
  await page.getByRole('combobox', { name: 'Technique' }).fill('decode')
  await page.getByRole('option', { name: /^T1140/ }).click()
  await expect(hypothesis.getByRole('button', { name: /^T1140 Deobfuscate/ })).toBeVisible()
  await hypothesis.getByRole('radio', { name: 'Confirmed' }).click()
  const list = page.getByRole('navigation', { name: 'Hypotheses' })
  await expect(list.getByRole('button', { name: /Confirmed/ })).toContainText('1')
  await expect(list.getByRole('link')).toContainText('T1140')
  await hypothesis
    .getByRole('textbox', { name: /^Why Row/ })
    .first()
    .fill('Decodes it')
  await page.keyboard.press('Enter')
  await hypothesis.getByRole('region', { name: 'Evidence' }).getByRole('link').first().click()
  await expect(page.getByRole('complementary', { name: /^Row / })).toContainText('delme.b64')
})
