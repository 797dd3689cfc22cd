import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { parseError } from '@clickhouse/client'
import { clickhouseFailure } from './clickhouseFailure.ts'
import type { ClickhouseAddress } from './openClickhouse.ts'
import { streamingClient } from './streamingClient.ts'

/** Bytes that wait to be sent while the next are made. */
const WAITING = 4_000_000
/** Characters of what a server says that are looked at. */
const ANSWER_MAX = 20_000

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
      const rows = watched(pieces)
      const values = Readable.from(rows.pieces(), { objectMode: false, highWaterMark: WAITING })
      try {
        const { stream } = await client.exec({
          query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT CSV`,
          query_id: queryId,
          values,
          clickhouse_settings: {
            // A decimal text is the nearest double, as it is here.
            precise_float_parsing: 1,
            // Rows may be of any month.
            max_partitions_per_insert_block: '0',
            async_insert: 0,
            input_format_csv_allow_cr_end_of_line: 0,
          },
        })
        const answer = await beginningOf(stream)
        // A server that took the rows says nothing.
        if (answer !== '') throw parseError(answer)
        if (!rows.sent()) throw new Error('It answered before it had all rows.')
      } catch (error) {
        // What went wrong with the rows is no failure of the server.
        rows.rethrow()
        throw clickhouseFailure(error, queryId)
      } finally {
        values.destroy()
      }
    },
    close,
  }
}

/** Pieces, and what became of them. A stream that is torn down throws its own failure into a generator: that is not theirs. */
function watched(pieces: Iterable<Buffer>): { pieces(): Generator<Buffer>; sent(): boolean; rethrow(): void } {
  const failures: unknown[] = []
  let sent = false
  const iterator = pieces[Symbol.iterator]()
  const next = (): IteratorResult<Buffer> => {
    try {
      return iterator.next()
    } catch (error) {
      failures.push(error)
      throw error
    }
  }
  return {
    *pieces() {
      try {
        for (let piece = next(); piece.done !== true; piece = next()) yield piece.value
        sent = true
      } finally {
        iterator.return?.()
      }
    },
    sent: () => sent,
    rethrow() {
      if (failures.length > 0) throw failures[0]
    },
  }
}

/** Reads an answer to its end, without which its connection takes no other, and keeps its beginning. */
async function beginningOf(stream: AsyncIterable<unknown>): Promise<string> {
  let text = ''
  for await (const piece of stream) if (text.length < ANSWER_MAX) text += String(piece)
  return text
}
