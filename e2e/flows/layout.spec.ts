import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../host.ts'
import { misfits } from '../look.ts'
import { eachScreen } from '../screens.ts'

const sizes = [
  { name: '1440x900', width: 1440, height: 900 },
  { name: '1280x720', width: 1280, height: 720 },
  { name: '1440x900 at 200 %', width: 720, height: 450 },
]

/** Faults that keep people out: axe calls them serious or critical. Of the rows of a grid, all alike, five are looked at. */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('.grid-row:nth-child(n + 6)').setLegacyMode().analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1] ?? ''}`),
    )
}

for (const { name, width, height } of sizes) {
  test.describe(name, () => {
    test.use({ viewport: { width, height } })
    test('every screen fits its window: nothing scrolls sideways, no control is cut off, no text lies over text', async ({
      window: page,
      folder,
    }) => {
      await eachScreen(page, folder, async (screen) => {
        expect.soft(await misfits(page), screen).toEqual([])
      })
    })
  })
}

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })
    test.slow()
    test('every screen is open to everybody: axe finds nothing serious', async ({ window: page, folder }) => {
      await eachScreen(page, folder, async (screen) => {
        expect.soft(await faults(page), screen).toEqual([])
      })
    })
  })
}
