import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clickhouseMissing, USERS } from '../clickhouse/localServer.ts'
import { openClickhouse, type Clickhouse } from '../clickhouse/openClickhouse.ts'
import { openClickhouseWriter, type ClickhouseWriter } from '../clickhouse/writeClickhouse.ts'
import { DEFAULT_DATABASES, isDatabaseName, withDatabases } from './databases.ts'
import { applySchema, schemaStatements, SOC_OBJECTS } from './schema.ts'
import { splitStatements } from './splitStatements.ts'
import { sharedSocServer } from './testing/sharedSocServer.ts'

const resources = join(import.meta.dirname, '..', '..', 'resources')
const OTHER = { processing: 'soc_made', logs: 'soc_seen' }

describe('statements of a schema', () => {
  it('end at semicolons outside of quotes and comments', () => {
    expect(splitStatements("SELECT ';', `a;b` -- ; no\n; /* ; */ SELECT 'it''s \\';' - 1 / 2;\n-- end\n")).toEqual([
      "SELECT ';', `a;b`",
      "SELECT 'it''s \\';' - 1 / 2",
    ])
  })

  it('take only names that need no quotes', () => {
    expect(isDatabaseName('ja4_logs')).toBe(true)
    for (const name of ['', '1a', 'a-b', 'a.b', 'a`b', "a'b", 'a b', 'é', 'a;', 'a'.repeat(121)]) {
      expect([name, isDatabaseName(name)]).toEqual([name, false])
      expect(() => withDatabases('x', { ...DEFAULT_DATABASES, logs: name })).toThrow(
        expect.objectContaining({ code: 'invalid-input', detail: { path: 'logs' } }),
      )
    }
  })

  it('leave no placeholder', async () => {
    const statements = await schemaStatements(resources, OTHER)
    expect(statements.length).toBeGreaterThan(30)
    expect(statements.filter((text) => /\$(?:logs|processing)/.test(text))).toEqual([])
  })
})

const missing = clickhouseMissing()
describe.skipIf(missing !== null)(`the schema on a real ClickHouse${missing === null ? '' : ` (${missing})`}`, () => {
  let writer: ClickhouseWriter
  let reader: Clickhouse
  beforeAll(async () => {
    const server = await sharedSocServer()
    writer = openClickhouseWriter({ url: server.url, user: USERS.soc.name, password: USERS.soc.password })
    reader = await openClickhouse(
      { url: server.url, user: USERS.reader.name, password: USERS.reader.password },
      () => undefined,
    )
  })
  afterAll(async () => {
    await reader.close()
    await writer.close()
  })

  it('is there under any names after it was applied, and again', async () => {
    const databases = OTHER
    await applySchema((sql) => writer.run(sql), resources, databases)
    await applySchema((sql) => writer.run(sql), resources, databases)
    for (const key of ['processing', 'logs'] as const) {
      const { tables, views, dictionaries } = SOC_OBJECTS[key]
      for (const name of [...tables, ...views]) {
        const { rows } = await reader.ask({ sql: `SELECT * FROM ${databases[key]}.${name} LIMIT 1` })
        expect([name, rows]).toEqual([name, []])
      }
      for (const name of dictionaries) {
        // The table function dictionary() is refused to whoever may only read; the name itself is not.
        const { rows } = await reader.ask({ sql: `SELECT * FROM ${databases[key]}.${name}` })
        expect([name, rows]).toEqual([name, []])
      }
    }
    const { rows } = await reader.ask({
      sql: 'SELECT count() FROM system.dictionaries WHERE database = {db:String}',
      params: { db: databases.processing },
    })
    expect(rows).toEqual([[SOC_OBJECTS.processing.dictionaries.length]])
  })
})
