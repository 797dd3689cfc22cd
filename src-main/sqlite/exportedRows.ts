import type { Column } from '#contract/datasets'
import { partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import { isoOfUsOrNull } from './conditions.ts'
import type { DatasetHandle } from './datasetFiles.ts'

/** Rows read at once. */
const BATCH = 2_000
/** Of a dataset with very many columns so many cells at once. */
const CELLS_MAX = 200_000

type Raw = (string | number | null)[]
export type RowTexts = { row: number; cells: string[]; time: string | null }

/** Rows in the given order (null: all, in the order of the source), each with the raw text of these columns. AppError 'cancelled'. */
export function* exportedRows(
  handle: DatasetHandle,
  columns: readonly Column[],
  order: Uint32Array | null,
): Generator<RowTexts> {
  const total = order?.length ?? handle.rows
  const batch = Math.max(1, Math.min(BATCH, Math.floor(CELLS_MAX / Math.max(1, columns.length))))
  const read = batchReader(handle, columns)
  for (let at = 0; at < total; at += batch) {
    handle.goOn()
    const numbers = order
      ? Array.from(order.subarray(at, at + batch))
      : Array.from({ length: Math.min(batch, total - at) }, (_, n) => at + n + 1)
    yield* read(numbers)
  }
}

function batchReader(handle: DatasetHandle, columns: readonly Column[]): (rows: readonly number[]) => RowTexts[] {
  const parts = [...new Set([0, ...columns.map(({ position }) => partOf(position))])].map((part) => {
    const places = columns.flatMap(({ position }, n) => (partOf(position) === part ? [n] : []))
    const cells = places.map((n) => `, ${quoteName(columns[n]?.name ?? '')}`).join('')
    const statement = handle.db
      .prepare<[string], Raw>(
        `SELECT _row, ${part === 0 ? '_time' : 'NULL'}${cells} FROM ${partTable(part)} WHERE _row IN (SELECT value FROM json_each(?))`,
      )
      .raw()
    return { part, places, statement }
  })
  return (rows) => {
    const found = new Map<number, RowTexts>()
    const asked = JSON.stringify(rows)
    for (const { part, places, statement } of parts) {
      for (const line of statement.iterate(asked)) {
        const row = Number(line[0])
        const texts = found.get(row) ?? { row, cells: new Array<string>(columns.length).fill(''), time: null }
        found.set(row, texts)
        if (part === 0) texts.time = isoOfUsOrNull(typeof line[1] === 'number' ? line[1] : null)
        for (const [n, place] of places.entries()) {
          const cell = line[n + 2]
          if (cell !== null && cell !== undefined) texts.cells[place] = String(cell)
        }
      }
    }
    return rows.flatMap((row) => found.get(row) ?? [])
  }
}
