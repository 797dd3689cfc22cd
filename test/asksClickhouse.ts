/** What asks a real ClickHouse: it runs with the long tests, where its server starts once. */
export const ASKS_CLICKHOUSE = ['src-main/{soc,connections,copies}/**/*.test.ts']
