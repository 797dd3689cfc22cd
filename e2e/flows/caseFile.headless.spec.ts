import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { faults } from '../faults.ts'
import { drop } from '../files.ts'
import { startHeadless } from '../headless.ts'
import { expect, newContext, test } from '../host.ts'
import { misfits } from '../look.ts'
import { goTo, toSample } from '../steps.ts'

const PASSPHRASE = 'correct horse battery staple'

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
}

/** Exports the hunt on screen, encrypted; answers where the browser saved it. */
async function exportTo(page: Page, path: string): Promise<string> {
  await command(page, 'Export case file')
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

const alert = (page: Page) =>
  page
    .getByRole('grid', { name: 'Alerts' })
    .getByText(/shadow cop/i)
    .first()

test.use({ start: 'sample' })

test('a hunt goes encrypted to a colleague, opens there without the sources, is changed on both sides and comes back merged', async ({
  window: anna,
  folder,
  chrome,
  viewport,
}) => {
  test.setTimeout(120_000)
  await toSample(anna)
  await goTo(anna, 'Alerts')
  await alert(anna).click()
  await anna.keyboard.press('e')
  await expect(anna.getByRole('complementary', { name: 'Alert' })).toContainText('In progress')
  const sent = await exportTo(anna, join(folder, 'to-ben.huntcase'))

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
    await expect(ben.getByRole('row', { name: /^Alerts/ })).toBeVisible()
    await ben.getByRole('button', { name: /^Import \d+ new, 0 updated$/ }).click()
    await ben
      .getByRole('link', { name: /^Open Workstation 1/ })
      .or(ben.getByRole('button', { name: /^Open Workstation 1/ }))
      .click()
    await expect(ben.getByRole('region', { name: 'Hosts' })).toContainText('MSTICAlertsWin1')
    await goTo(ben, 'Alerts')
    await alert(ben).click()
    const pane = ben.getByRole('complementary', { name: 'Alert' })
    await expect(pane).toContainText('In progress')
    await ben.keyboard.press('r')
    await expect(pane).toContainText('Resolved')
    await exportTo(ben, join(folder, 'to-anna.huntcase'))
  } finally {
    await context.close()
    await shell.stop()
  }

  await goTo(anna, 'Alerts')
  await alert(anna).click()
  await anna.keyboard.press('f')
  await expect(anna.getByRole('complementary', { name: 'Alert' })).toContainText('False positive')
  await preview(anna, join(folder, 'to-anna.huntcase'))
  const conflicts = anna.getByRole('region', { name: 'Changed here and there' })
  await expect(conflicts).toContainText('resolved')
  expect(await misfits(anna)).toEqual([])
  expect(await faults(anna)).toEqual([])
  await conflicts.getByRole('radio', { name: 'Theirs' }).click()
  await anna.getByRole('button', { name: /^Import 1 new, 1 updated$/ }).click()
  await expect(anna.getByText('Imported: 1 new, 1 updated')).toBeVisible()
  await anna.goBack()
  await goTo(anna, 'Alerts')
  await alert(anna).click()
  await expect(anna.getByRole('complementary', { name: 'Alert' })).toContainText('Resolved')
})
