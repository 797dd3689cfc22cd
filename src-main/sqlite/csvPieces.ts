import { partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import type { DatasetHandle } from './datasetFiles.ts'

/** Of a cell: its text, the number it is, or its instant in microseconds; of a row: its number or time in microseconds. */
export type CsvSource = { as: 'row' | 'time' } | { as: 'text' | 'number' | 'instant'; column: string; position: number }

/** Rows of one piece; fewer where they are large. */
const ROWS = 2_000
/** Bytes of the source in one piece: SQLite makes a text of at most 1 GB, and a piece is in memory. */
const BYTES_MAX = 16_000_000
/** Values of one concat(), of which SQLite takes 1,000. */
const CONCAT_MAX = 300

/**
 * Rows `first` to `last` as CSV for ClickHouse, in the order of the source: texts in quotes, empty for no number and no time.
 * SQLite makes whole pieces, which takes a fraction of handing out cells. AppError 'cancelled'.
 */
export function* csvPieces(
  handle: DatasetHandle,
  sources: readonly CsvSource[],
  { first, last }: { first: number; last: number },
): Generator<{ bytes: Buffer; rows: number }> {
  const parts = [...new Set(sources.flatMap((source) => ('position' in source ? [partOf(source.position)] : [])))]
  const joins = parts.filter((part) => part > 0).map((part) => ` JOIN ${partTable(part)} USING (_row)`)
  const cells = sources.flatMap((source, n) => [...(n === 0 ? [] : [`','`]), ...cellOf(source)])
  const groups = Array.from(
    { length: Math.ceil(cells.length / CONCAT_MAX) },
    (_, n) => `concat(${cells.slice(n * CONCAT_MAX, (n + 1) * CONCAT_MAX).join(', ')})`,
  )
  const make = handle.db
    .prepare<[number, number], Buffer>(
      `SELECT CAST(group_concat(line, '') AS BLOB) FROM (
         SELECT ${groups.join(' || ')} || char(10) AS line FROM rows${joins.join('')} WHERE _row BETWEEN ? AND ?)`,
    )
    .pluck()
  const weigh = handle.db
    .prepare<[number, number], number>('SELECT sum(_length) FROM rows WHERE _row BETWEEN ? AND ?')
    .pluck()
  for (let at = first; at <= last;) {
    handle.goOn()
    let end = Math.min(last, at + ROWS - 1)
    while (end > at && (weigh.get(at, end) ?? 0) > BYTES_MAX) end = at + Math.floor((end - at) / 2)
    const bytes = make.get(at, end)
    if (bytes) yield { bytes, rows: end - at + 1 }
    at = end + 1
  }
}

/** What is joined for one cell. */
function cellOf(source: CsvSource): string[] {
  if (!('column' in source)) return [source.as === 'row' ? '_row' : '_time']
  const cell = quoteName(source.column)
  if (source.as === 'instant') return [cell]
  if (source.as === 'number') return [`CASE typeof(${cell}) WHEN 'text' THEN number_of(${cell}) ELSE ${cell} END`]
  // Numbers that are no whole ones stand as the source wrote them.
  const text = `CASE typeof(${cell}) WHEN 'text' THEN replace(${cell}, '"', '""') WHEN 'real' THEN number_text(${cell}) ELSE ${cell} END`
  return [`'"'`, text, `'"'`]
}
