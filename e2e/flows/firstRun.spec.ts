import { expect, test } from '../host.ts'
import { openSample, toSample } from '../steps.ts'

test('an empty workspace offers the sample, and opening it shows figures, worst alerts, hosts and techniques', async ({
  window,
}) => {
  await expect(window.getByRole('heading', { name: 'Start with evidence' })).toBeVisible()
  await expect(window.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await expect(window.getByRole('button', { name: 'Choose folder' })).toBeVisible()

  await openSample(window)
  const figures = window.locator('dl.figures')
  await expect(figures).toContainText('377')
  await expect(figures).toContainText('2 datasets, none quarantined')
  await expect(window.getByRole('region', { name: 'Hosts' })).toContainText('MSTICAlertsWin1')
  const alarming = window.getByRole('region', { name: 'What is alarming' })
  await expect(alarming.getByText('Critical').first()).toBeVisible()
  await expect(alarming.getByRole('link', { name: /shadow cop/i }).first()).toBeVisible()
  const techniques = window.getByRole('region', { name: 'ATT&CK techniques' })
  await techniques.getByRole('button', { name: 'Table' }).click()
  for (const id of ['T1490', 'T1136.001', 'T1105', 'T1059.001']) {
    await expect(techniques.getByText(id, { exact: true })).toBeVisible()
  }
  const cameIn = window.getByRole('region', { name: 'What came in' })
  await expect(cameIn.getByRole('row', { name: /processes_on_host/ })).toContainText('363')
  await expect(cameIn.getByRole('row', { name: /host_logons/ })).toContainText('14')
})

test.describe('with the sample hunt', () => {
  test.use({ start: 'sample' })

  test('the worst alert of the overview opens with its evidence, and a host leads to its rows', async ({ window }) => {
    await toSample(window)
    const worst = window
      .getByRole('region', { name: 'What is alarming' })
      .getByRole('link')
      .filter({ hasText: /\w/ })
      .nth(1)
    const title = await worst.innerText()
    await worst.click()
    const detail = window.getByRole('complementary', { name: 'Alert' })
    await expect(detail.getByRole('heading', { level: 1 })).toHaveText(title)
    await expect(detail.getByRole('region', { name: 'Evidence' }).getByRole('link').first()).toBeVisible()

    await window.goBack()
    await window.getByRole('region', { name: 'Hosts' }).getByRole('link').first().click()
    await expect(window.getByRole('textbox', { name: 'Search the rows' })).toHaveValue(/hostname:"MSTICAlertsWin1"/i)
    await expect(window.getByRole('grid').getByRole('row').nth(3)).toContainText('MSTICAlertsWin1')
  })

  test('a reload and a restart of the program keep hunt, figures and alerts', async ({ program, window }) => {
    await toSample(window)
    const alerts = window.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: /Alerts/ })
    const before = await alerts.innerText()
    expect(before).toMatch(/\d+\s+open/)

    await window.reload()
    await expect(window.getByRole('button', { name: /^Hunt: Workstation 1 triage/ })).toBeVisible()
    await expect(alerts).toHaveText(before.replace(/\s+/g, ' '), { useInnerText: true })

    await program.end()
    const again = await program.open()
    await expect(again.getByRole('button', { name: /^Hunt: Workstation 1 triage/ })).toBeVisible()
    await expect(again).toHaveURL(/\/overview$/)
    await expect(
      again.getByRole('region', { name: 'What came in' }).getByRole('row', { name: /processes_on_host/ }),
    ).toContainText('363')
  })
})
