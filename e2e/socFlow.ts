import type { Locator, Page } from '@playwright/test'
import { clickhouseMissing, USERS } from '../src-main/clickhouse/localServer.ts'
import { startSocServer, type SocServer } from '../src-main/soc/testing/socServer.ts'
import { test } from './host.ts'
import { goTo } from './steps.ts'

/** A server with generated data for the flows of a file, which are skipped where none can run. */
export function socServer(): () => SocServer {
  const missing = clickhouseMissing()
  test.skip(missing !== null, missing ?? '')
  let server: SocServer
  test.beforeAll(async () => {
    server = await startSocServer()
  })
  test.afterAll(() => server.stop())
  return () => server
}

export const tile = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
export const tab = (page: Page, name: string, place = 'SOC'): Locator =>
  page.getByRole('navigation', { name: place }).getByRole('link', { name })
/** Shows a part of a tab that has several. */
export const show = (page: Page, name: string): Promise<void> => page.getByRole('radio', { name, exact: true }).click()

/** Makes a connection by its form and stands on the console. */
export async function connect(page: Page, { url }: SocServer, { write = false } = {}): Promise<void> {
  await goTo(page, 'SOC')
  await page.getByRole('button', { name: 'Add a connection' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('soc-demo')
  await page.getByRole('textbox', { name: 'Address of the HTTP interface' }).fill(url)
  await page.getByRole('textbox', { name: 'User' }).fill(USERS.soc.name)
  await page.getByLabel('Password').fill(USERS.soc.password)
  if (write) await page.getByLabel(/Allow Huntbench to write/).check()
  await page.keyboard.press('Control+s')
  await page.getByRole('button', { name: 'Open in SOC' }).click()
}

/** Asks the server beside the program; the answer as tab-separated text. */
export async function askServer(
  server: SocServer,
  sql: string,
  params: Readonly<Record<string, string>> = {},
): Promise<string> {
  const url = new URL(server.url)
  for (const [name, value] of Object.entries(params)) url.searchParams.set(`param_${name}`, value)
  const headers = { 'x-clickhouse-user': USERS.soc.name, 'x-clickhouse-key': USERS.soc.password }
  return (await (await fetch(url, { method: 'POST', body: sql, headers })).text()).trim()
}
