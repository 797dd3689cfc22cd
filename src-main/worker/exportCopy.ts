import { AppError } from '#contract/appError'
import type { ExportFormat } from '#contract/values'
import type { ClickhouseAddress } from '../clickhouse/openClickhouse.ts'
import { streamRows, type RowStream } from '../clickhouse/streamRows.ts'
import { writerOf } from '../exporter/formats.ts'
import { writeFileAsItComes } from '../exporter/writeFile.ts'
import { isoOfUsOrNull } from '../sqlite/conditions.ts'
import type { TaskContext } from './contexts.ts'
import { marksOf, type ExportRequest, type ExportResult } from './exportRows.ts'

/** Progress is told every so many rows. */
const ROWS_PER_STEP = 2_000

export type CopyExport = {
  address: ClickhouseAddress
  /** Answers the number of each row, its time in microseconds or NULL, and the texts of `headers`. */
  question: RowStream
  headers: string[]
  timeColumn: string | null
  format: ExportFormat
  guard: boolean
  /** Whose tags and annotations stand behind the cells; null: none do. */
  marks: { datasetId: string; notes: NonNullable<ExportRequest['notes']> } | null
  target: ExportRequest['target']
}

/** Writes the rows that a server answers to a file, whole or not at all. AppError 'cancelled', 'disk-full', 'conflict', those of ClickHouse. */
export async function exportCopy(context: TaskContext, request: CopyExport): Promise<ExportResult> {
  const { marks: wanted, format, guard, timeColumn, target } = request
  const marks = wanted && marksOf(context.datasets.open(wanted.datasetId), wanted.notes)
  const headers = [...request.headers, ...(marks ? ['_tag', '_note'] : [])]
  const writer = writerOf(format, { headers, timeColumn, guard })
  let [rows, leftOut] = [0, 0]
  async function* pieces(): AsyncGenerator<string> {
    yield writer.head()
    for await (const [number, us, ...texts] of streamRows(request.address, request.question)) {
      const row = Number(number)
      const cells = [...texts.map((text) => (typeof text === 'string' ? text : '')), ...(marks ? marks(row) : [])]
      const text = writer.row({ cells, time: isoOfUsOrNull(us === null || us === undefined ? null : Number(us)) })
      if (text === null) leftOut++
      else {
        rows++
        yield text
      }
      if ((rows + leftOut) % ROWS_PER_STEP !== 0) continue
      context.progress({ rows: rows + leftOut })
      if (context.cancelled()) throw new AppError('cancelled', 'Cancelled. Nothing was written.')
    }
  }
  try {
    const bytes = await writeFileAsItComes(target.path, target.replace, pieces())
    return { rows, leftOut, bytes }
  } catch (error) {
    // A query that was stopped because nobody wants it any more is no failure of the server.
    if (context.cancelled()) throw new AppError('cancelled', 'Cancelled. Nothing was written.')
    throw error
  } finally {
    if (wanted) context.datasets.close(wanted.datasetId)
  }
}
