import type { Page } from '@playwright/test'
import { faults, OF_COLOURS } from '../faults.ts'
import { expect, test } from '../host.ts'
import { misfits } from '../look.ts'
import { firstScreens, otherScreens, type Screen } from '../screens.ts'
import { openSample, toSample } from '../steps.ts'

const sizes = [
  { name: '1440x900 at 200 %', width: 720, height: 450 },
  { name: '1280x720', width: 1280, height: 720 },
  { name: '1440x900', width: 1440, height: 900 },
] as const

const themed = (page: Page, theme: 'dark' | 'light') =>
  page
    .emulateMedia({ colorScheme: theme })
    .then(() => expect(page.locator('html')).toHaveAttribute('data-theme', theme))

/** Nothing scrolls sideways, no control is cut off, no text lies over text; and axe finds nothing serious, in both themes. */
async function look(page: Page, screen: string): Promise<void> {
  for (const { name, ...size } of sizes) {
    await page.setViewportSize(size)
    await expect.soft.poll(() => misfits(page), { message: `${screen}, ${name}`, timeout: 10_000 }).toEqual([])
  }
  expect.soft(await faults(page), screen).toEqual([])
  await themed(page, 'light')
  expect.soft(await faults(page, OF_COLOURS), `${screen}, light`).toEqual([])
  await themed(page, 'dark')
  await page.setViewportSize(sizes[0])
}

async function walk(page: Page, folder: string, screens: readonly Screen[]): Promise<void> {
  for (const { name, open } of screens) {
    await open(page, folder)
    await look(page, name)
  }
}

test.describe('every screen is reached in the smallest window, fits every window and is open to everybody:', () => {
  test.use({ viewport: sizes[0] })
  test.slow()

  test('from the first run to the import', async ({ window: page, folder }) => {
    await expect(page.getByRole('button', { name: 'Open sample' })).toBeVisible()
    await look(page, 'first run')
    await openSample(page)
    await walk(page, folder, firstScreens)
  })

  test.describe('with the sample hunt', () => {
    test.use({ start: 'sample' })
    test('from the alerts to the settings', async ({ window: page, folder }) => {
      await toSample(page)
      await walk(page, folder, otherScreens)
    })
  })
})
