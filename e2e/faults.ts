import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds out by colours; everything else is the same in every theme. */
export const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** Faults that keep people out: axe calls them serious or critical. Of the rows of a grid, all alike, five are looked at. */
export async function faults(page: Page, rules?: string[]): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .exclude('.grid-row:nth-child(n + 6)')
    .setLegacyMode()
    .options({ resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) })
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1] ?? ''}`),
    )
}
