import { openCsvInserter } from '../clickhouse/insertCsv.ts'
import type { ClickhouseAddress } from '../clickhouse/openClickhouse.ts'
import { csvPieces, type CsvSource } from '../sqlite/csvPieces.ts'
import type { TaskContext } from './contexts.ts'

/** Rows of one INSERT: what the server has confirmed is told as progress, and what it makes of them is one part. */
const ROWS_PER_INSERT = 1_000_000

export type SendRequest = {
  datasetId: string
  address: ClickhouseAddress
  /** In quotes already. */
  table: string
  columns: readonly { name: string; source: CsvSource }[]
}

/** Writes every row of a dataset to a table that has these columns; answers how many. AppError 'cancelled', those of ClickHouse. */
export async function sendRows(context: TaskContext, request: SendRequest): Promise<{ rows: number }> {
  const { datasetId, table, columns } = request
  const handle = context.datasets.open(datasetId)
  const inserter = openCsvInserter(request.address)
  const sources = columns.map(({ source }) => source)
  let sent = 0
  function* pieces(first: number, last: number): Generator<Buffer> {
    for (const { bytes, rows } of csvPieces(handle, sources, { first, last })) {
      yield bytes
      sent += rows
      context.progress({ rows: sent })
    }
  }
  try {
    for (let first = 1; first <= handle.rows; first += ROWS_PER_INSERT) {
      const last = Math.min(handle.rows, first + ROWS_PER_INSERT - 1)
      await inserter.insert({ pieces: pieces(first, last), table, columns: columns.map(({ name }) => name) })
    }
    return { rows: sent }
  } finally {
    await inserter.close()
    // The file may be replaced or deleted before this thread is asked again.
    context.datasets.close(datasetId)
  }
}
