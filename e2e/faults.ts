import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds out by colours; everything else is the same in every theme. */
export const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** Faults that keep people out: axe calls them serious or critical. Of the rows of a grid or table, all alike, five are looked at. `within`: a part of the page. */
export async function faults(page: Page, rules?: string[], within = 'html'): Promise<string[]> {
  // What fades in or out has no colours of its own for as long.
  await page.evaluate(async () => {
    const fading = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(fading.map((one) => one.finished))
  })
  const { violations } = await new AxeBuilder({ page })
    .include(within)
    .exclude('.grid-row:nth-child(n + 6)')
    .exclude('.table tbody tr:nth-child(n + 6)')
    .setLegacyMode()
    .options({ resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) })
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1] ?? ''}`),
    )
}
