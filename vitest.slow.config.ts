import { defineConfig } from 'vitest/config'
import { ASKS_CLICKHOUSE } from './test/asksClickhouse.ts'

/** Tests that take long on purpose (killed programs, large files) or ask a server: part of `npm test`, not of `npm run check`. */
export default defineConfig({
  test: {
    include: ['src-*/**/*.slow.test.ts', 'test/**/*.slow.test.ts', ...ASKS_CLICKHOUSE],
    pool: 'forks',
    // As in vitest.config.ts.
    isolate: false,
    globalSetup: ['src-main/soc/testing/shareServer.ts'],
    // Programs that are started and killed, servers that answer late: a worker waits a part of its time.
    maxWorkers: 3,
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
})
