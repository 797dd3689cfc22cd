import type { Page } from '@playwright/test'
import { faults, OF_COLOURS } from '../faults.ts'
import { expect, test } from '../host.ts'
import { misfits } from '../look.ts'
import { eachScreen } from '../screens.ts'

const sizes = [
  { name: '1440x900 at 200 %', width: 720, height: 450 },
  { name: '1280x720', width: 1280, height: 720 },
  { name: '1440x900', width: 1440, height: 900 },
] as const

const themed = (page: Page, theme: 'dark' | 'light') =>
  page
    .emulateMedia({ colorScheme: theme })
    .then(() => expect(page.locator('html')).toHaveAttribute('data-theme', theme))

test.describe('in the smallest window', () => {
  test.use({ viewport: sizes[0] })
  test('every screen is reached and fits every window: nothing scrolls sideways, no control is cut off, no text lies over text', async ({
    window: page,
    folder,
  }) => {
    test.slow()
    await eachScreen(page, folder, async (screen) => {
      for (const { name, ...size } of sizes) {
        await page.setViewportSize(size)
        await expect.soft.poll(() => misfits(page), { message: `${screen}, ${name}`, timeout: 10_000 }).toEqual([])
      }
      await page.setViewportSize(sizes[0])
    })
  })
})

test('every screen is open to everybody: axe finds nothing serious, in dark and in light colours', async ({
  window: page,
  folder,
}) => {
  test.slow()
  await eachScreen(page, folder, async (screen) => {
    expect.soft(await faults(page), screen).toEqual([])
    await themed(page, 'light')
    expect.soft(await faults(page, OF_COLOURS), `${screen}, light`).toEqual([])
    await themed(page, 'dark')
  })
})
