import { partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import type { DatasetHandle } from './datasetFiles.ts'

/** A row as it stood in the source: its number here, where its record lies, and the text of each cell of the source. */
export type SourceRow = { row: number; offset: number; length: number; line: number; cells: string[] }

/** Rows of a dataset by runs of their numbers, in order. The same object is handed out again. */
export function* caseRows(handle: DatasetHandle, runs: readonly (readonly [number, number])[]): Generator<SourceRow> {
  const columns = handle.columns.filter(({ derivedFrom }) => derivedFrom === null)
  const parts = [...new Set(columns.map(({ position }) => partOf(position)))]
  type Values = (string | number | null)[]
  const statements = parts.map((part, n) => {
    const names = columns.filter(({ position }) => partOf(position) === part).map(({ name }) => quoteName(name))
    const places = n === 0 ? '_row, _offset, _length, _line, ' : ''
    const sql = `SELECT ${places}${names.join(', ')} FROM ${partTable(part)} WHERE _row BETWEEN ? AND ? AND keep_going() ORDER BY _row`
    return () => handle.db.prepare<[number, number], Values>(sql).raw()
  })
  const row: SourceRow = { row: 0, offset: 0, length: 0, line: 0, cells: columns.map(() => '') }
  const prepared = statements.map((prepare) => prepare())
  for (const [from, to] of runs) {
    const [first, ...others] = prepared.map((statement) => statement.iterate(from, to))
    if (!first) return
    try {
      for (const values of first) {
        row.row = Number(values[0])
        row.offset = Number(values[1])
        row.length = Number(values[2])
        row.line = Number(values[3])
        let at = 0
        for (let n = 4; n < values.length; n++) row.cells[at++] = textOf(values[n])
        for (const other of others) {
          const next = other.next()
          if (!next.done) for (const value of next.value) row.cells[at++] = textOf(value)
        }
        yield row
      }
    } finally {
      for (const other of others) other.return?.()
    }
  }
}

const textOf = (cell: string | number | null | undefined): string =>
  cell === null || cell === undefined ? '' : String(cell)

/** What a dataset that came with a case file keeps of how its columns were decided, as JSON; null for any other. */
export function keptShape({ db }: DatasetHandle): string | null {
  return db.prepare<[], string>(`SELECT value FROM meta WHERE key = 'shape'`).pluck().get() ?? null
}
