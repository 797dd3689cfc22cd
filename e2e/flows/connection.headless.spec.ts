import { expect, newContext, test } from '../host.ts'
import { startHeadless } from '../headless.ts'
import { toSample } from '../steps.ts'

test.use({ start: 'sample' })

test('when the program is killed the page says so, and after a new start it says which address to open; nothing is lost', async ({
  workspace,
  chrome,
}) => {
  const first = await startHeadless(workspace)
  const context = await newContext(await chrome(), { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' })
  const page = await context.newPage()
  await page.goto(first.url)
  await toSample(page)
  const hash = new URL(page.url()).hash
  await first.stop('SIGKILL')
  const status = page.getByRole('contentinfo').getByRole('status')
  await expect(status).toHaveText('Connection lost, trying again')
  await expect(page.getByRole('region', { name: 'Hosts' })).toContainText('MSTICAlertsWin1')

  const second = await startHeadless(workspace, Number(new URL(first.url).port))
  await expect(status).toHaveText('Huntbench was started anew: open the address it printed', { timeout: 30_000 })
  await page.goto(second.url + hash)
  await expect(status).toHaveText('Ready')
  await expect(page.getByRole('region', { name: 'Hosts' })).toContainText('MSTICAlertsWin1')
  await context.close()
  await second.stop()
})

test('the served page is only for those who know the token', async ({ workspace }) => {
  const shell = await startHeadless(workspace)
  const { origin } = new URL(shell.url)
  expect((await fetch(origin)).status).toBe(403)
  expect((await fetch(`${origin}/?token=${'x'.repeat(43)}`, { redirect: 'manual' })).status).toBe(403)
  expect((await fetch(shell.url, { redirect: 'manual' })).status).toBe(303)
  await shell.stop()
})
