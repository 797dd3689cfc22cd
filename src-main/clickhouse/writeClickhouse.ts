import { ClickHouseLogLevel, createClient, type ClickHouseSettings } from '@clickhouse/client'
import { clickhouseFailure } from './clickhouseFailure.ts'
import type { ClickhouseValue } from './answerCells.ts'
import type { ClickhouseAddress } from './openClickhouse.ts'

/** Writes where it may: schemas, generated data. Questions go through openClickhouse, with limits and cancel. */
export type ClickhouseWriter = {
  /** One statement. */
  run(sql: string, settings?: ClickHouseSettings): Promise<void>
  /** Rows as objects by column; columns left out take their defaults. `table` is a validated name with its database. */
  insert(table: string, rows: readonly { [column: string]: ClickhouseValue }[]): Promise<void>
  close(): Promise<void>
}

/** Opens a connection that writes; the first statement tells whether it may. Failures are AppErrors as those of questions. */
export function openClickhouseWriter(address: ClickhouseAddress): ClickhouseWriter {
  const client = createClient({
    url: address.url,
    username: address.user,
    password: address.password,
    ...(address.database === undefined ? {} : { database: address.database }),
    application: 'Huntbench',
    request_timeout: 3_600_000,
    log: { level: ClickHouseLogLevel.OFF },
  })
  const told = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work
    } catch (error) {
      throw clickhouseFailure(error, '')
    }
  }
  return {
    run: (sql, settings = {}) => told(client.command({ query: sql, clickhouse_settings: settings })),
    insert: (table, rows) => told(client.insert({ table, values: rows, format: 'JSONEachRow' })),
    close: () => client.close(),
  }
}
