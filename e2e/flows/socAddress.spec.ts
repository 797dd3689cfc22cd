import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { connect, show, socServer, tab, tile } from '../socFlow.ts'
import { looksRight } from '../socLook.ts'
import { gridRow, importAll, newHunt } from '../steps.ts'

const server = socServer()
const chart = (page: Page, name: string) => tile(page, name).locator('.chart svg')

test('from a threat pattern to the address behind it, its rows in the hunts and a verdict; every mark leads on', async ({
  window: page,
  folder,
}) => {
  test.slow()
  const { answers, rows } = server().demo
  const [worst] = answers.bruteForce
  const address = worst?.address ?? ''
  const file = join(folder, 'firewall.csv')
  writeFileSync(file, `Time,src_ip,action\n2026-11-29 10:00:00,${address},deny\n2026-11-29 10:01:00,${address},deny\n`)
  await newHunt(page, 'Perimeter')
  await importAll(page, [file])

  await connect(page, server(), { write: true })

  // Threat patterns, with what a client wrote as text and nothing else.
  await tab(page, 'Behaviour').click()
  await expect(tile(page, 'JA4 rotation').getByRole('row')).toHaveCount(answers.ja4Rotation.length + 1)
  await expect(tile(page, 'User agent rotation')).toContainText('<script>alert(1)</script>')
  await expect(tile(page, 'Fleets').getByRole('row')).toHaveCount(4)
  await looksRight(page, 'threat patterns')
  await show(page, 'Features')
  await expect(tile(page, 'What spoke for detections')).toContainText('TLS and HTTP/2 disagree in 24')
  await looksRight(page, 'features')
  // A number of the twin leads to the sessions behind it, by keyboard; a bar to the detections whose reasons weigh it.
  const averages = tile(page, 'People and bots, on average')
  await averages.getByRole('button', { name: /as a table$/ }).press('Enter')
  await expect(averages.getByRole('row')).toHaveCount(14)
  const people = answers.sessions.filter(({ asnLabel }) => asnLabel === 'isp').length
  await averages.getByRole('row').nth(1).getByRole('link').nth(1).press('Enter')
  await expect(page.getByText(`${people} sessions`, { exact: true }).first()).toBeVisible()
  await page.goBack()
  await tile(page, 'What spoke for detections').getByRole('link').first().click()
  await expect(gridRow(page.getByRole('grid', { name: 'Detections' }), 1)).toBeVisible()
  expect(page.url()).toContain('feature=')
  await page.goBack()
  await show(page, 'Sessions')
  await expect(chart(page, 'Sessions by what they do')).toBeVisible()
  await page.getByRole('combobox', { name: 'Up' }).selectOption('hits')
  await looksRight(page, 'sessions as dots')

  // The address: what it did, what is said of it, where it stands in the hunts.
  await show(page, 'Threat patterns')
  await tile(page, 'Brute force').getByRole('link', { name: address, exact: true }).click()
  await expect(page.getByRole('heading', { name: address })).toBeVisible()
  await expect(tile(page, 'Requests').getByRole('row')).toHaveCount(101)
  await expect(chart(page, 'Features against baselines')).toBeVisible()
  await expect(page.getByRole('link', { name: '2 rows in 1 hunt' })).toBeVisible()
  await looksRight(page, 'address')
  const verdicts = page.getByRole('list', { name: 'Verdicts so far' }).getByRole('listitem')
  const before = rows.soc_feedback.filter(({ src_ip }) => src_ip === `::ffff:${address}`).length
  await expect(verdicts).toHaveCount(before)
  await page.keyboard.press('3')
  await page.getByRole('textbox', { name: 'Comment' }).fill('Our own scanner')
  await page.getByRole('button', { name: 'Save verdict' }).click()
  await expect(verdicts).toHaveCount(before + 1)
  await expect(verdicts.first()).toContainText('False positive')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(verdicts).toHaveCount(before)

  // On to its fingerprint, whose bars lead to the scores of that hour.
  await tile(page, 'Fingerprints').getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: /^t13d/ })).toBeVisible()
  await expect(tile(page, 'In short')).toContainText('Some addresses')
  await expect(chart(page, 'Sessions per hour')).toBeVisible()
  await looksRight(page, 'JA4')
  await tile(page, 'Threat levels').getByRole('link').first().click()
  await expect(page.getByRole('grid', { name: 'Scores' })).toBeVisible()
  expect(page.url()).toContain('ja4=t13d')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByText(`${answers.scores.week.toLocaleString('en-US')} scores`).first()).toBeVisible()

  // Traffic: a cell of the week leads to the requests it counts.
  await tab(page, 'Traffic').click()
  const grid = page.getByRole('grid', { name: 'Requests' })
  await expect(gridRow(grid, 1)).toBeVisible()
  await page.getByRole('combobox', { name: 'Method' }).selectOption('POST')
  await expect(gridRow(grid, 1)).toContainText('POST')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await show(page, 'Where and when')
  await expect(chart(page, 'Requests by hour and day')).toBeVisible()
  await looksRight(page, 'where and when')
  await chart(page, 'Requests by hour and day').click({ position: { x: 450, y: 80 } })
  await expect(page.getByRole('grid', { name: 'Requests' })).toBeVisible()
  const { searchParams } = new URL(page.url().replace('#', ''))
  const cell = answers.heatmap[`${searchParams.get('dow')}-${searchParams.get('hour')}`] ?? -1
  await expect(page.getByText(`${cell} requests`, { exact: true }).first()).toBeVisible()

  // Back to the evidence.
  await tab(page, 'Behaviour').click()
  await tile(page, 'Brute force').getByRole('link', { name: address, exact: true }).click()
  await page.getByRole('link', { name: '2 rows in 1 hunt' }).click()
  await expect(page.getByText('firewall.csv').first()).toBeVisible()
})
