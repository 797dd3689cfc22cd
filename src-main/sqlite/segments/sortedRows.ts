import type { Column } from '#contract/datasets'
import { asciiLower } from '../../predicate/fold.ts'
import { digitOrder } from '../digitOrder.ts'
import type { DatasetSegments } from './datasetSegments.ts'
import type { Matches } from './matches.ts'
import { rowNumbers } from './rowNumbers.ts'

/** By what rows are sorted; `column` null: by their time. */
export type Sorting = { column: Column | null; descending: boolean }

/**
 * The matching rows (null: all) in the order that SQLite would give them (rowView.ts), from segments. Null where the column has
 * none that tell it. AppError 'cancelled', 'dataset-damaged'.
 */
export function sortedRows(
  segments: DatasetSegments,
  { column, descending }: Sorting,
  matches: Matches | null,
  goOn: () => void,
): Uint32Array | null {
  const key = keyOf(segments, column)
  if (key === null) return null
  const { rows, numbers } = rowNumbers(segments, key, matches, goOn)
  if (key.ranks) for (let n = 0; n < numbers.length; n++) numbers[n] = key.ranks[numbers[n] ?? 0] ?? NaN
  return digitOrder(numbers, descending, goOn).map((place) => rows[place] ?? 0)
}

type Key = { column: Column; kind: 'numbers' | 'instants' | 'codes'; ranks?: Float64Array }

function keyOf(segments: DatasetSegments, sorted: Column | null): Key | null {
  const { layout } = segments
  const column = sorted ?? layout.columns.find(({ name }) => name === layout.timeColumn)
  if (!column) return null
  if (column.type === 'time') return layout.hasInstants(column.name) ? { column, kind: 'instants' } : null
  if (layout.hasCodes(column)) {
    const ranks = ranksOf(segments, column)
    return ranks && { column, kind: 'codes', ranks }
  }
  const kept = column.type === 'text' ? null : layout.numbers(column)
  // A text between the numbers has a place of its own among equal ones.
  return kept === 'whole' || kept === 'real' ? { column, kind: 'numbers' } : null
}

/** The place of each value among all, equal for those that sort as equal; NaN for the empty cell. */
function ranksOf(segments: DatasetSegments, column: Column): Float64Array | null {
  const values = segments.values(column)
  const cells = Array.from({ length: values.count }, (_, n) => values.value(n + 1))
  const text = column.type === 'text'
  // SQLite compares what stands behind a NUL in a way of its own.
  if (cells.some((cell) => (text ? typeof cell !== 'string' || cell.includes('\0') : typeof cell !== 'number')))
    return null
  const folded = cells.map((cell) => (typeof cell === 'string' ? Buffer.from(asciiLower(cell)) : Number(cell)))
  const compare = (a: Buffer | number = 0, b: Buffer | number = 0): number =>
    typeof a === 'number' || typeof b === 'number' ? Number(a) - Number(b) : Buffer.compare(a, b)
  const order = [...folded.keys()].sort((a, b) => compare(folded[a], folded[b]))
  const ranks = new Float64Array(values.count + 1)
  ranks[0] = NaN
  let rank = 0
  order.forEach((code, n) => {
    if (n > 0 && compare(folded[order[n - 1] ?? 0], folded[code]) !== 0) rank++
    ranks[code + 1] = rank
  })
  return ranks
}
