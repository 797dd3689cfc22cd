import { readFileSync } from 'node:fs'
import type { Download, Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { goTo, gridRow, noJobs } from '../steps.ts'

test.use({ start: 'sample' })

const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Map' }).getByRole('link', { name }).click()
const node = (page: Page) => page.getByRole('complementary', { name: /^Node / })

async function command(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill(text)
  await page.keyboard.press('Enter')
}

/** The hunt of connections, from the palette; stands on its saved maps. */
async function openIntrusion(page: Page): Promise<void> {
  await expect(
    page
      .getByRole('link', { name: /^Workstation 1/ })
      .or(page.getByRole('region', { name: 'Hosts' }))
      .first(),
  ).toBeVisible()
  await command(page, 'drawn intrusion')
  await expect(page.getByRole('grid', { name: 'Saved maps' }).getByText('Beacon to 8443')).toBeVisible()
  await noJobs(page)
}

async function exported(page: Page, item: string): Promise<string> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const [download] = await Promise.all<[Promise<Download>, Promise<void>]>([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item, exact: true }).click(),
  ])
  return readFileSync(await download.path(), 'latin1')
}

test('the network shows the beacon, the ways to it and their rows, by keyboard and mouse, and becomes a map', async ({
  window: page,
}) => {
  await openIntrusion(page)
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await expect(page.getByRole('status').filter({ hasText: 'nothing left out' })).toContainText(/\d+ nodes, \d+ edges/)
  await page.keyboard.press('f')
  await page.getByRole('combobox', { name: 'Find a node' }).fill('192.168.0.4')
  await page.keyboard.press('Enter')
  await expect(node(page)).toContainText('8443 ×376')
  await expect(node(page).getByRole('link', { name: 'SOC' })).toHaveAttribute('href', /address\/192\.168\.0\.4/)
  await node(page).getByRole('button', { name: 'Path to…' }).click()
  await page.getByRole('textbox', { name: 'Path to' }).fill('10.0.1.4')
  await page.keyboard.press('Enter')
  await expect(page.locator('.way').nth(1)).toContainText(/192\.168\.0\.4.*nashua.*10\.0\.1\.4/)
  await page.getByRole('button', { name: 'Close the path' }).click()

  await page.getByRole('button', { name: /^Domains/ }).click()
  await expect(page.getByRole('button', { name: /^Domains/ })).toHaveAttribute('aria-pressed', 'false')
  await page.keyboard.press('/')
  await page.keyboard.type('dst_port:8443')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'nothing left out' })).toContainText('2 nodes, 1 edge')
  await gridRow(page.getByRole('grid', { name: 'Edges of the network' }), 1).click()
  const edge = page.getByRole('complementary', { name: /^Edge / })
  await edge.getByRole('link', { name: '376 rows' }).click()
  await expect(page.getByRole('grid', { name: /^Rows of apt29_day1_zeek_conn/ })).toBeVisible()
  await expect(page.getByText('376').first()).toBeVisible()
  await page.goBack()

  expect(await exported(page, 'Drawing (SVG)')).toContain('192.168.0.4</text>')
  expect((await exported(page, 'Picture (PNG)')).slice(1, 4)).toBe('PNG')
  await page.getByRole('button', { name: 'Save as map' }).click()
  await expect(page.getByRole('textbox', { name: 'Name of the map' })).toHaveValue('Map of the network')
})

test('a map is drawn, keeps its history over a reload, takes links from CSV and a cell, and leaves as GraphML', async ({
  window: page,
}) => {
  await openIntrusion(page)
  await gridRow(page.getByRole('grid', { name: 'Saved maps' }), 1)
    .getByRole('gridcell')
    .first()
    .dblclick()
  const picture = page.getByRole('application', { name: /^Map Beacon to 8443: 9 nodes/ })
  await expect(picture).toBeVisible()
  // The new node stands in the middle of the picture as it is before the pane opens beside it.
  const box = await page.locator('.graph-canvas').boundingBox()
  if (!box) throw new Error('There is no picture.')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.keyboard.press('n')
  const pane = page.getByRole('complementary', { name: 'Node' })
  await pane.getByRole('textbox', { name: 'Label' }).fill('Jump host')
  await page.keyboard.press('Enter')
  await pane.getByRole('button', { name: 'Violet' }).click()
  const undo = page.getByRole('button', { name: /^Undo/ })
  await expect(undo).toHaveAccessibleName(/Colour 1 element/)

  await expect(async () => {
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 30, y + 20, { steps: 4 })
    await page.mouse.up()
    await expect(undo).toHaveAccessibleName(/Move 1 element/, { timeout: 1_000 })
  }).toPass()
  await page.reload()
  await expect(undo).toHaveAccessibleName(/Move 1 element/)
  for (const _step of [1, 2, 3, 4]) {
    await page.locator('.graph-canvas').focus()
    await page.keyboard.press('Control+z')
    await page.waitForTimeout(150)
  }
  await expect(undo).toBeDisabled()
  await page.keyboard.press('Control+y')
  await expect(undo).toHaveAccessibleName(/Add a node/)

  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Import links (CSV)' }).click()
  await page.getByRole('textbox', { name: 'Links as CSV' }).fill('source,target,label\nNASHUA,file01,SMB\n,x,')
  await page.getByRole('button', { name: 'Import links' }).click()
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('1 node and 1 link added; 1 line not taken')
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  expect(await exported(page, 'GraphML')).toContain('>file01</data>')

  await goTo(page, 'Evidence')
  const rows = page.getByRole('grid', { name: /^Rows of/ })
  const toMap = async (address: string): Promise<void> => {
    await rows.getByText(address, { exact: true }).first().click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Add to a map' }).hover()
    await page.getByRole('menuitem', { name: 'Beacon to 8443' }).click()
  }
  const told = (text: string) => page.locator('.bp6-toast').filter({ hasText: text })
  await toMap('10.0.1.255')
  await expect(told('10.0.1.255 added to Beacon to 8443')).toBeVisible()
  // NASHUA has this address.
  await toMap('10.0.1.6')
  await expect(told('10.0.1.6 stands on Beacon to 8443 already')).toBeVisible()

  await goTo(page, 'Map')
  await tab(page, 'Hosts')
  const hosts = page.getByRole('grid', { name: 'Hosts' })
  await gridRow(hosts, 1).click()
  await gridRow(hosts, 2).click({ modifiers: ['Control'] })
  await page.getByRole('button', { name: 'Merge 2 hosts' }).click()
  await expect(hosts.getByText('by hand')).toBeVisible()
  await page.locator('.bp6-toast').filter({ hasText: '2 hosts merged' }).getByRole('button', { name: 'Undo' }).click()
  await expect(hosts.getByText('by hand')).toHaveCount(0)
})
