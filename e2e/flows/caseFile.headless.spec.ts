import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { faults } from '../faults.ts'
import { drop } from '../files.ts'
import { startHeadless } from '../headless.ts'
import { expect, newContext, sample, test } from '../host.ts'
import { misfits } from '../look.ts'
import { goTo, gridRow, noJobs } from '../steps.ts'

const PASSPHRASE = 'correct horse battery staple'
const BEACON = 'Beacon: 10.0.1.6 to 192.168.0.4:8443'

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
}

/** Chooses the case of this name, or opens one, by keyboard. */
async function intoCase(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Case' }).fill(name)
  await expect(page.getByRole('option', { name }).first()).toBeVisible()
  await page.keyboard.press('Enter')
}

const tab = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Case', exact: true }).getByRole('link', { name }).click()
const toast = (page: Page): Locator => page.locator('.bp6-toast')
const alertPane = (page: Page): Locator => page.getByRole('complementary', { name: 'Alert' })

async function openBeacon(page: Page): Promise<void> {
  await goTo(page, 'Alerts')
  await page.getByRole('grid', { name: 'Alerts' }).getByText(BEACON).first().click()
  await expect(alertPane(page).getByRole('heading', { level: 1 })).toHaveText(BEACON)
}

/** Exports the case on screen, encrypted; answers where the browser saved it. */
async function exportCase(page: Page, path: string): Promise<string> {
  await page.getByRole('button', { name: 'Export case file' }).click()
  const panel = page.getByRole('region', { name: 'Export case file' })
  await expect(panel).toContainText('are not included')
  await panel.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: /^Export [\d,]+ rows$/ }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/\.huntcase$/)
  await file.saveAs(path)
  await expect(panel.getByRole('status')).toContainText('exported, encrypted')
  return path
}

/** Drops a case file on the window, opens it and asks for a preview. */
async function preview(page: Page, path: string): Promise<void> {
  await drop(page, [path])
  await page.getByLabel('Passphrase').fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Preview import' }).click()
  await expect(page.getByRole('region', { name: 'What the import changes' })).toBeVisible()
}

