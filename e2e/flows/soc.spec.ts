import { USERS } from '../../src-main/clickhouse/localServer.ts'
import { expect, test } from '../host.ts'
import { askServer, socServer, tab, tile } from '../socFlow.ts'
import { looksRight } from '../socLook.ts'
import { goTo, gridRow } from '../steps.ts'

const server = socServer()

/** Queries of the program that run on the server now. */
const running = async (like: string): Promise<number> =>
  Number(
    await askServer(
      server(),
      `SELECT count() FROM system.processes WHERE query_id LIKE 'huntbench-%' AND query LIKE {like:String}`,
      { like },
    ),
  )

test('a connection is added and tested, the overview leads to its rows, what is missing darkens its part only, and leaving stops what runs', async ({
  window: page,
}) => {
  // From nothing to the console.
  await goTo(page, 'SOC')
  await page.getByRole('button', { name: 'Add a connection' }).click()
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused()
  await page.keyboard.type('soc-demo')
  await page.getByRole('textbox', { name: 'Address of the HTTP interface' }).fill(server().url)
  await page.getByRole('textbox', { name: 'User' }).fill(USERS.analyst.name)
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Wrong user or password' })).toBeVisible()
  await page.getByLabel('Password').fill(USERS.analyst.password)
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Everything that panels need is there.' })).toContainText(
    'may only read',
  )
  await page.keyboard.press('Control+s')
  await page.getByRole('button', { name: 'Open in SOC' }).click()

  // The overview: numbers, SQL, table twin, time.
  const { answers } = server().demo
  await expect(tile(page, 'Detections per hour').locator('svg').first()).toBeVisible()
  await expect(page.getByText(`of ${answers.scores.day} scored`, { exact: true })).toBeVisible()
  await tile(page, 'Detections per hour').getByRole('button', { name: 'SQL' }).click()
  await expect(page.getByRole('dialog')).toContainText('INTERVAL {last:UInt32} SECOND')
  await page.keyboard.press('Escape')
  await tile(page, 'Detections per hour').getByRole('button', { name: 'Detections per hour as a table' }).click()
  await expect(tile(page, 'Detections per hour').getByRole('columnheader', { name: /Hour/ })).toBeVisible()
  await page.getByRole('button', { name: /^Time range/ }).click()
  await page.getByRole('button', { name: 'Last 7 days' }).click()
  await expect(page.getByText(`of ${answers.scores.week} scored`, { exact: true })).toBeVisible()
  await looksRight(page, 'overview', 'html')
  await expect(page.getByRole('contentinfo')).toContainText(/soc-demo\s*· \d+ ms/)
  await expect(tab(page, 'Detections')).toContainText(String(answers.detections.week))

  // A click leads to the rows behind it, in the same time.
  await tile(page, 'Threat levels of scored sessions')
    .getByRole('link', { name: /^Critical/ })
    .click()
  await expect(page.getByRole('grid', { name: 'Scores' })).toBeVisible()
  expect(page.url()).toContain('threat_level=CRITICAL')
  expect(page.url()).toContain('last=604800')
  await page.getByRole('radio', { name: 'Detections', exact: true }).click()
  const grid = page.getByRole('grid', { name: 'Detections' })
  const row = gridRow(grid, 1)
  await expect(row).toContainText('Critical')
  await row.getByRole('gridcell').nth(4).dblclick()
  await expect(page.getByRole('complementary', { name: 'Record' })).toContainText('SHAP')
  await grid.getByRole('columnheader', { name: /^Score/ }).click()
  await expect.poll(() => page.url()).toContain('sort=anomaly_score')
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Export/ }).click()
  expect((await saved).suggestedFilename()).toBe('detections.csv')
  await looksRight(page, 'detections with a record')

  // A table that goes darkens what needs it, and nothing else.
  await server().writer.run('RENAME TABLE ja4_logs.http_logs TO ja4_logs.away')
  await server().writer.run('RENAME TABLE ja4_processing.ml_detected_anomalies TO ja4_processing.away')
  await tab(page, 'Overview').click()
  await page.keyboard.press('Control+Enter')
  await expect(tile(page, 'Addresses')).toContainText('ja4_processing.ml_detected_anomalies is missing.')
  await expect(tile(page, 'Browser family')).toContainText('Chrome')
  await expect(page.getByText('3 of 6 tiles have no answer. The other 3 are complete.')).toBeVisible()

  // What takes long stops on the server when the screen is left.
  await server().writer.run(
    'CREATE VIEW ja4_processing.ml_detected_anomalies AS SELECT * FROM ja4_processing.away WHERE (SELECT count() FROM numbers(1900000000) WHERE sipHash64(sipHash64(number)) = 1) >= 0',
  )
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => running('%uniq(src_ip)%')).toBeGreaterThan(0)
  await goTo(page, 'Correlate')
  await expect.poll(() => running('%ml_detected_anomalies%')).toBe(0)
})
