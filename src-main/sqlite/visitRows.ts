import type { RowCondition } from '../predicate/compileSqlite.ts'
import type { DatasetHandle } from './datasetFiles.ts'

type Stored = string | number | null

/**
 * Calls `visit` with the values of the expressions for every row that meets the condition, in the order of the source. As a
 * function that SQL calls, which takes half the time of handing rows out one by one. AppError 'cancelled'.
 */
export function visitRows(
  handle: DatasetHandle,
  condition: RowCondition,
  from: { expressions: readonly string[]; join?: string },
  visit: (...values: Stored[]) => void,
): void {
  const { db } = handle
  db.function('visit_row', { varargs: true, deterministic: false }, (...values: unknown[]) => {
    handle.goOn()
    // SQLite hands over what is stored: text, numbers or NULL.
    visit(...values.map((value) => (typeof value === 'string' || typeof value === 'number' ? value : null)))
    return 0
  })
  db.prepare<[RowCondition['values']], unknown>(
    `SELECT max(visit_row(${from.expressions.join(', ')})) FROM rows ${from.join ?? ''} WHERE keep_going() AND ${condition.text}`,
  ).get(condition.values)
}
