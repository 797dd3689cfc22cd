import { expect, type Page } from '@playwright/test'

/** Opens the sample hunt from the first run and waits until its files are in and its alerts stand on the overview. */
export async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open sample' }).click()
  await expect(page.getByRole('button', { name: /^Hunt: Workstation 1 triage/ })).toBeVisible()
  await expect(page.getByRole('region', { name: 'What is alarming' }).getByRole('row').nth(1)).toBeVisible()
  await noJobs(page)
}

/** Waits until nothing is imported or analyzed any more. */
export async function noJobs(page: Page): Promise<void> {
  await expect(page.getByRole('contentinfo').getByRole('button', { name: /No jobs running|failed/ })).toBeVisible({
    timeout: 60_000,
  })
}
