import type { Column } from '#contract/datasets'
import type { CanonicalField } from '#contract/values'
import { partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import type { DatasetHandle } from './datasetFiles.ts'

/** What one row says, by canonical field. The same object is handed out again for the next row. */
export type FieldRow = {
  readonly datasetId: string
  readonly row: number
  readonly time: number | null
  text(field: CanonicalField): string
  column(field: CanonicalField): string
}

/** SQLite joins at most 64 tables; fields come from the first columns of a file, so later parts are left out beyond this. */
const PARTS_MAX = 60

/** Windows and Zeek exports write this where there is nothing, whatever tool exported them. */
const NOTHING = '-'

/**
 * Streams every row of a dataset in source order with only the columns that feed the wanted fields. `order`: by field, the
 * positions of the columns that feed it, best first; columns it does not name come behind.
 */
export function* datasetRows(
  handle: DatasetHandle,
  wanted: ReadonlySet<CanonicalField>,
  order: ReadonlyMap<CanonicalField, readonly number[]>,
): Generator<FieldRow> {
  const columns = handle.columns.filter(
    (column) => partOf(column.position) < PARTS_MAX && column.fields.some((field) => wanted.has(field)),
  )
  const parts = [...new Set(columns.map((column) => partOf(column.position)))].filter((part) => part > 0)
  const joins = parts.map((part) => ` JOIN ${partTable(part)} USING (_row)`).join('')
  const names = columns.map((column) => `, ${quoteName(column.name)}`).join('')
  const view = fieldRow(handle.id, columns, order, new Set([NOTHING, ...handle.unsetMarks]))
  const statement = handle.db
    .prepare<[], (string | number | null)[]>(`SELECT _row, _time${names} FROM rows${joins} ORDER BY _row`)
    .raw()
  for (const cells of statement.iterate()) {
    view.set(cells)
    yield view.row
  }
}

function fieldRow(
  datasetId: string,
  columns: readonly Column[],
  order: ReadonlyMap<CanonicalField, readonly number[]>,
  unset: ReadonlySet<string>,
): { row: FieldRow; set(cells: (string | number | null)[]): void } {
  const sources = new Map<CanonicalField, { index: number; name: string; position: number }[]>()
  columns.forEach((column, n) => {
    for (const field of column.fields)
      sources.set(field, [
        ...(sources.get(field) ?? []),
        { index: n + 2, name: column.name, position: column.position },
      ])
  })
  for (const [field, feeding] of sources) {
    const best = order.get(field) ?? []
    const rank = (position: number): number =>
      best.includes(position) ? best.indexOf(position) : best.length + position
    feeding.sort((a, b) => rank(a.position) - rank(b.position))
  }
  let cells: (string | number | null)[] = []
  const sourceOf = (field: CanonicalField): { index: number; name: string } | undefined =>
    sources.get(field)?.find(({ index }) => {
      const cell = cells[index]
      return cell !== null && cell !== undefined && cell !== '' && !unset.has(String(cell))
    })
  return {
    row: {
      datasetId,
      get row() {
        return Number(cells[0])
      },
      get time() {
        const time = cells[1]
        return typeof time === 'number' ? time : null
      },
      text(field) {
        const source = sourceOf(field)
        return source ? String(cells[source.index]) : ''
      },
      column: (field) => sourceOf(field)?.name ?? field,
    },
    set(next) {
      cells = next
    },
  }
}
