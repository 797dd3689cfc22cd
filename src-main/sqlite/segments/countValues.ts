import type { Column } from '#contract/datasets'
import { COUNTS_MAX, STRETCH } from '../../segments/engine.ts'
import { FORM, type ColumnValues } from '../../segments/segmentFile.ts'
import type { DatasetSegments, Ready } from './datasetSegments.ts'
import type { Matches } from './matches.ts'

type Cell = string | number | null
export type CountedValues = { values: { value: Cell; count: number }[]; distinct: number; empty: number; total: number }
export type CountedPairs = {
  values: { value: Cell; by: Cell; count: number }[]
  distinct: number
  empty: number
  total: number
}

/** So many values, the most or the least frequent ones; `goOn` throws once the call was cancelled. */
type Wanted = { limit: number; least: boolean; goOn(): void }

const widthOf = ({ form }: Ready): number => (form === FORM.codes8 ? 1 : 2)

/**
 * The most frequent values of a column that has codes, over the rows that match (null: over all, which the file knows).
 * Null where the column has none. AppError 'cancelled', 'dataset-damaged'.
 */
export function countValues(
  segments: DatasetSegments,
  column: Column,
  matches: Matches | null,
  { limit, least, goOn }: Wanted,
): CountedValues | null {
  if (!segments.layout.hasCodes(column)) return null
  // Looking for them needs the room in which is counted.
  matches?.until(Infinity)
  const values = segments.values(column)
  const counts = new Uint32Array(values.count + 1)
  if (matches === null) {
    let filled = 0
    for (let code = 1; code <= values.count; code++) filled += counts[code] = values.rows(code)
    counts[0] = segments.rows - filled
  } else {
    const { engine } = segments
    engine.words.fill(0, engine.at.counts >> 2, (engine.at.counts >> 2) + counts.length)
    eachStretch(segments, matches, goOn, (n, rows, bits) => {
      const [codes] = segments.ready(n, [{ column, kind: 'codes' }])
      if (codes) engine.call('facet', codes.at, widthOf(codes), rows, bits, engine.at.counts)
    })
    counts.set(engine.words.subarray(engine.at.counts >> 2, (engine.at.counts >> 2) + counts.length))
  }
  const order = (a: number, b: number): number => compareCells(values.value(a), values.value(b))
  return {
    values: inOrder(counts, 1, { limit, least, order }).map((code) => ({
      value: values.value(code),
      count: counts[code] ?? 0,
    })),
    distinct: counts.subarray(1).reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0),
    empty: counts[0] ?? 0,
    total: counts.reduce((sum, count) => sum + count, 0),
  }
}

/** The most frequent pairs of values of two columns, rows with an empty cell in one of them left out. As countValues. */
export function countPairs(
  segments: DatasetSegments,
  [one, other]: readonly [Column, Column],
  matches: Matches | null,
  { limit, least, goOn }: Wanted,
): CountedPairs | null {
  if (!segments.layout.hasCodes(one) || !segments.layout.hasCodes(other)) return null
  const [values, others] = [segments.values(one), segments.values(other)]
  const across = others.count + 1
  const size = (values.count + 1) * across
  if (size > COUNTS_MAX) return null
  matches?.until(Infinity)
  const { engine } = segments
  const from = engine.at.counts >> 2
  engine.words.fill(0, from, from + size)
  eachStretch(segments, matches, goOn, (n, rows, bits) => {
    const [a, b] = segments.ready(n, [
      { column: one, kind: 'codes' },
      { column: other, kind: 'codes' },
    ])
    if (a && b) engine.call('facet_pairs', a.at, widthOf(a), b.at, widthOf(b), rows, bits, across, engine.at.counts)
  })
  const counts = engine.words.slice(from, from + size)
  return pairsOf(counts, values, others, { limit, least })
}

function pairsOf(
  counts: Uint32Array,
  values: ColumnValues,
  others: ColumnValues,
  wanted: Omit<Wanted, 'goOn'>,
): CountedPairs {
  const across = others.count + 1
  let [distinct, empty, total] = [0, 0, 0]
  counts.forEach((count, pair) => {
    if (count === 0) return
    total += count
    if (pair < across || pair % across === 0) {
      empty += count
      counts[pair] = 0
    } else distinct++
  })
  const [a, b] = [
    (pair: number) => values.value(Math.floor(pair / across)),
    (pair: number) => others.value(pair % across),
  ]
  const order = (p: number, q: number): number => compareCells(a(p), a(q)) || compareCells(b(p), b(q))
  return {
    values: inOrder(counts, 0, { ...wanted, order }).map((pair) => ({
      value: a(pair),
      by: b(pair),
      count: counts[pair] ?? 0,
    })),
    distinct,
    empty,
    total,
  }
}

/** Calls `each` with every stretch that holds found rows; `bits` 0 stands for all rows of it. */
export function eachStretch(
  segments: DatasetSegments,
  matches: Matches | null,
  goOn: () => void,
  each: (n: number, rows: number, bits: number) => void,
): void {
  for (let n = 0; n < segments.stretches; n++) {
    goOn()
    const rows = Math.min(STRETCH, segments.rows - n * STRETCH)
    if (matches === null) each(n, rows, 0)
    else if (matches.put(n, segments.engine.at.sets) > 0) each(n, rows, segments.engine.at.sets)
  }
}

/** Places from `from` on with the greatest (or smallest) counts above 0, at most `limit`, equal ones in `order`. */
function inOrder(
  counts: Uint32Array,
  from: number,
  { limit, least, order }: { limit: number; least: boolean; order(a: number, b: number): number },
): number[] {
  // The count of the last one that gets in: only those up to it are put in order.
  const sorted = counts
    .subarray(from)
    .filter((count) => count > 0)
    .sort()
  const edge = (least ? sorted[limit - 1] : sorted[sorted.length - limit]) ?? (least ? Infinity : 1)
  const found: number[] = []
  for (let at = from; at < counts.length; at++) {
    const count = counts[at] ?? 0
    if (count > 0 && (least ? count <= edge : count >= edge)) found.push(at)
  }
  const sign = least ? -1 : 1
  return found.sort((a, b) => sign * ((counts[b] ?? 0) - (counts[a] ?? 0)) || order(a, b)).slice(0, limit)
}

/** As SQLite sorts: numbers first, texts by their bytes. */
function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return typeof a === 'number' ? -1 : typeof b === 'number' ? 1 : 0
}
