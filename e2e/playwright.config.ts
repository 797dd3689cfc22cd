import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'

/** HUNTBENCH_PICTURES=1 takes the pictures of the README instead of running the flows. */
const pictures = process.env['HUNTBENCH_PICTURES'] !== undefined

/**
 * The flows of a person, twice: in a real Chromium against the headless shell, and in Electron where its runtime is
 * installed (reported as skipped elsewhere). Every flow has a workspace and a program of its own, so that any two may run
 * at once. A failed one leaves a picture, the tree of its page and the steps; the page at every step costs half as much
 * again as the flow itself: `npm run e2e -- --trace on`.
 */
export default defineConfig({
  testDir: pictures ? 'screens' : 'flows',
  outputDir: '../test-results',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // A flow waits a fifth of its time.
  workers: Math.ceil(availableParallelism() * 1.5),
  fullyParallel: true,
  globalSetup: './sampled.ts',
  forbidOnly: true,
  // What passes only the second time is named as flaky at the end; it wants mending.
  retries: process.env['CI'] === undefined ? 0 : 1,
  use: {
    actionTimeout: 20_000,
    viewport: { width: 1440, height: 900 },
    trace: {
      mode: process.env['CI'] === undefined ? 'retain-on-failure' : 'on-first-retry',
      ...{ snapshots: false, screenshots: false, sources: false },
    },
    screenshot: 'only-on-failure',
    colorScheme: 'dark',
  },
  projects: [{ name: 'chromium' }, { name: 'electron', testIgnore: '**/*.headless.spec.ts' }],
})
