import { misfits } from '../look.ts'
import { expect, test } from '../host.ts'
import { connect, socServer, tab } from '../socFlow.ts'
import { looksRight } from '../socLook.ts'
import { goTo, gridRow } from '../steps.ts'

const server = socServer()

test('an answer of the console is kept in a hunt with its question, leads back to the console, and the console to hunts', async ({
  window: page,
}) => {
  await connect(page, server(), { write: true })
  await tab(page, 'Detections').click()
  const detections = page.getByRole('grid', { name: 'Detections' })
  await expect(gridRow(detections, 1)).toBeVisible()
  await page
    .getByRole('group', { name: 'Level' })
    .getByRole('button', { name: /^Critical/ })
    .click()
  await expect.poll(() => page.url()).toContain('threat_level=CRITICAL')
  await page.getByRole('button', { name: 'Freeze into a hunt' }).click()
  await page.getByRole('combobox', { name: 'Hunt' }).fill('Criticals')
  await page.keyboard.press('Enter')
  await page
    .getByRole('status')
    .filter({ hasText: /rows? kept/ })
    .click()

  // The same tools as for any evidence, and the way back by a cell.
  const rows = page.getByRole('grid', { name: /^Rows of Detections/ })
  await expect(gridRow(rows, 1)).toContainText('CRITICAL')
  const address = rows
    .getByRole('row')
    .nth(2)
    .getByRole('gridcell')
    .filter({ hasText: /^\d+\.\d+\.\d+\.\d+$/ })
    .first()
  const said = (await address.textContent()) ?? ''
  await address.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Open in SOC console' }).click()
  await expect.poll(() => page.url()).toContain(`/soc/address/${said}`)
  await page.goBack()

  // What it is the answer to.
  await tab(page, 'Datasets', 'Evidence').click()
  await gridRow(page.getByRole('grid', { name: 'Datasets' }), 1).click()
  await page.getByRole('radio', { name: 'Question' }).click()
  await expect(page.getByLabel('SQL')).toContainText('threat_level = {threat_level:String}')
  await expect(page.getByRole('definition').filter({ hasText: /^huntbench-/ })).toBeVisible()
  expect(await misfits(page)).toEqual([])

  // Sent to the server, the copy answers the same question.
  await page.getByRole('radio', { name: 'Copies' }).click()
  await page.getByRole('button', { name: /^Send \d+ rows?$/ }).click()
  await expect(page.getByRole('list', { name: 'Copies' })).toContainText('complete')
  await looksRight(page, 'copies', 'html')
  await page.getByRole('list', { name: 'Copies' }).getByRole('button', { name: 'Ask this copy' }).click()
  await expect(page.getByRole('radio', { name: 'soc-demo' })).toHaveAttribute('aria-checked', 'true')
  await expect(gridRow(rows, 1)).toContainText('CRITICAL')
  await page.keyboard.press('/')
  await page.keyboard.type('host:*example*')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/of \d+ rows/).first()).toBeVisible()
  expect(page.url()).toContain('copy=')
  await expect(page.getByText(/of \d+ rows on soc-demo/)).toBeVisible()
  await gridRow(rows, 1).dblclick()
  const record = page.getByRole('complementary', { name: /^Row \d/ })
  await expect(record).toContainText('from soc-demo')
  await expect(record).toContainText('Original bytes')
  await record.getByRole('button', { name: 'Close the record' }).click()
  await page
    .getByRole('button', { name: /^Statistics of/ })
    .first()
    .click()
  await expect(page.getByRole('complementary', { name: /^Statistics of/ })).toContainText('from soc-demo')
  await page.getByRole('button', { name: 'Close the statistics' }).click()
  expect(await misfits(page)).toEqual([])
  await page.getByRole('radio', { name: 'Here' }).click()
  await expect(gridRow(rows, 1)).toContainText('CRITICAL')

  // The copy goes on when the dataset is deleted here.
  await tab(page, 'Timeline', 'Evidence').click()
  await page.getByRole('radio', { name: 'soc-demo' }).click()
  await expect(page.getByText(/rows with a time on soc-demo/)).toBeVisible()
  await tab(page, 'Datasets', 'Evidence').click()
  await gridRow(page.getByRole('grid', { name: 'Datasets' }), 1).click()
  await page.getByRole('button', { name: 'Delete the dataset' }).click()
  await expect(page.getByRole('alertdialog')).toContainText('1 copy of it on a ClickHouse server stay')
  await page.getByRole('button', { name: 'Delete dataset' }).click()
  await looksRight(page, 'a copy without its dataset', 'html')
  await page
    .getByRole('list', { name: 'Copies without a dataset' })
    .getByRole('button', { name: 'Ask this copy' })
    .click()
  await expect(gridRow(rows, 1)).toContainText('CRITICAL')
  await expect(page.getByRole('note')).toContainText('The dataset was deleted here')
  expect(await misfits(page)).toEqual([])

  // From the console to the hunts.
  await goTo(page, 'SOC')
  await tab(page, 'Detections').click()
  await detections
    .getByRole('row')
    .nth(2)
    .getByRole('gridcell')
    .filter({ hasText: /^\d+\.\d+\.\d+\.\d+$/ })
    .first()
    .click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Find in hunts' }).click()
  await expect.poll(() => page.url()).toContain('/correlate/find')
})
