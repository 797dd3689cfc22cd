import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { choose, drop, writeRepeated } from '../files.ts'
import { expect, sample, test } from '../host.ts'
import { root } from '../headless.ts'
import { columnTexts, goTo, gridRow, importAll, newHunt, noJobs } from '../steps.ts'

const firstRows = (page: Page) => page.getByRole('grid', { name: 'First rows' })
const started = (page: Page) => page.getByRole('region', { name: 'Imports begun here' })
const importThis = (page: Page) => page.getByRole('button', { name: /^Import (about )?[\d,]+ rows?$/ })
const askForFiles = (page: Page) => () => page.getByRole('button', { name: 'Choose files' }).click()

/** A table as a German program of the nineties writes it: semicolons, code page 1252, local times. */
function germanTable(folder: string): string {
  const path = join(folder, 'Zugriffe.csv')
  const lines = [
    'Zeit;Benutzer;Grund;Mehr',
    '2024-03-01 10:00:00;Jürgen;geöffnet, gelesen;ip=10.0.0.5, tat=net use',
    '2024-03-01 11:30:00;Käthe;gelöscht;ip=10.0.0.9',
  ]
  writeFileSync(path, Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1'))
  return path
}

test('a chosen file is previewed before anything is imported: tool, encoding, mapping, first rows', async ({
  window: page,
}) => {
  await newHunt(page, 'Preview')
  await choose(page, askForFiles(page), sample('processes_on_host.csv'))
  await expect(page.getByText('Windows process creation (4688)').first()).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Encoding' })).toHaveValue('utf-8')
  await expect(page.getByRole('combobox', { name: 'Delimiter' })).toHaveValue(',')
  await expect(page.getByRole('combobox', { name: 'Time column' })).toHaveValue('TimeGenerated')
  await expect(page.getByRole('button', { name: 'Fields of CommandLine: command_line' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Fields of Computer: hostname' })).toBeVisible()
  await expect(gridRow(firstRows(page), 1)).toContainText('2019-01-15 05:24:24.010')
  await expect(importThis(page)).toHaveText('Import 363 rows')
  await goTo(page, 'Overview')
  await expect(page.getByRole('heading', { name: 'No evidence yet' })).toBeVisible()
})

test('encoding, delimiter, times, fields, packed columns and columns shown first can be set, are previewed anew, and hold for the import', async ({
  window: page,
  folder,
}) => {
  await newHunt(page, 'Overrides')
  await choose(page, askForFiles(page), germanTable(folder))
  await expect(page.getByRole('combobox', { name: 'Encoding' })).toHaveValue('windows-1252')
  await expect(page.getByRole('combobox', { name: 'Delimiter' })).toHaveValue(';')
  await expect(gridRow(firstRows(page), 1)).toContainText('Jürgen')

  await page.getByRole('combobox', { name: 'Encoding' }).selectOption('windows-1251')
  await expect(gridRow(firstRows(page), 1)).toContainText('Jьrgen')
  await page.getByRole('combobox', { name: 'Delimiter' }).selectOption(',')
  await expect(
    page
      .getByText('of 1 column have a field')
      .or(page.getByText(/of \d columns? have a field/))
      .first(),
  ).toBeVisible()
  await expect(firstRows(page).getByRole('columnheader')).not.toHaveCount(4)
  await page.getByRole('button', { name: 'As detected' }).click()
  await expect(gridRow(firstRows(page), 1)).toContainText('Jürgen')

  await page.getByRole('combobox', { name: 'Time column' }).selectOption({ label: 'None, rows have no time' })
  await expect(page.getByText('time of the row')).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Time column' }).selectOption('Zeit')
  await expect(page.getByText('time of the row')).toBeVisible()
  const zone = page.getByRole('combobox', { name: 'Zone' })
  await zone.fill('Europe/Vienna')
  await zone.press('Enter')
  await page.getByRole('radio', { name: 'All 4' }).click()
  await page.getByRole('button', { name: 'Fields of Grund' }).click()
  for (const field of ['description', 'event_type']) {
    await page.getByRole('combobox', { name: 'Fields of Grund' }).fill(field)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Fields of Grund: description, event_type' })).toBeFocused()
  await page.getByRole('button', { name: 'Take apart Mehr: whole' }).press('Enter')
  const packed = page.getByRole('dialog', { name: 'Take apart Mehr' })
  await expect(packed).toContainText('2 columns, from 2 of the first 2 filled cells')
  await packed.getByRole('radio', { name: 'JSON' }).click()
  await expect(packed.getByRole('status')).toContainText('None of the first 2 cells')
  await packed.getByRole('radio', { name: 'key=value' }).click()
  await packed.getByRole('button', { name: 'Take apart' }).click()
  await expect(page.getByRole('button', { name: 'Take apart Mehr: 2 parts' })).toBeFocused()
  await page.getByRole('checkbox', { name: 'Show Mehr.tat first' }).check()
  await importThis(page).click()
  await started(page).getByRole('link', { name: 'Open' }).click()

  const rows = page.getByRole('grid', { name: /^Rows of Zugriffe/ })
  await expect(gridRow(rows, 1)).toContainText('2024-03-01 09:00:00')
  await expect(gridRow(rows, 2)).toContainText('Käthe')
  await expect(rows.locator('[role="columnheader"][aria-colindex="3"]')).toContainText('Mehr.tat')
  await expect(rows.getByRole('columnheader', { name: /description/ })).toBeVisible()
  await page.getByRole('textbox', { name: 'Search the rows' }).fill('description:gelöscht')
  await page.getByRole('textbox', { name: 'Search the rows' }).press('Enter')
  await expect(rows).toHaveAttribute('aria-rowcount', '2')
})

test('records that do not fit are kept aside with line and reason, before and after the import', async ({
  window: page,
  folder,
}) => {
  const path = join(folder, 'ragged.csv')
  writeFileSync(
    path,
    'time,user,ip\n2024-03-01T10:00:00Z,anna,10.0.0.1\nbroken line\n2024-03-01T10:00:02Z,bert,10.0.0.2\na,b,c,d,e\n2024-03-01T10:00:04Z,cleo,10.0.0.3\n',
  )
  await newHunt(page, 'Quarantine')
  await choose(page, askForFiles(page), path)
  const aside = page.getByRole('list', { name: 'Records that would be quarantined' })
  await expect(aside).toContainText('line 3, byte 48: 1 of 3 fields')
  await expect(aside).toContainText('line 5')
  await page.getByRole('button', { name: 'Import 3 rows' }).click()
  await expect(started(page)).toContainText('3 rows, 2 records quarantined')

  await page.getByRole('button', { name: 'Show datasets' }).click()
  await gridRow(page.getByRole('grid'), 1).click()
  await page.getByRole('radio', { name: '2 quarantined' }).click()
  const third = page.getByRole('region', { name: 'Line 3' })
  await expect(third).toContainText('1 of 3 fields')
  await expect(third).toContainText('broken line')
  await expect(page.getByRole('region', { name: 'Line 5' })).toContainText('5 of 3 fields')
})

test('of several dropped files the one that is no table is refused with its reason, and the others are imported', async ({
  window: page,
}) => {
  await newHunt(page, 'Dropped')
  await drop(page, [
    sample('host_logons.csv'),
    join(root, 'resources', 'icons', '16x16.png'),
    sample('processes_on_host.csv'),
  ])
  await expect(page.getByRole('grid', { name: 'Files that wait' })).toHaveAttribute('aria-rowcount', '4')
  await page.getByRole('button', { name: 'Import all 3' }).click()
  await expect(started(page).getByRole('link', { name: 'Open' })).toHaveCount(2)
  await expect(started(page).getByRole('listitem').filter({ hasText: '16x16.png' })).toContainText(
    /not a table|picture|image|binary/i,
  )
  await noJobs(page)
  await page.getByRole('contentinfo').getByRole('button', { name: /jobs/i }).click()
  const jobs = page.getByRole('region', { name: 'Jobs' })
  await expect(jobs).toContainText('1 file could not be imported')
  await jobs.getByRole('button', { name: 'Details' }).click()
  await expect(jobs).toContainText('16x16.png')
})

test('a folder is taken with everything in it, chosen or dropped, and names keep their path', async ({
  window: page,
  folder,
}) => {
  const triage = join(folder, 'triage')
  mkdirSync(join(triage, 'dc01'), { recursive: true })
  writeFileSync(join(triage, 'a.csv'), 'user,ip\nanna,10.0.0.1\n')
  writeFileSync(join(triage, 'dc01', 'b.csv'), 'user,ip\nbert,10.0.0.2\n')
  await newHunt(page, 'Folder')
  await choose(page, () => page.getByRole('button', { name: 'Choose folder' }).click(), triage)
  const waiting = page.getByRole('grid', { name: 'Files that wait' })
  await expect(waiting).toContainText('triage/a.csv')
  await expect(waiting).toContainText('triage/dc01/b.csv')
  await page.getByRole('button', { name: 'Import all 2' }).click()
  await expect(started(page).getByRole('link', { name: 'Open' })).toHaveCount(2)

  await newHunt(page, 'Folder again')
  await drop(page, [triage])
  await expect(waiting).toContainText('triage/dc01/b.csv')
  await expect(gridRow(page.getByRole('grid', { name: 'First rows' }), 1)).toContainText('anna')
})

test('the same bytes imported again are linked to what is there and counted once', async ({ window: page, folder }) => {
  const [first, again] = [join(folder, 'first.csv'), join(folder, 'again.csv')]
  for (const path of [first, again]) writeFileSync(path, 'user,ip\nanna,10.0.0.1\nbert,10.0.0.2\n')
  await newHunt(page, 'Twice')
  await importAll(page, [first])
  await importAll(page, [again])
  await expect(started(page)).toContainText('imported before: the same bytes')
  await goTo(page, 'Overview')
  await expect(page.locator('dl.figures')).toContainText('1 dataset, none quarantined')
})

test('the first rows of a large file are there before the whole of it is handed over', async ({
  window: page,
  folder,
}, info) => {
  test.skip(info.project.name === 'electron', 'There the path is handed over, not the bytes.')
  const path = join(folder, 'large.csv')
  const line = `2024-03-01T10:00:00Z,host7,user99,${'x'.repeat(80)}`
  await writeRepeated(path, 'time,host,user,text', line, 20_000_000)
  const { promise: seen, resolve: letGo } = Promise.withResolvers<void>()
  await page.route('**/files', async (route) => {
    if (route.request().headers()['x-file-size'] === undefined) await seen
    await route.continue()
  })
  await newHunt(page, 'Large')
  await choose(page, askForFiles(page), path)
  await expect(gridRow(firstRows(page), 1)).toContainText('user99')
  await expect(importThis(page)).toHaveText(/^Import about 1\d\d,\d\d\d rows$/)
  await importThis(page).click()
  await expect(page.getByText('Handing the file over')).toBeVisible()
  letGo()
  await expect(started(page).getByRole('link', { name: 'Open' })).toHaveCount(1, { timeout: 60_000 })
  await expect(started(page)).toContainText(/1\d\d,\d\d\d rows, 0 records quarantined/)
})

test('cancelling a large import leaves nothing behind', async ({ window: page, folder, workspace }) => {
  const path = join(folder, 'large.csv')
  const line = `2024-03-01T10:00:00Z,host7,user99,${'x'.repeat(120)}`
  await writeRepeated(path, 'time,host,user,text', line, 140_000_000)
  await newHunt(page, 'Large')
  await choose(page, askForFiles(page), path)
  await importThis(page).click({ timeout: 60_000 })
  await started(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(started(page)).toContainText(/cancel/i)
  await page.getByRole('contentinfo').getByRole('button', { name: /jobs/i }).click()
  await expect(page.getByRole('region', { name: 'Jobs' })).toContainText(
    'The import was cancelled; nothing of it was kept.',
  )
  await page.keyboard.press('Escape')
  await goTo(page, 'Overview')
  await expect(page.getByRole('heading', { name: 'No evidence yet' })).toBeVisible()
  await expect.poll(() => readdirSync(join(workspace, 'datasets'))).toEqual([])
  await expect.poll(() => filesBelow(join(workspace, 'sources'))).toEqual([])
})

const filesBelow = (folder: string): string[] => {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    return []
  }
}

test('analyzers run on what is imported, and their alerts appear without a reload', async ({ window: page }) => {
  await newHunt(page, 'Alerts come')
  await goTo(page, 'Alerts')
  await expect(page.getByRole('heading', { name: 'No alerts yet' })).toBeVisible()
  await drop(page, [sample('processes_on_host.csv')])
  await expect(page.getByRole('checkbox', { name: 'Run analyzers' })).toBeChecked()
  await importThis(page).click()
  await goTo(page, 'Alerts')
  const alerts = page.getByRole('grid', { name: 'Alerts' })
  await expect(gridRow(alerts, 1)).toBeVisible()
  expect((await columnTexts(alerts, 'Severity', 1))[0]).toBe('Critical')
  await expect(page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: /Alerts/ })).toContainText(
    /\d/,
  )
})
