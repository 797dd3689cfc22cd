import { configDefaults, defineConfig } from 'vitest/config'

/** Unit and application tests: real SQLite files and real worker threads, run from source. The page is tested end to end. */
export default defineConfig({
  test: {
    include: ['src-*/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, '**/*.slow.test.ts'],
    pool: 'forks',
    globalSetup: ['src-main/soc/testing/shareServer.ts'],
    maxWorkers: 2,
    testTimeout: 30_000,
    // Opening the program takes a second, and many on a machine that does other things too.
    hookTimeout: 60_000,
  },
})
