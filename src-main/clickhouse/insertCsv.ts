import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { AppError } from '#contract/appError'
import { clickhouseFailure } from './clickhouseFailure.ts'
import type { ClickhouseAddress } from './openClickhouse.ts'
import { streamingClient } from './streamingClient.ts'

/** Bytes that wait to be sent while the next are made. */
const WAITING = 4_000_000

export type CsvInsert = {
  /** Bytes of CSV without a header; it may throw, and then nothing more is sent. */
  pieces: Iterable<Buffer>
  /** Names in quotes already: of the table with its database, and of its columns in the order of the CSV. */
  table: string
  columns: readonly string[]
}

/** Inserts from one connection, one after another. */
export type CsvInserter = { insert(what: CsvInsert): Promise<void>; close(): Promise<void> }

/** Opens a connection that writes rows. Failures are AppErrors as those of questions; those of `pieces` come through. */
export function openCsvInserter(address: ClickhouseAddress): CsvInserter {
  const { client, close } = streamingClient(address)
  return {
    async insert({ pieces, table, columns }) {
      const queryId = `huntbench-${randomUUID()}`
      let failed: unknown = null
      function* watched(): Generator<Buffer> {
        try {
          yield* pieces
        } catch (error) {
          failed = error
          throw error
        }
      }
      try {
        await client.exec({
          query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT CSV`,
          query_id: queryId,
          values: Readable.from(watched(), { objectMode: false, highWaterMark: WAITING }),
          clickhouse_settings: {
            // A decimal text is the nearest double, as it is here.
            precise_float_parsing: 1,
            // Rows may be of any month.
            max_partitions_per_insert_block: '0',
            async_insert: 0,
            input_format_csv_allow_cr_end_of_line: 0,
          },
        })
      } catch (error) {
        if (failed instanceof AppError) throw failed
        throw clickhouseFailure(failed ?? error, queryId)
      }
    },
    close,
  }
}
