import { configDefaults, defineConfig } from 'vitest/config'
import { ASKS_CLICKHOUSE } from './test/asksClickhouse.ts'

/** Unit and application tests: real SQLite files and real worker threads, run from source. The page is tested end to end. */
export default defineConfig({
  test: {
    include: ['src-*/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, '**/*.slow.test.ts', ...ASKS_CLICKHOUSE],
    pool: 'forks',
    // Files share their process one after the other: loading the program anew for each took as long as the tests. What a test
    // starts or changes it ends and puts back.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    // Opening the program takes a second, and many on a machine that does other things too.
    hookTimeout: 60_000,
  },
})
