import type { ReadDb } from './db.ts'
import { loadedSet, NO_ROWS, rowsOf, type RowSet } from './rowSet.ts'

/**
 * Rows of a dataset of which only some came in a case file are numbered anew, without gaps, as in every dataset. What is said
 * about them travels under the numbers that they have in the source.
 */
export type RowNumbers = {
  /** Whether some rows of the source are missing. */
  excerpt: boolean
  toSource(row: number): number
  /** null: the row is not here. */
  fromSource(row: number): number | null
}

/** Where every row is there, or is supposed to be: up to `rows`. */
export const wholeNumbers = (rows: number): RowNumbers => ({
  excerpt: false,
  toSource: (row) => row,
  fromSource: (row) => (row <= rows ? row : null),
})

/** Of rows that are these of the source. */
export function excerptNumbers(set: RowSet): RowNumbers {
  const rows = Uint32Array.from(rowsOf(set))
  return {
    excerpt: true,
    toSource: (row) => rows[row - 1] ?? row,
    fromSource(row) {
      let [low, high] = [0, rows.length - 1]
      while (low <= high) {
        const middle = (low + high) >> 1
        const found = rows[middle] ?? 0
        if (found === row) return middle + 1
        if (found < row) low = middle + 1
        else high = middle - 1
      }
      return null
    },
  }
}

/** The rows of its source that a dataset has; null: all of them. */
export function excerptOf(db: ReadDb, datasetId: string): RowSet | null {
  const blocks = db
    .prepare<[string], { block: number; rows: Buffer }>('SELECT block, rows FROM excerpt_rows WHERE dataset_id = ?')
    .all(datasetId)
  const excerpt = db
    .prepare<[string], number | null>('SELECT excerpt_of FROM datasets WHERE id = ?')
    .pluck()
    .get(datasetId)
  return excerpt === null || excerpt === undefined ? null : blocks.length === 0 ? NO_ROWS : loadedSet(blocks)
}

/** How the rows of a dataset of the workspace are numbered. */
export function rowNumbersOf(db: ReadDb, datasetId: string): RowNumbers {
  const excerpt = excerptOf(db, datasetId)
  if (excerpt) return excerptNumbers(excerpt)
  const rows = db.prepare<[string], number>('SELECT row_count FROM datasets WHERE id = ?').pluck().get(datasetId)
  return wholeNumbers(rows ?? 0)
}

/** The numbers that rows of the workspace have in their sources, in the order asked. */
export function sourceRows(db: ReadDb, rows: readonly { datasetId: string; row: number }[]): number[] {
  const known = new Map<string, RowNumbers>()
  return rows.map(({ datasetId, row }) => {
    const numbers = known.get(datasetId) ?? rowNumbersOf(db, datasetId)
    known.set(datasetId, numbers)
    return numbers.toSource(row)
  })
}

/** The runs of consecutive numbers of a set, first and last of each. */
export function runsOf(rows: Iterable<number>): [number, number][] {
  const runs: [number, number][] = []
  for (const row of rows) {
    const last = runs.at(-1)
    if (last && last[1] === row - 1) last[1] = row
    else runs.push([row, row])
  }
  return runs
}

/** The rows of its source that a dataset has, as runs in order; none where it has all. */
export function sourceRuns(db: ReadDb, datasetId: string): { row: number; sourceRow: number; rows: number }[] {
  const excerpt = excerptOf(db, datasetId)
  if (excerpt === null) return []
  let row = 1
  return runsOf(rowsOf(excerpt)).map(([first, last]) => {
    const run = { row, sourceRow: first, rows: last - first + 1 }
    row += run.rows
    return run
  })
}
