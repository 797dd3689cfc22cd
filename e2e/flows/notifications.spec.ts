import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { columnTexts, goTo, importAll, newHunt } from '../steps.ts'

const editor = (page: Page) => page.getByRole('region', { name: 'Channel', exact: true })
const log = (page: Page) => page.getByRole('grid', { name: 'Delivery log' })

let server: Server
let hook = ''
const received: unknown[] = []
test.beforeAll(async () => {
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => (text += part.toString()))
    request.on('end', () => {
      received.push(JSON.parse(text))
      response.end('taken')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  hook = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/secret-path`
})
test.afterAll(() => new Promise((resolve) => void server.close(resolve)))

test('a channel is made and tested, gets one message for an import, and never shows its address again', async ({
  window: page,
  folder,
}) => {
  await newHunt(page, 'Shadows')
  await goTo(page, 'Alerts')
  await page
    .getByRole('navigation', { name: 'Alerts' })
    .getByRole('link', { name: /^Notifications/ })
    .click()
  await expect(page.getByRole('heading', { name: 'No channels' })).toBeVisible()
  await page.keyboard.press('n')
  await expect(editor(page).getByRole('textbox', { name: 'Name of the channel' })).toBeFocused()
  await page.keyboard.type('On-call')
  const address = editor(page).getByRole('textbox', { name: /Address of the webhook/ })
  await address.fill(hook)
  await editor(page).getByRole('button', { name: 'Send test' }).click()
  await expect(editor(page)).toContainText('not encrypted')
  await editor(page)
    .getByLabel(/^Allow http/)
    .check()
  await editor(page).getByRole('button', { name: 'Send test' }).click()
  await expect(editor(page).getByRole('status')).toContainText('Did not arrive')
  await editor(page)
    .getByLabel(/^Allow addresses/)
    .check()
  await editor(page).getByRole('button', { name: 'Send test' }).click()
  await expect(editor(page).getByRole('status')).toContainText('Arrived')
  await expect(editor(page).getByRole('status')).toContainText('taken')
  await editor(page).getByLabel('From this severity on').selectOption('info')
  await page.keyboard.press('Control+s')
  await expect(page.getByRole('navigation', { name: 'Channels' })).toContainText('On-call')
  await expect(address).toHaveValue('')
  await page.getByRole('switch', { name: 'Send notifications' }).click()

  const path = join(folder, 'shadows.csv')
  writeFileSync(path, 'time,host,command_line\n2024-01-01T00:00:00Z,WS1,vssadmin delete shadows /all /quiet\n')
  await importAll(page, [path])
  await goTo(page, 'Alerts')
  await page
    .getByRole('navigation', { name: 'Alerts' })
    .getByRole('link', { name: /^Notifications/ })
    .click()
  await expect(log(page)).toContainText('arrived')
  expect(await columnTexts(log(page), 'Channel', 1)).toEqual(['On-call'])
  expect(await columnTexts(log(page), 'Answer', 1)).toEqual(['HTTP 200 · taken'])
  expect(received).toEqual([
    expect.objectContaining({ event: 'test' }),
    expect.objectContaining({ event: 'alerts', hunt: expect.objectContaining({ name: 'Shadows' }) }),
  ])
  await expect(page.locator('body')).not.toContainText('secret-path')
})
