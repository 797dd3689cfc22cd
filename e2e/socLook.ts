import { expect, type Page } from '@playwright/test'
import { faults, OF_COLOURS } from './faults.ts'
import { misfits } from './look.ts'

const sizes = [
  { name: '1440x900 at 200 %', width: 720, height: 450 },
  { name: '1280x720', width: 1280, height: 720 },
  { name: '1440x900', width: 1440, height: 900 },
] as const

/** What is behind a path of the console, in short: it fits the two smaller windows and axe finds nothing. For screens made of what `looksRight` looks at elsewhere. */
export async function fits(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to
  }, `#/soc/${path}`)
  await expect(page.locator('.soc-body').getByRole('row').nth(1)).toBeVisible()
  await expect(page.locator('.soc-dim, .soc-body .skeleton')).toHaveCount(0)
  for (const { name, ...size } of sizes.slice(0, 2)) {
    await page.setViewportSize(size)
    await expect.soft.poll(() => misfits(page), { message: `${path}, ${name}`, timeout: 10_000 }).toEqual([])
  }
  expect.soft(await faults(page, undefined, '.soc-body'), path).toEqual([])
}

/**
 * Looks once at a screen of the console when its answers are there: it fits every window, and axe finds nothing in either theme.
 * `within`: what axe looks at; the frame around it is the same everywhere.
 */
export async function looksRight(page: Page, screen: string, within = '.soc-body'): Promise<void> {
  await expect(page.locator('.soc-dim, .soc-body .skeleton')).toHaveCount(0)
  for (const { name, ...size } of sizes) {
    await page.setViewportSize(size)
    await expect.soft.poll(() => misfits(page), { message: `${screen}, ${name}`, timeout: 10_000 }).toEqual([])
  }
  expect.soft(await faults(page, undefined, within), screen).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  expect.soft(await faults(page, OF_COLOURS, within), `${screen}, light`).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
}
