import { expect, test } from '../host.ts'
import { askServer, connect, socServer, tab, tile } from '../socFlow.ts'
import { fits, looksRight } from '../socLook.ts'
import { gridRow } from '../steps.ts'

const server = socServer()
const said = (): Promise<string> =>
  askServer(server(), 'SELECT count(), argMax(classification, created_at) FROM ja4_processing.soc_feedback FORMAT TSV')

test('a campaign is opened from its picture, addresses are classified by keyboard, a signature comes and goes, lists are searched', async ({
  window: page,
}) => {
  test.slow()
  await connect(page, server())
  const { answers } = server().demo

  // Campaigns: 48 addresses in four heaps; one is opened by its name in the picture, and leads to its rows.
  await tab(page, 'Campaigns').click()
  const links = tile(page, 'Links in campaigns')
  await expect(links).toContainText(/\d+ addresses, \d+ links/)
  await expect(tile(page, 'Campaigns').getByRole('row')).toHaveCount(
    1 + answers.campaigns.filter(({ members }) => members > 0).length,
  )
  await looksRight(page, 'campaigns')
  await links.locator('svg text', { hasText: /^#3/ }).click()
  await expect(page.getByRole('heading', { name: 'Campaign #3' })).toBeVisible()
  const figures = answers.campaigns.find(({ id }) => id === 3)
  await expect(page.getByText(String(figures?.members), { exact: true }).first()).toBeVisible()
  await expect(tile(page, 'Profile of the campaign')).toContainText('Mean hits')
  await looksRight(page, 'campaign')
  await page.getByRole('link', { name: 'Its detections' }).click()
  await expect(page.getByText(`${figures?.members} detections`).first()).toBeVisible()
  await expect(gridRow(page.getByRole('grid', { name: 'Detections' }), 1)).toContainText(figures?.ja4s[0] ?? '')

  // Nothing is written where the connection does not say so.
  const queue = page.getByRole('grid', { name: 'To classify next' })
  await expect(async () => {
    await page.getByRole('radio', { name: 'Classify' }).click()
    await expect(queue).toBeVisible({ timeout: 5_000 })
  }).toPass({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: /^True positive/ })).toBeDisabled()
  await page.getByRole('link', { name: 'Settings of soc-demo' }).click()
  await page.getByRole('checkbox', { name: /write/ }).check({ force: true })
  await page.keyboard.press('Control+s')
  await page.getByRole('button', { name: 'Open in SOC' }).click()
  await tab(page, 'Detections').click()
  await page.getByRole('radio', { name: 'Classify' }).click()

  // The queue: to the second address, a comment, a verdict, taken back, given again.
  const first = answers.unclassified[1]?.address ?? ''
  await expect(queue.getByRole('row').nth(2)).toContainText(first)
  await page.keyboard.press('j')
  await expect(page.getByRole('group', { name: `Verdict on ${first}` })).toBeVisible()
  await looksRight(page, 'classify')
  await page.keyboard.press('c')
  await page.keyboard.type('Seen before <b>')
  await page.keyboard.press('Enter')
  await page.keyboard.press('f')
  await expect(queue.getByText(first, { exact: true })).toHaveCount(0)
  await expect(tile(page, 'Verdicts')).toContainText('Seen before <b>')
  expect(await said()).toBe('7\tfalse_positive')
  await page.keyboard.press('Control+z')
  await expect(queue.getByText(first, { exact: true })).toHaveCount(1)
  await expect.poll(said).toMatch(/^6\t/)
  await page.getByRole('button', { name: /^Suspicious/ }).click()
  await expect(tile(page, 'Verdicts by kind').getByRole('listitem').filter({ hasText: 'Suspicious' })).toContainText(
    '2',
  )

  // Signatures: one is added and found, deleted after a question, and comes back.
  await tab(page, 'Fingerprints').click()
  await page.getByRole('radio', { name: 'Browser signatures' }).click()
  const signatures = tile(page, 'Signatures')
  await expect(signatures.getByRole('row')).toHaveCount(5)
  await signatures.getByRole('textbox', { name: 'HTTP/2 fingerprint' }).fill('1:1|2|0|m,a,s,p')
  await signatures.getByRole('combobox', { name: 'Family' }).selectOption('Edge')
  await signatures.getByRole('textbox', { name: 'HTTP/2 fingerprint' }).press('Enter')
  const entry = signatures.getByRole('row').filter({ hasText: '1:1|2|0|m,a,s,p' })
  await expect(entry).toContainText('Edge')
  await entry.getByRole('button').click()
  await page.getByRole('button', { name: 'Delete signature' }).click()
  await expect(entry).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(entry).toHaveCount(1)
  await looksRight(page, 'signatures')

  // Lists: searched, counted, one by one; models and health have their charts.
  await tab(page, 'Reference lists').click()
  await page.getByRole('link', { name: /^Networks and their owners/ }).click()
  await page.keyboard.press('/')
  await page.keyboard.type('example network 64')
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 lines').first()).toBeVisible()
  await looksRight(page, 'lists')
  for (const [name, part] of [
    ['Models', 'Drift'],
    ['Health', 'Anomalous sessions'],
  ] as const) {
    await tab(page, name).click()
    await expect(tile(page, part).locator('svg').first()).toBeVisible()
    await looksRight(page, name)
  }
  for (const path of [
    ...['fingerprints', 'fingerprints?show=discovery', 'detections?show=scores', 'detections?show=recurrence'],
    ...['traffic?show=sessions', 'behaviour?show=live', 'lists?list=dictionaries'],
  ])
    await fits(page, path)
  await tab(page, 'Health').click()
  // A point of a line leads to what its cycle scored: here the newest one of a model, by the twin.
  const anomalous = tile(page, 'Anomalous sessions')
  await anomalous.getByRole('button', { name: /as a table$/ }).click()
  await anomalous.getByRole('row').nth(1).getByRole('link').first().press('Enter')
  await expect(page.getByRole('grid', { name: 'Scores' })).toBeVisible()
  expect(page.url()).toContain('model_name=')
})
