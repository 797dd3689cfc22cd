import type { Page } from '@playwright/test'
import { evidence, expect, hasEvidence, test } from '../host.ts'
import { runTerminal } from '../headless.ts'
import { goTo, gridRow, importAll, newHunt } from '../steps.ts'

// Real evidence of five kinds (Microsoft 365, Entra, Windows events, Zeek, MSTICPy) in three hunts that share indicators.

const CLOUD = ['plaso/test_data/m365_activity_log.csv', 'sentinel-training/Artifacts/Telemetry/disable_accounts.csv']
const ENDPOINTS = [
  'evtx-to-mitre-attack/dev/windows_events.csv',
  'sentinel-training/Artifacts/Telemetry/signinLogs.csv',
]
const NETWORK = [
  'otrf-security-datasets/derived/dev/apt29_day1_zeek_dns.csv',
  'msticpy/tests/testdata/mde_proc_cs1.csv',
]
/** The address of the attacker in both cloud exports, and the MD5 of a program that ran on both endpoints. */
const ADDRESS = '175.45.176.99'
const MD5 = '8a2122e8162dbef04694b9c3e0b6cdee'

const shared = (page: Page, value: string) =>
  page.getByRole('grid', { name: 'Shared' }).getByRole('row').filter({ hasText: value })
const record = (page: Page) => page.getByRole('complementary', { name: /^Row / })

test('from import through alerts, a hypothesis and correlation to the shared row in both hunts', async ({
  workspace,
  program,
}) => {
  test.skip(!hasEvidence, 'The evidence is not on this machine.')
  test.slow()
  for (const [hunt, files] of [
    ['Cloud', CLOUD],
    ['Endpoints', ENDPOINTS],
  ] as const) {
    const { code, err } = await runTerminal(workspace, 'import', ...files.map(evidence), '--hunt', hunt, '--json')
    expect(code, err).toBe(0)
  }
  const page = await program.open()
  await newHunt(page, 'Network')
  await importAll(page, NETWORK.map(evidence))

  // What is alarming on the endpoints becomes a hypothesis with its rows.
  await page.getByRole('button', { name: /^Hunt: / }).click()
  await page.getByRole('button', { name: /^Endpoints/ }).click()
  await goTo(page, 'Alerts')
  const alerts = page.getByRole('grid', { name: 'Alerts' })
  await page.getByRole('textbox', { name: 'Search the alerts' }).fill('Mimikatz')
  await expect(gridRow(alerts, 1)).toContainText(/Mimikatz/)
  await gridRow(alerts, 1).click()
  await page.getByRole('button', { name: 'Add to a hypothesis' }).click()
  await page.getByRole('combobox', { name: 'Hypothesis' }).fill('Credentials were dumped')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/rows? added to “Credentials were dumped”/)).toBeVisible()

  // Hunts share the attacker's address and a program; each leads to the very row on both sides.
  await goTo(page, 'Correlate')
  await expect(shared(page, ADDRESS)).toBeVisible()
  await expect(shared(page, MD5)).toBeVisible()
  for (const [value, hunts] of [
    [MD5, ['Endpoints', 'Network']],
    [ADDRESS, ['Cloud', 'Endpoints']],
  ] as const) {
    await goTo(page, 'Correlate')
    await shared(page, value).getByRole('gridcell').first().dblclick()
    await page.getByRole('complementary', { name: 'Shared' }).getByRole('link', { name: 'Find every row' }).click()
    const found = page.getByRole('grid', { name: 'Occurrences' })
    for (const hunt of hunts) {
      await found.getByRole('row').filter({ hasText: hunt }).first().dblclick()
      await expect(page.getByRole('button', { name: `Hunt: ${hunt}` })).toBeVisible()
      await expect(record(page)).toContainText(new RegExp(value, 'i'))
      await page.goBack()
      await expect(found).toBeVisible()
    }
  }
})
