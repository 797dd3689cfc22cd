import type { Column } from '#contract/datasets'
import { partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import { compileSqlite } from '../predicate/compileSqlite.ts'
import type { Predicate } from '../predicate/predicate.ts'
import type { DatasetHandle } from './datasetFiles.ts'

/** A filled cell of a row that may be what is looked for. `time` in microseconds since 1970 UTC. */
export type FoundCell = { row: number; time: number | null; column: Column; text: string }

/**
 * The filled cells of these columns in every row that matches, in the order of the source for each table of the file.
 * AppError 'cancelled', and as compileSqlite.
 */
export function* foundCells(
  handle: DatasetHandle,
  predicate: Predicate,
  columns: readonly Column[],
): Generator<FoundCell> {
  const { text: condition, values } = compileSqlite(predicate, handle)
  for (const part of new Set(columns.map(({ position }) => partOf(position)))) {
    const inPart = columns.filter(({ position }) => partOf(position) === part)
    const join = part === 0 ? '' : ` JOIN ${partTable(part)} USING (_row)`
    const rows = handle.db
      .prepare<[Record<string, string | number>], (string | number | null)[]>(
        `SELECT _row, _time${inPart.map(({ name }) => `, ${quoteName(name)}`).join('')} FROM rows${join} WHERE keep_going() AND ${condition}`,
      )
      .raw()
      .iterate(values)
    for (const cells of rows) {
      const time = cells[1]
      for (const [n, column] of inPart.entries()) {
        const cell = cells[n + 2]
        if (cell === null || cell === undefined || cell === '') continue
        yield { row: Number(cells[0]), time: typeof time === 'number' ? time : null, column, text: String(cell) }
      }
    }
  }
}
