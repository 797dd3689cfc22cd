import type { Column } from '#contract/datasets'
import type { CanonicalField } from '#contract/values'
import { AppError } from '#contract/appError'
import { chosenRows, type Choice } from '../chosenRows.ts'
import type { DatasetHandle } from '../datasetFiles.ts'
import { singleRows } from '../matchedRows.ts'
import { rowsOf } from '../rowSet.ts'

/** Characters kept of the text that tells most of a row. */
const TEXT_MAX = 300

/** Fields that tell what happened in a row, most telling first. */
const TELLING: readonly CanonicalField[] = [
  'command_line',
  'description',
  'url',
  'domain',
  'registry_key',
  'service_name',
  'file_path',
  'file_name',
  'process_name',
  'event_type',
  'dst_ip',
  'src_ip',
  'username',
]

export type RowText = { row: number; field: string; value: string }

/**
 * Of each chosen row the first telling column that is filled. AppError 'too-large' for more rows than `most`, and as
 * chosenRows.
 */
export function rowTexts(handle: DatasetHandle, choice: Choice, most: number): RowText[] {
  const { count, rows } = chosenRows(handle, choice)
  if (count > most)
    throw new AppError(
      'too-large',
      `At most ${most} rows can be added at once; ${count} are chosen. Nothing was added.`,
    )
  const columns = tellingColumns(handle.columns)
  const read = singleRows(handle)
  return Array.from(rowsOf(rows), (row) => {
    handle.goOn()
    const { cell } = read(row, columns)
    const column = columns.find((one) => cell(one) !== '')
    return { row, field: column?.name ?? '', value: column ? cell(column).slice(0, TEXT_MAX) : '' }
  })
}

function tellingColumns(columns: readonly Column[]): Column[] {
  const telling = TELLING.flatMap((field) => columns.find((column) => column.fields.includes(field)) ?? [])
  const fullest = columns
    .filter(({ type, filled }) => type === 'text' && filled > 0)
    .toSorted((a, b) => b.filled - a.filled)
    .slice(0, 3)
  return [...new Set([...telling, ...fullest, ...columns.slice(0, 1)])]
}
