import type { Column } from '#contract/datasets'
import type { Backend } from '../../backend/backend.ts'
import type { CopyTable } from '../../grid/copyText.ts'
import { rowCount, type RowRanges } from '../../grid/rowRanges.ts'
import { rowsInput, type RowsQuery } from './evidenceRows.ts'

/** More rows than this are an export, not a copy. */
export const COPY_ROWS_MAX = 20_000
const PAGE = 500
const COLUMNS_PER_CALL = 400

/** The raw text of the selected rows and these columns, whole: cells that the page call cut are read one by one. */
export async function copySelection(
  backend: Backend,
  query: RowsQuery,
  ranges: RowRanges,
  columns: readonly Column[],
  signal: AbortSignal,
): Promise<CopyTable> {
  if (rowCount(ranges) > COPY_ROWS_MAX) throw new RangeError(`More than ${COPY_ROWS_MAX} rows`)
  const rows: string[][] = []
  for (const [first, last] of ranges) {
    for (let offset = first; offset <= last; offset += PAGE) {
      const limit = Math.min(PAGE, last - offset + 1)
      rows.push(...(await copyPage(backend, query, offset, limit, columns, signal)))
    }
  }
  return { headers: columns.map((column) => column.name), rows }
}

async function copyPage(
  backend: Backend,
  query: RowsQuery,
  offset: number,
  limit: number,
  columns: readonly Column[],
  signal: AbortSignal,
): Promise<string[][]> {
  const rows: string[][] = Array.from({ length: limit }, () => [])
  for (let from = 0; from < columns.length; from += COLUMNS_PER_CALL) {
    const names = columns.slice(from, from + COLUMNS_PER_CALL).map((column) => column.name)
    const page = await backend.call('rows.page', { ...rowsInput(query), offset, limit, columns: names }, { signal })
    const byName = new Map(page.columns.map((column) => [column.name, column]))
    for (const name of names) {
      const column = byName.get(name)
      for (const [n, row] of rows.entries()) {
        const number = page.rows[n]
        const cell = column?.cells[n] ?? null
        const whole =
          column?.cut.includes(n) && number !== undefined ? await wholeText(backend, query, number, name, signal) : cell
        row.push(whole === null ? '' : String(whole))
      }
    }
    rows.length = Math.min(rows.length, page.rows.length)
  }
  return rows
}

async function wholeText(
  backend: Backend,
  { datasetId, copy }: RowsQuery,
  row: number,
  column: string,
  signal: AbortSignal,
): Promise<string> {
  const record = await backend.call('rows.get', { datasetId, row, ...(copy ? { copy } : {}) }, { signal })
  return record.cells.find((cell) => cell.column === column)?.raw ?? ''
}
