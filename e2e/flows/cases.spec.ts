import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { goTo, toSample } from '../steps.ts'

test.use({ start: 'sample' })

const board = (page: Page, column: string) =>
  page.getByRole('region', { name: 'Tasks' }).getByRole('group', { name: column })
const tab = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Case', exact: true }).getByRole('link', { name }).click()

test('a case is worked on by mouse and keyboard: board, indicators, notes, activity', async ({ window: page }) => {
  await toSample(page)
  await goTo(page, 'Cases')
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Title' }).fill('Foothold')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Foothold' })).toBeVisible()

  await page.keyboard.press('n')
  for (const title of ['Image the disk', 'Reset passwords']) {
    await page.getByRole('textbox', { name: 'New task' }).fill(title)
    await page.keyboard.press('Enter')
    await expect(board(page, 'Todo')).toContainText(title)
  }
  await page.keyboard.press('Escape')
  await board(page, 'Todo')
    .getByRole('button', { name: /Reset passwords/ })
    .focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(board(page, 'Todo').getByRole('button').first()).toContainText('Reset passwords')
  await page.keyboard.press('Alt+ArrowRight')
  await expect(board(page, 'In progress')).toContainText('Reset passwords')
  await board(page, 'Todo')
    .getByRole('button', { name: /Image the disk/ })
    .dragTo(board(page, 'Done'))
  await expect(board(page, 'Done')).toContainText('Image the disk')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(board(page, 'Todo')).toContainText('Image the disk')

  await tab(page, /^IOCs/)
  await page.getByRole('textbox', { name: 'Indicator' }).fill('evil[.]example.com')
  await page.keyboard.press('Enter')
  await page.getByLabel('Verdict on evil.example.com').selectOption('malicious')
  await expect(page.getByLabel('Verdict on evil.example.com')).toHaveValue('malicious')

  await tab(page, /^Notes/)
  await page.getByRole('button', { name: 'New note' }).click()
  await page.getByRole('textbox', { name: 'Title of the note' }).fill('How they came in')
  await page
    .getByRole('textbox', { name: /^Text of the note/ })
    .fill('**Bold** [[ioc:evil.example.com]] <img src=x onerror="document.title=1"> [x](javascript:alert(1))')
  await page.keyboard.press('Control+Enter')
  const note = page.getByRole('article', { name: 'How they came in' })
  await expect(note.locator('strong')).toHaveText('Bold')
  await expect(note.getByRole('link')).toHaveText('IOC evil.example.com')
  await expect(note.locator('img')).toHaveCount(0)

  await tab(page, /^Activity/)
  await expect(page.getByText(/entries, chain intact/)).toBeVisible()
  await expect(page.getByRole('row', { name: /wrote note/ })).toBeVisible()
})

test('a case goes out as a report that runs nothing and as a layer that comes back', async ({
  window: page,
  folder,
  chrome,
}) => {
  await toSample(page)
  await goTo(page, 'Cases')
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Title' }).fill('<script>document.title="ran"</script>')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: /script/ })).toBeVisible()
  await tab(page, /^Techniques/)
  await page.getByRole('combobox', { name: 'Technique' }).fill('T1490')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Inhibit System Recovery')).toBeVisible()
  await tab(page, /^Export/)
  const saved = async (name: string): Promise<string> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name, exact: true }).click(),
    ])
    const path = join(folder, download.suggestedFilename())
    await download.saveAs(path)
    return path
  }
  const report = await saved('HTML')
  const other = await (await chrome()).newContext()
  const printed = await other.newPage()
  const said: string[] = []
  printed.on('request', (request) => said.push(request.url()))
  printed.on('console', (message) => said.push(message.text()))
  printed.on('dialog', () => said.push('dialog'))
  await printed.goto(`file://${report}`)
  await expect(printed.getByRole('heading', { level: 1 })).toContainText('<script>')
  await expect(printed.getByText('TLP:AMBER').first()).toBeVisible()
  expect(await printed.title()).toContain('<script>')
  expect(said.filter((one) => !one.startsWith('file:') && !one.startsWith('data:'))).toEqual([])
  expect(await printed.locator('script, a, iframe, object, embed').count()).toBe(0)
  await other.close()
  expect(
    readFileSync(await saved('PDF'))
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')

  const layer = await saved('ATT&CK Navigator layer')
  const changed = JSON.parse(readFileSync(layer, 'utf8'))
  changed.techniques.push({ techniqueID: 'T1003', comment: 'from a colleague' })
  writeFileSync(layer, JSON.stringify(changed))
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Take in a Navigator layer' }).click(),
  ])
  await chooser.setFiles(layer)
  await expect(page.getByText('1 technique added, 1 known')).toBeVisible()
})
