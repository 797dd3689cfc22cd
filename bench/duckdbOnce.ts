import { DuckDBInstance } from '@duckdb/node-api'

// DuckDB reads the same file into a table, with two threads, in a process of its own.
const [path, target] = process.argv.slice(2)
const instance = await DuckDBInstance.create(target ?? ':memory:', { threads: '2' })
const connection = await instance.connect()
await connection.run(
  `CREATE TABLE events AS SELECT * FROM read_csv('${(path ?? '').replaceAll("'", "''")}', header = true)`,
)
connection.closeSync()
