import type { Column } from '#contract/datasets'
import { partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import type { ReadDb } from './db.ts'

// Any letter: LIKE finds it at the end of a text unless a NUL made it stop before.
const END = '\u001e'

/** Whether some cell of a dataset holds a NUL character, which ends a text for LIKE. One scan. AppError 'cancelled'. */
export function holdsNul(db: ReadDb, columns: readonly Column[]): boolean {
  const parts = [...new Set(columns.map((column) => partOf(column.position)))]
  return parts.some((part) => {
    const cells = columns.filter((column) => partOf(column.position) === part).map((column) => quoteName(column.name))
    const found = db
      .prepare<[string, string]>(
        `SELECT 1 FROM ${partTable(part)} WHERE keep_going() AND concat_ws('', ${cells.join(', ')}, ?) NOT LIKE ? LIMIT 1`,
      )
      .get(END, `%${END}`)
    return found !== undefined
  })
}
