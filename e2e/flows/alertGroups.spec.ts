import type { Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { goTo, gridRow, toSample } from '../steps.ts'

test.use({ start: 'sample' })

const groups = (page: Page) => page.getByRole('treegrid', { name: 'Alerts in groups' })
const alert = (page: Page) => page.getByRole('complementary', { name: 'Alert' })

test('a group is opened, resolved as a whole by key and undone, and each alert tells both', async ({
  window: page,
}) => {
  await toSample(page)
  await goTo(page, 'Alerts')
  await page.getByRole('radio', { name: 'Technique' }).click()
  await expect(page).toHaveURL(/group=technique/)
  const first = gridRow(groups(page), 1)
  await first.click()
  await page.keyboard.press('ArrowRight')
  await expect(first).toHaveAttribute('aria-expanded', 'true')
  const inside = gridRow(groups(page), 2)
  await expect(inside).toHaveAttribute('aria-level', '2')
  await expect(inside).toContainText('New')
  await page.keyboard.press('r')
  await expect(inside).toContainText('Resolved')
  await expect(first).toContainText('0 open')
  await expect(page.getByText(/^\d+ alerts?: resolved$/)).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(inside).toContainText('New')
  await page.keyboard.press('ArrowRight')
  const history = alert(page).getByRole('region', { name: 'History' }).getByRole('listitem')
  await expect(history.nth(0)).toContainText(/Status resolved → new.*, undone/)
  await expect(history.nth(1)).toContainText('Status new → resolved')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(first).toHaveAttribute('aria-expanded', 'false')
})

test('tags are added to many and taken off again, a case is set, and both narrow the list', async ({
  window: page,
}) => {
  await toSample(page)
  await goTo(page, 'Alerts')
  const list = page.getByRole('grid', { name: 'Alerts', exact: true })
  await gridRow(list, 1).click()
  await page.keyboard.press('Control+a')
  const bar = page.getByRole('toolbar', { name: 'Selected alerts' })
  const all = await bar.getByText(/selected$/).innerText()
  await bar.getByRole('button', { name: /^Tags/ }).click()
  await page.getByRole('textbox', { name: 'Tag', exact: true }).fill('sweep')
  await page.getByRole('button', { name: 'Add tag' }).click()
  await expect(page.getByText(`${all.replace(' selected', '')} alerts: tag sweep added`)).toBeVisible()
  await expect(alert(page)).toContainText('sweep')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(alert(page).getByRole('button', { name: 'Remove the tag sweep' })).toHaveCount(0)

  await alert(page).getByRole('button', { name: 'Choose case' }).click()
  await page.getByRole('combobox', { name: 'Case' }).fill('C-7')
  await page.keyboard.press('Enter')
  await expect(alert(page).getByRole('region', { name: 'History' })).toContainText('Case no case → 1 C-7')
  await alert(page).getByRole('link', { name: '1 C-7' }).click()
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText('1 alert from 1 hunt')
  const id = await page.evaluate(() => location.hash.split('/')[2] ?? '')
  await page.goBack()
  await page.evaluate((of) => {
    location.hash = `${location.hash.split('?')[0] ?? ''}?case=${of}`
  }, id)
  await expect(page.getByText('Case 1 C-7', { exact: true })).toBeVisible()
  await expect(list).toHaveAttribute('aria-rowcount', '2')
})
