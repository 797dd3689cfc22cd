import { defineConfig } from '@playwright/test'

/** HUNTBENCH_PICTURES=1 takes the pictures of the README instead of running the flows. */
const pictures = process.env['HUNTBENCH_PICTURES'] !== undefined

/**
 * The flows of a person, twice: in a real Chromium against the headless shell, and in Electron where its runtime is
 * installed (reported as skipped elsewhere). One worker: every flow has a workspace and a program of its own.
 */
export default defineConfig({
  testDir: pictures ? 'screens' : 'flows',
  outputDir: '../test-results',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: true,
  retries: 0,
  use: {
    actionTimeout: 20_000,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    colorScheme: 'dark',
  },
  projects: [{ name: 'chromium' }, { name: 'electron', testIgnore: '**/*.headless.spec.ts' }],
})
