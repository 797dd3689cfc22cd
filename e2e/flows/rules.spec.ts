import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { goTo, importAll, newHunt } from '../steps.ts'

const AUDIT = [
  'TimeGenerated,UserId,Operation,Result',
  '2024-03-04T10:00:00Z,adele@contoso.com,Add member to role,success',
  '2024-03-04T10:05:00Z,adele@contoso.com,Add member to role,success',
  '2024-03-04T22:30:00Z,bob@contoso.com,Add member to role,success',
  '2024-03-04T11:00:00Z,carl@contoso.com,Delete user,failure',
]

const list = (page: Page) => page.getByRole('navigation', { name: 'Rules' })
const editor = (page: Page) => page.getByRole('region', { name: 'Rule', exact: true })
const trial = (page: Page) => page.getByRole('complementary', { name: 'What would change' })
const added = (page: Page) => trial(page).getByText(/^\+\d/)

async function withAudit(page: Page, folder: string): Promise<void> {
  const path = join(folder, 'audit.csv')
  writeFileSync(path, `${AUDIT.join('\n')}\n`)
  await newHunt(page, 'Roles')
  await importAll(page, [path])
}

test('a rule is made, tested, saved and run, and its alert opens', async ({ window: page, folder }) => {
  await withAudit(page, folder)
  await goTo(page, 'Alerts')
  await page
    .getByRole('navigation', { name: 'Alerts' })
    .getByRole('link', { name: /^Rules/ })
    .click()
  await expect(list(page).getByRole('link')).toHaveCount(10)
  await page
    .getByRole('button', { name: 'New rule' })
    .or(page.getByRole('link', { name: 'New rule' }))
    .first()
    .click()
  await editor(page).getByRole('textbox', { name: 'Name of the rule' }).fill('Role given')
  await expect(trial(page)).toContainText('Condition 1 needs a field.')
  await editor(page).getByLabel('Field of condition 1').fill('Operation')
  await editor(page).getByLabel('Test of condition 1').selectOption('startswith')
  await editor(page).getByLabel('Value of condition 1').fill('add member')
  await expect(added(page)).toHaveText('+2')
  await expect(trial(page).getByRole('listitem').first()).toContainText('Role given: adele@contoso.com')
  await expect(trial(page).getByRole('listitem').first()).toContainText('2 rows')

  await editor(page).getByRole('button', { name: 'Condition', exact: true }).click()
  await editor(page).getByLabel('Test of condition 2').selectOption('after_hours')
  await expect(added(page)).toHaveText('+1')
  await expect(trial(page).getByRole('listitem')).toContainText('bob@contoso.com')
  await editor(page)
    .getByRole('textbox', { name: /^Text of the alert/ })
    .fill('{UserId} did {Operation}')

  await editor(page).getByRole('button', { name: 'Save rule' }).click()
  const own = list(page).getByRole('link', { name: /Role given/ })
  await expect(own).toHaveAttribute('aria-current', 'true')
  await expect(own).toContainText('never ran')
  await editor(page).getByRole('button', { name: 'Run now' }).click()
  await editor(page).getByRole('link', { name: '1 alert' }).click()
  const row = page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(1)
  await expect(row).toContainText('Role given: bob@contoso.com')
  await row.click()
  const alert = page.getByRole('complementary', { name: 'Alert' })
  await expect(alert).toContainText('bob@contoso.com did Add member to role')
  await alert.getByRole('link', { name: 'Role given' }).click()
  await expect(own).toHaveAttribute('aria-current', 'true')
  await expect(trial(page)).toContainText('unchanged')
})

test('a rule that does not fire says why, is switched off and deleted, by keyboard', async ({
  window: page,
  folder,
}) => {
  await withAudit(page, folder)
  await page.keyboard.press('g')
  await page.keyboard.press('u')
  await expect(list(page).getByRole('link')).toHaveCount(10)
  await page.keyboard.press('n')
  await expect(editor(page).getByRole('textbox', { name: 'Name of the rule' })).toBeFocused()
  await page.keyboard.type('Deletions')
  await editor(page).getByLabel('Field of condition 1').fill('Result')
  await editor(page).getByLabel('Value of condition 1').fill('failure')
  await editor(page).getByRole('button', { name: 'Condition', exact: true }).press('Enter')
  await editor(page).getByLabel('Test of condition 2').selectOption('threshold_count')
  await expect(added(page)).toHaveText('+0')
  await editor(page).getByText('Why it did not fire').press('Enter')
  const steps = editor(page).getByRole('table').getByRole('row')
  await expect(steps.nth(1)).toContainText('Result is failure')
  await expect(steps.nth(2)).toContainText('The highest count within 15 minutes is 1.')
  await page.keyboard.press('Control+s')
  const own = list(page).getByRole('link', { name: /Deletions/ })
  await expect(own).toBeVisible()
  await own.focus()
  await page.keyboard.press('o')
  await expect(own).toContainText('off')
  await editor(page).getByRole('button', { name: 'Delete the rule' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete rule' }).click()
  await expect(own).toHaveCount(0)
  await expect(list(page).getByRole('link')).toHaveCount(10)
})

test('N and the name typed after it reach a view that is still loading, and no letter of it runs a command', async ({
  window: page,
  folder,
}) => {
  await withAudit(page, folder)
  await page.keyboard.type('gunzrx eager')
  await expect(editor(page).getByRole('textbox', { name: 'Name of the rule' })).toHaveValue('zrx eager')
  await expect(page.getByText('Times in UTC')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('settings')
  await expect(page.getByRole('dialog').getByRole('combobox')).toHaveValue('settings')
})