test('evidence becomes an attack, a map and a case; the case goes encrypted to a colleague, is found there without the sources, changed on both sides and merged', async ({
  window: anna,
  folder,
  chrome,
  viewport,
}) => {
  test.setTimeout(180_000)
  // Evidence: connections of an intrusion, and events of a host that raise alerts.
  await expect(anna.getByRole('heading', { name: 'Start with evidence' })).toBeVisible()
  await drop(anna, [sample(join('apt29', 'apt29_day1_zeek_conn.csv')), sample('host_logons.csv')])
  await anna.getByRole('textbox', { name: 'Name of the hunt' }).fill('Intrusion')
  await anna.keyboard.press('Enter')
  await anna.getByRole('button', { name: 'Import all 2' }).click()
  await expect(
    anna.getByRole('region', { name: 'Imports begun here' }).getByRole('link', { name: 'Open' }),
  ).toHaveCount(2)
  await noJobs(anna)

  // The attack, and where it comes from in two clicks.
  await openBeacon(anna)
  await alertPane(anna).getByRole('button', { name: 'Provenance' }).click()
  const chain = alertPane(anna).getByRole('region', { name: 'Provenance' })
  await expect(chain).toContainText('the bytes are those of the import')
  await expect(chain).toContainText('4741b62a81f42f2b6cf409730bf8d9ff948793c4144864ff3138c9828770b496')
  await anna.keyboard.press('c')
  await intoCase(anna, 'Foothold on NASHUA')
  await expect(alertPane(anna).getByRole('link', { name: '1 Foothold on NASHUA' })).toBeVisible()

  // It is drawn: the network of that port, and what is known beside it.
  await goTo(anna, 'Map')
  await anna.keyboard.press('/')
  await anna.keyboard.type('dst_port:8443')
  await anna.keyboard.press('Enter')
  await expect(anna.getByRole('status').filter({ hasText: 'nothing left out' })).toContainText('2 nodes, 1 edge')
  await gridRow(anna.getByRole('grid', { name: 'Edges of the network' }), 1).click()
  const rows = anna.getByRole('complementary', { name: /^Edge / }).getByRole('link', { name: '376 rows' })
  const toRows = await rows.getAttribute('href')
  await anna.getByRole('button', { name: 'Save as map' }).click()
  await expect(anna.getByRole('application', { name: /^Map Map of the network: 2 nodes/ })).toBeVisible()
  await anna.keyboard.press('n')
  await anna.getByRole('complementary', { name: 'Node' }).getByRole('textbox', { name: 'Label' }).fill('Operator')
  await anna.keyboard.press('Enter')
  await expect(anna.getByRole('application', { name: /: 3 nodes/ })).toBeVisible()

  // The case takes in its last row, taken back once, and the address from its cell.
  await anna.evaluate((to) => (location.hash = to), toRows ?? '')
  const grid = anna.getByRole('grid', { name: /^Rows of apt29_day1_zeek_conn/ })
  await gridRow(grid, 1).getByRole('gridcell').nth(1).click()
  await anna.keyboard.press('c')
  await intoCase(anna, 'Foothold')
  await expect(toast(anna)).toContainText('1 row added to case 001 Foothold on NASHUA')
  await anna.keyboard.press('ControlOrMeta+z')
  await gridRow(grid, 1).getByText('192.168.0.4').click({ button: 'right' })
  await anna.getByRole('menuitem', { name: 'Add the indicator to a case' }).hover()
  await anna.getByRole('menuitem', { name: '001 Foothold on NASHUA' }).click()
  await expect(toast(anna)).toContainText('192.168.0.4 added')
  await anna.keyboard.press('Escape')
  await gridRow(grid, 2).getByRole('gridcell').nth(1).click()
  await anna.keyboard.press('Control+End')
  await command(anna, 'Add the selected rows to a case')
  await intoCase(anna, 'Foothold')
  await expect(toast(anna)).toContainText('1 row added')

  // And a task, the map, and a note that refers to that row.
  await goTo(anna, 'Cases')
  await anna
    .getByRole('link', { name: /Foothold on NASHUA/ })
    .first()
    .click()
  await anna.keyboard.press('n')
  await anna.getByRole('textbox', { name: 'New task' }).fill('Image the disk')
  await anna.keyboard.press('Enter')
  await anna.keyboard.press('Escape')
  await anna.getByRole('button', { name: 'Add a map to the case' }).click()
  await anna.getByRole('menuitem', { name: /Map of the network/ }).click()
  await tab(anna, /^Notes/)
  await anna.getByRole('button', { name: 'New note' }).click()
  await anna.getByRole('textbox', { name: 'Title of the note' }).fill('Last beacon')
  await anna.getByRole('textbox', { name: /^Text of the note/ }).fill('Seen in')
  await anna.getByRole('button', { name: 'Insert reference' }).click()
  await anna.getByRole('combobox', { name: 'Reference' }).fill('row')
  await anna.keyboard.press('Enter')
  const reference = anna.getByLabel('How it reads').getByRole('link')
  await expect(reference).toHaveText(/apt29_day1_zeek_conn\.csv row \d{3}/)
  const cited = (await reference.innerText()).trim()
  await anna.keyboard.press('Control+Enter')
  await expect(anna.getByRole('article', { name: 'Last beacon' })).toContainText(cited)
  const sent = await exportCase(anna, join(folder, 'to-ben.huntcase'))

  const workspace = join(folder, 'ben')
  mkdirSync(workspace)
  const shell = await startHeadless(workspace)
  const context = await newContext(await chrome(), { viewport: viewport ?? null, colorScheme: null })
  try {
    const ben = await context.newPage()
    await ben.goto(shell.url)
    await expect(ben.getByRole('button', { name: 'Open sample' })).toBeVisible()
    await drop(ben, [sent])
    await ben.getByLabel('Passphrase').fill('wrong')
    await ben.keyboard.press('Enter')
    await expect(ben.getByRole('alert')).toContainText('This passphrase does not open the case file')
    await ben.getByLabel('Passphrase').fill(PASSPHRASE)
    await ben.keyboard.press('Enter')
    await expect(ben.getByText('TLP:AMBER', { exact: true })).toBeVisible()
    await ben.getByRole('button', { name: 'Check every hash' }).click()
    await expect(ben.getByText('Every hash is right')).toBeVisible()
    await ben.getByRole('button', { name: 'Preview import' }).click()
    await ben.getByRole('button', { name: /^Import \d+ new, 0 updated$/ }).click()
    await expect(ben.getByText(/^Imported: \d+ new/)).toBeVisible()

    // Everything is there, without the sources.
    await goTo(ben, 'Cases')
    await ben
      .getByRole('link', { name: /Foothold on NASHUA/ })
      .first()
      .click()
    const about = ben.getByRole('complementary', { name: 'About the case' })
    await expect(about).toContainText('192.168.0[.]4')
    await expect(ben.getByRole('region', { name: 'Findings' })).toContainText(BEACON)
    await about.getByRole('link', { name: 'Map of the network' }).click()
    await expect(ben.getByRole('application', { name: /: 3 nodes/ })).toBeVisible()
    await ben.goBack()
    await tab(ben, /^Notes/)
    await ben.getByRole('article', { name: 'Last beacon' }).getByRole('link').click()
    const record = ben.getByRole('complementary', { name: /^Row / })
    await expect(record).toContainText(`${/row \d+/.exec(cited)?.[0] ?? ''} of the source`)
    await ben.goBack()
    await tab(ben, /^Alerts/)
    await ben.getByRole('link', { name: BEACON }).click()
    await alertPane(ben).getByRole('button', { name: 'Provenance' }).click()
    await expect(alertPane(ben).getByRole('region', { name: 'Provenance' })).toContainText(
      /row \d+ of the source.*the source is not reachable now/s,
    )

    // Ben works on it: the alert, the task, a note of his own.
    await ben.getByRole('heading', { level: 1, name: BEACON }).click()
    await ben.keyboard.press('r')
    await expect(alertPane(ben)).toContainText('Resolved')
    await alertPane(ben).getByRole('link', { name: '1 Foothold on NASHUA' }).click()
    await ben.getByRole('button', { name: /Image the disk/ }).focus()
    await ben.keyboard.press('Alt+ArrowRight')
    await expect(ben.getByRole('group', { name: 'In progress' })).toContainText('Image the disk')
    await exportCase(ben, join(folder, 'to-anna.huntcase'))
  } finally {
    await context.close()
    await shell.stop()
  }

  // Anna decided otherwise meanwhile; she sees both and takes his.
  await openBeacon(anna)
  await anna.keyboard.press('f')
  await expect(alertPane(anna)).toContainText('False positive')
  await preview(anna, join(folder, 'to-anna.huntcase'))
  const conflicts = anna.getByRole('region', { name: 'Changed here and there' })
  await expect(conflicts).toContainText('resolved')
  expect(await misfits(anna)).toEqual([])
  expect(await faults(anna)).toEqual([])
  await conflicts.getByRole('radio', { name: 'Theirs' }).click()
  await anna.getByRole('button', { name: /^Import \d+ new, \d+ updated$/ }).click()
  await expect(anna.getByText(/^Imported: \d+ new, \d+ updated/)).toBeVisible()
  await goTo(anna, 'Cases')
  await anna
    .getByRole('link', { name: /Foothold on NASHUA/ })
    .first()
    .click()
  await expect(anna.getByRole('group', { name: 'In progress' })).toContainText('Image the disk')
  await tab(anna, /^Alerts/)
  await expect(anna.getByRole('row', { name: new RegExp(BEACON.replaceAll('.', '\\.')) })).toContainText('Resolved')
  await tab(anna, /^Activity/)
  await expect(anna.getByText(/entries, chain intact/)).toBeVisible()
})
