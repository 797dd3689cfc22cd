import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import type { ExportFormat } from '#contract/values'
import { writerOf } from '../exporter/formats.ts'
import { writeFile } from '../exporter/writeFile.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { exportedRows } from '../sqlite/exportedRows.ts'
import { tagOf } from '../sqlite/rowMarks.ts'
import { hasRow } from '../sqlite/rowSet.ts'
import type { TaskContext } from './contexts.ts'

/** Progress is told every so many rows. */
const ROWS_PER_STEP = 2_000

export type ExportRequest = {
  datasetId: string
  /** null: every row, in the order of the source. */
  order: Uint32Array | null
  columns: string[] | undefined
  format: ExportFormat
  guard: boolean
  /** Texts of annotations, for the columns of tags and notes; null: without these. */
  notes: readonly { id: string; text: string }[] | null
  target: { path: string; replace: boolean }
}
export type ExportResult = { rows: number; leftOut: number; bytes: number }

/** Writes rows of a dataset to a file, whole or not at all. AppError 'cancelled', 'disk-full', 'not-found' for a column, 'conflict'. */
export function exportRows(context: TaskContext, request: ExportRequest): ExportResult {
  const { datasetId, order, format, guard, target } = request
  const handle = context.datasets.open(datasetId)
  try {
    const columns = columnsOf(handle, request.columns)
    const marks = request.notes && marksOf(handle, request.notes)
    const headers = [...columns.map(titleOf), ...(marks ? ['_tag', '_note'] : [])]
    const writer = writerOf(format, { headers, timeColumn: handle.timeColumn, guard })
    let [rows, leftOut] = [0, 0]
    const pieces = function* (): Generator<string> {
      yield writer.head()
      for (const row of exportedRows(handle, columns, order)) {
        const text = writer.row(marks ? { ...row, cells: [...row.cells, ...marks(row.row)] } : row)
        if (text === null) leftOut++
        else {
          rows++
          yield text
        }
        if ((rows + leftOut) % ROWS_PER_STEP === 0) context.progress({ rows: rows + leftOut })
      }
    }
    const bytes = writeFile(target.path, target.replace, pieces())
    return { rows, leftOut, bytes }
  } finally {
    // The file may be replaced or deleted before this thread is asked again.
    context.datasets.close(datasetId)
  }
}

/** The tag of a row and the texts of its annotations, the newest first. */
export function marksOf(
  handle: DatasetHandle,
  notes: NonNullable<ExportRequest['notes']>,
): (row: number) => [string, string] {
  const marks = handle.marks()
  const texts = new Map(notes.map(({ id, text }) => [id, text]))
  return (row) => {
    const about = hasRow(marks.noted, row) ? marks.annotations.filter(({ rows }) => hasRow(rows, row)) : []
    return [tagOf(marks, row) ?? '', about.map(({ id }) => texts.get(id) ?? '').join('\n')]
  }
}

/** Names are unique in a dataset, headers need not be. */
const titleOf = ({ name }: Column): string => name

function columnsOf(handle: DatasetHandle, names: readonly string[] | undefined): readonly Column[] {
  if (!names) return handle.columns.filter(({ derivedFrom }) => derivedFrom === null)
  const byName = new Map(handle.columns.map((column) => [column.name, column]))
  return names.map((name) => {
    const column = byName.get(name)
    if (!column) throw new AppError('not-found', `This dataset has no column ${name}.`, { column: name })
    return column
  })
}
