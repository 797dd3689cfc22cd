import { partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import type { DatasetHandle } from './datasetFiles.ts'

export type RowPlace = { offset: number; length: number; line: number }

/**
 * Every row of a dataset as it stood in the source: the text of each cell ('' for an empty one) and where the record lies.
 * The same array and place are handed out again for the next row.
 */
export function* datasetCells(handle: DatasetHandle): Generator<{ cells: string[]; place: RowPlace }> {
  const parts = [...new Set(handle.columns.map((column) => partOf(column.position)))]
  const first = handle.db
    .prepare<[], (string | number | null)[]>(
      'SELECT _offset, _length, _line FROM rows WHERE keep_going() ORDER BY _row',
    )
    .raw()
    .iterate()
  // One iterator per table: SQLite joins no more than 64 tables and answers no more than 2,000 columns.
  const iterators = parts.map((part) => {
    const names = handle.columns
      .filter((column) => partOf(column.position) === part)
      .map((column) => quoteName(column.name))
    return handle.db
      .prepare<[], (string | number | null)[]>(`SELECT ${names.join(', ')} FROM ${partTable(part)} ORDER BY _row`)
      .raw()
      .iterate()
  })
  const cells = handle.columns.map(() => '')
  const place: RowPlace = { offset: 0, length: 0, line: 0 }
  try {
    for (const [offset, length, line] of first) {
      Object.assign(place, { offset, length, line })
      let at = 0
      for (const iterator of iterators) {
        const next = iterator.next()
        if (next.done) return
        for (const cell of next.value) cells[at++] = cell === null ? '' : String(cell)
      }
      yield { cells, place }
    }
  } finally {
    for (const iterator of iterators) iterator.return?.()
  }
}

export type QuarantineEntry = RowPlace & { id: number; reason: string; raw: string }

/** All quarantined records, in the order of the source. */
export function quarantineOf(handle: DatasetHandle): IterableIterator<QuarantineEntry> {
  return handle.db
    .prepare<[], QuarantineEntry>(
      'SELECT id, line, offset, length, reason, raw FROM quarantine WHERE keep_going() ORDER BY id',
    )
    .iterate()
}

/** One quarantined record. */
export function quarantineEntry(handle: DatasetHandle, id: number): QuarantineEntry | undefined {
  return handle.db
    .prepare<[number], QuarantineEntry>('SELECT id, line, offset, length, reason, raw FROM quarantine WHERE id = ?')
    .get(id)
}
