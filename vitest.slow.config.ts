import { defineConfig } from 'vitest/config'

/** Tests that take long on purpose (killed programs, large files): part of `npm test`, not of `npm run check`. */
export default defineConfig({
  test: {
    include: ['src-*/**/*.slow.test.ts', 'test/**/*.slow.test.ts'],
    pool: 'forks',
    globalSetup: ['src-main/soc/testing/shareServer.ts'],
    maxWorkers: 2,
    testTimeout: 300_000,
  },
})
