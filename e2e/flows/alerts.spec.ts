import type { Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { columnTexts, goTo, gridCell, gridRow, noJobs, toSample } from '../steps.ts'

test.use({ start: 'sample' })

const list = (page: Page) => page.getByRole('grid', { name: 'Alerts' })
const detail = (page: Page) => page.getByRole('complementary', { name: 'Alert' })
const filters = (page: Page) => page.getByRole('search')
const bulk = (page: Page) => page.getByRole('toolbar', { name: 'Selected alerts' })
const shownCount = (page: Page) => filters(page).locator('form')
const find = (page: Page) => page.getByRole('textbox', { name: 'Search the alerts' })

async function openAlerts(page: Page): Promise<number> {
  await toSample(page)
  await goTo(page, 'Alerts')
  await expect(gridRow(list(page), 1)).toBeVisible()
  const text = (await shownCount(page).innerText()).replace(/\D/g, '')
  return Number(text)
}

test.describe('the list of alerts', () => {
  test('is narrowed by severity, status, analyzer, technique, dataset and text, and says how many of how many', async ({
    window: page,
  }) => {
    const all = await openAlerts(page)
    const unfiltered = () => expect(shownCount(page)).toHaveText(`${all} alerts`)
    const critical = filters(page).getByRole('button', { name: /^Critical/ })
    const criticals = Number((await critical.innerText()).replace(/\D/g, ''))
    await critical.click()
    await expect(shownCount(page)).toContainText(`${criticals} of ${all} alerts`)
    await expect(list(page)).toHaveAttribute('aria-rowcount', String(criticals + 1))
    expect(new Set(await columnTexts(list(page), 'Severity', criticals))).toEqual(new Set(['Critical']))
    await filters(page).getByRole('button', { name: /^High/ }).click()
    await expect(shownCount(page)).not.toContainText(`${criticals} of`)
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await unfiltered()

    await filters(page)
      .getByRole('button', { name: /^Resolved/ })
      .click()
    await expect(page.getByRole('heading', { name: 'No alert matches' })).toBeVisible()
    await page.getByRole('button', { name: 'Clear the filters' }).click()
    await unfiltered()

    await page.getByRole('combobox', { name: 'Analyzer' }).selectOption('suspicious_commands')
    await expect(shownCount(page)).toContainText(`of ${all} alerts`)
    await page.getByRole('combobox', { name: 'Analyzer' }).selectOption('')
    await unfiltered()
    await page.getByRole('combobox', { name: 'Technique' }).selectOption('T1059.001')
    await expect(shownCount(page)).toContainText(`of ${all} alerts`)
    const ofTechnique = (await list(page).getByRole('row').count()) - 1
    expect(new Set(await columnTexts(list(page), 'Technique', ofTechnique))).toEqual(new Set(['T1059.001']))
    await page.getByRole('combobox', { name: 'Technique' }).selectOption('')
    await unfiltered()

    await page.getByRole('combobox', { name: 'Dataset' }).selectOption({ label: 'host_logons.csv' })
    await expect(shownCount(page)).toContainText(`of ${all} alerts`)
    await page.getByRole('combobox', { name: 'Dataset' }).selectOption('')
    await unfiltered()

    await find(page).fill('VSSADMIN')
    await find(page).press('Enter')
    await expect(shownCount(page)).toContainText(`of ${all} alerts`)
    await expect(gridRow(list(page), 1)).toContainText(/shadow cop/i)
    await page.reload()
    await expect(find(page)).toHaveValue('VSSADMIN')
    await expect(shownCount(page)).toContainText(`of ${all} alerts`)
  })

  test('is ordered by its headers, worst first at the start', async ({ window: page }) => {
    await openAlerts(page)
    const scores = (await columnTexts(list(page), 'Score', 20)).map(Number)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    const header = (name: string) => list(page).getByRole('columnheader', { name })
    await header('Alert').click()
    await expect(header('Alert')).toHaveAttribute('aria-sort', 'ascending')
    await expect(page).toHaveURL(/sort=title&dir=asc/)
    // The old order stays until the new one is there.
    let titles: string[] = []
    await expect
      .poll(async () => {
        titles = await columnTexts(list(page), 'Alert', 10)
        return titles.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join() === titles.join()
      })
      .toBe(true)
    expect(titles[0]).toMatch(/^A/)
    await header('Alert').click()
    await expect(header('Alert')).toHaveAttribute('aria-sort', 'descending')
    await expect.poll(async () => (await columnTexts(list(page), 'Alert', 1))[0]).not.toBe(titles[0])
    await header('Rows').click()
    await header('Rows').click()
    await expect(header('Rows')).toHaveAttribute('aria-sort', 'descending')
    await expect
      .poll(async () => {
        const rows = (await columnTexts(list(page), 'Rows', 10)).map(Number)
        return rows.every((count, n) => n === 0 || count <= (rows[n - 1] ?? 0)) && (rows[0] ?? 0) > 1
      })
      .toBe(true)
  })
})

test.describe('one alert', () => {
  test('shows why, how it may be harmless and its evidence, and an evidence row opens that very row', async ({
    window: page,
  }) => {
    const all = await openAlerts(page)
    await find(page).fill('vssadmin')
    await find(page).press('Enter')
    await expect(shownCount(page)).toContainText(`of ${all} alerts`)
    await list(page)
      .getByText(/shadow cop/i)
      .first()
      .click()
    const alert = detail(page)
    await expect(alert.getByRole('heading', { level: 1 })).toHaveText(/shadow cop/i)
    await expect(alert).toContainText('T1490')
    await expect(alert).toContainText('Inhibit System Recovery')
    await expect(alert).toContainText('May be harmless if')
    await expect(alert).toContainText('2019-01-15 05:15:17 UTC')
    const evidence = alert.getByRole('region', { name: 'Evidence' }).getByRole('link').first()
    const [number = '', field = '', value = ''] = (await evidence.innerText()).split('\n').map((part) => part.trim())
    expect(value).toContain('delete shadows /all /quiet')
    await evidence.click()

    const rows = page.getByRole('grid', { name: /^Rows of processes_on_host/ })
    const selected = rows.locator('[role="row"][aria-selected="true"]')
    await expect(selected).toHaveCount(1)
    await expect(selected.getByRole('gridcell').filter({ hasText: new RegExp(`^${number}$`) })).toBeVisible()
    const record = page.getByRole('complementary', { name: `Row ${number}` })
    await expect(record).toBeVisible()
    await expect(record.locator('div', { has: page.locator(`dt[title*="${field}"]`) }).last()).toContainText(value)
    await page.goBack()
    await expect(alert.getByRole('heading', { level: 1 })).toHaveText(/shadow cop/i)
  })

  test('gets status by mouse and by E, R, F and A; J and K go through the list; Ctrl+Z undoes', async ({
    window: page,
  }) => {
    await openAlerts(page)
    const titles = await columnTexts(list(page), 'Alert', 3)
    await gridRow(list(page), 1).click()
    await expect(detail(page).getByRole('heading', { level: 1 })).toHaveText(titles[0] ?? '')
    const status = detail(page).getByRole('combobox', { name: 'Status' })
    await page.keyboard.press('j')
    await expect(detail(page).getByRole('heading', { level: 1 })).toHaveText(titles[1] ?? '')
    for (const [key, word] of [
      ['a', 'Acknowledged'],
      ['e', 'In progress'],
      ['r', 'Resolved'],
      ['f', 'False positive'],
    ] as const) {
      await page.keyboard.press(key)
      await expect(await gridCell(list(page), 2, 'Status')).toHaveText(word)
      await expect(status.locator('option:checked')).toHaveText(word)
    }
    await expect(detail(page)).toContainText('First acknowledged')
    await page.keyboard.press('Control+z')
    await expect(await gridCell(list(page), 2, 'Status')).toHaveText('Resolved')
    await page.keyboard.press('k')
    await expect(detail(page).getByRole('heading', { level: 1 })).toHaveText(titles[0] ?? '')
    await status.selectOption({ label: 'In progress' })
    await expect(await gridCell(list(page), 1, 'Status')).toHaveText('In progress')
    await page.keyboard.press('Escape')
    await expect(detail(page)).toHaveCount(0)
  })

  test('that leaves the list because a filter no longer matches makes way for the next, so that keys act on what is shown', async ({
    window: page,
  }) => {
    const all = await openAlerts(page)
    await filters(page).getByRole('button', { name: /^New/ }).click()
    await expect(page).toHaveURL(/status=new/)
    await expect(gridRow(list(page), 1)).toBeVisible()
    const [first = '', second = '', third = ''] = await columnTexts(list(page), 'Alert', 3)
    await gridRow(list(page), 1).click()
    await expect(detail(page).getByRole('heading', { level: 1 })).toHaveText(first)
    await page.keyboard.press('r')
    await expect(await gridCell(list(page), 1, 'Alert')).toHaveText(second)
    await expect(detail(page).getByRole('heading', { level: 1 })).toHaveText(second)
    await page.keyboard.press('f')
    await expect(detail(page).getByRole('heading', { level: 1 })).toHaveText(third)
    await expect(shownCount(page)).toContainText(`${all - 2} of ${all} alerts`)
    await expect(filters(page).getByRole('button', { name: /^Resolved/ })).toContainText('1')
    await expect(filters(page).getByRole('button', { name: /^False positive/ })).toContainText('1')
  })

  test('keeps assignee, tags and severity, and is deleted only after a question', async ({ window: page }) => {
    const all = await openAlerts(page)
    await gridRow(list(page), 1).click()
    const title = await detail(page).getByRole('heading', { level: 1 }).innerText()
    const assignee = detail(page).getByRole('textbox', { name: 'Assignee' })
    await assignee.fill('M. Kell')
    await assignee.press('Enter')
    // While the answer to the first half comes in, the second is typed.
    await page.keyboard.type('er', { delay: 120 })
    await expect(assignee).toHaveValue('M. Keller')
    await assignee.press('Enter')
    await detail(page).getByRole('textbox', { name: 'Add a tag' }).fill('triage-1')
    await detail(page).getByRole('textbox', { name: 'Add a tag' }).press('Enter')
    await expect(detail(page).getByRole('button', { name: 'Remove the tag triage-1' })).toBeVisible()
    await detail(page).getByRole('combobox', { name: 'Severity' }).selectOption('low')
    await expect(detail(page).locator('.alert-head')).toContainText('Low')
    await page.reload()
    await expect(detail(page).getByRole('heading', { level: 1 })).toHaveText(title)
    await expect(detail(page).getByRole('textbox', { name: 'Assignee' })).toHaveValue('M. Keller')
    await expect(detail(page).getByRole('combobox', { name: 'Severity' })).toHaveValue('low')
    await detail(page).getByRole('button', { name: 'Remove the tag triage-1' }).click()
    await expect(detail(page).getByRole('button', { name: 'Remove the tag triage-1' })).toHaveCount(0)

    await detail(page).getByRole('button', { name: 'Delete the alert' }).click()
    const question = page.getByRole('alertdialog')
    await expect(question).toContainText(title)
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(shownCount(page)).toContainText(`${all} alerts`)
    await detail(page).getByRole('button', { name: 'Delete the alert' }).click()
    await question.getByRole('button', { name: 'Delete alert' }).click()
    await expect(shownCount(page)).toContainText(`${all - 1} alerts`)
    await expect(detail(page)).toHaveCount(0)
  })
})

test('many alerts at once: the selected ones or all that match, with their number before and after, and undone as a whole', async ({
  window: page,
}) => {
  const all = await openAlerts(page)
  await gridRow(list(page), 1).click()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(bulk(page)).toContainText('3 selected')
  await bulk(page).getByRole('button', { name: 'Assign 3' }).click()
  await page.getByRole('textbox', { name: 'Assign to' }).fill('A. Novak')
  await page.getByRole('textbox', { name: 'Assign to' }).press('Enter')
  await expect(page.getByText('3 alerts: assigned to A. Novak')).toBeVisible()
  await expect(bulk(page)).toContainText('3 selected')
  await bulk(page).getByRole('button', { name: 'Status 3' }).click()
  await page.getByRole('button', { name: 'Resolved', exact: true }).click()
  await expect(filters(page).getByRole('button', { name: /^Resolved/ })).toContainText('3')

  await bulk(page)
    .getByRole('button', { name: `Select all ${all} matching` })
    .click()
  await expect(bulk(page)).toContainText(`${all} selected`)
  await bulk(page)
    .getByRole('button', { name: `Status ${all}` })
    .click()
  await page.getByRole('button', { name: 'Acknowledged', exact: true }).click()
  await expect(filters(page).getByRole('button', { name: /^Acknowledged/ })).toContainText(String(all))
  await expect(page.getByText(`${all} alerts: acknowledged`)).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(filters(page).getByRole('button', { name: /^Resolved/ })).toContainText('3')
  await expect(filters(page).getByRole('button', { name: /^New/ })).toContainText(String(all - 3))
})

test('running the analyzers again doubles nothing; another setting finds another number', async ({ window: page }) => {
  const all = await openAlerts(page)
  await page.getByRole('button', { name: 'Run analyzers' }).click()
  const tray = page.getByRole('contentinfo').getByRole('button', { name: /jobs|%/i })
  await noJobs(page)
  await tray.click()
  await expect(page.getByRole('region', { name: 'Jobs' }).getByText('377 rows analyzed · 0 new alerts')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(shownCount(page)).toContainText(`${all} alerts`)

  await page
    .getByRole('navigation', { name: 'Alerts' })
    .getByRole('link', { name: /Analyzers/ })
    .click()
  const rare = page.getByRole('region', { name: 'Rare values' })
  const before = await rare.getByRole('link', { name: /alerts/ }).innerText()
  for (const box of await page.getByRole('checkbox').all()) await box.uncheck()
  await rare.getByRole('checkbox', { name: 'Rare values' }).check()
  await rare.getByText('Settings for the next run').click()
  const setting = rare.getByRole('spinbutton', { name: /maximumFindings/ })
  await setting.fill('200')
  await setting.blur()
  await expect(rare.getByText('1 changed')).toBeVisible()
  await page.getByRole('button', { name: 'Run 1 analyzer over 377 rows' }).click()
  await expect(rare.getByRole('link', { name: /alerts/ })).not.toHaveText(before)
})
