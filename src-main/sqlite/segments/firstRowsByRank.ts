import type { Column } from '#contract/datasets'
import { asciiLower } from '../../predicate/fold.ts'
import type { ManyCodes } from '../../segments/manyCodes.ts'
import type { DatasetHandle } from '../datasetFiles.ts'
import type { DatasetSegments } from './datasetSegments.ts'
import type { Matches } from './matches.ts'
import { cellReader } from './rowCodes.ts'

const RANKS = 65_536
const NONE = -1
/** Rows that are looked at before is asked whether to go on. */
const CHUNK = 65_536

/**
 * The matching rows (null: all) that come first by the text of a column, as firstRowsByText finds them, without reading the others: ranks
 * tell which values can be among them, and only these are looked up. Of a filter that is still looked for, of the rows found so far. Null
 * where the file of segments has no ranks of the column. AppError 'cancelled', 'dataset-damaged'.
 */
export function firstRowsByRank(
  handle: DatasetHandle,
  segments: DatasetSegments,
  { column, descending, most }: { column: Column; descending: boolean; most: number },
  matches: Matches | null,
): number[] | null {
  const many = segments.hasRanks(column) ? segments.many(column, handle.goOn) : null
  if (!many?.ranks) return null
  const { codes, ranks } = many
  const counts = new Uint32Array(RANKS)
  const numbers = matches?.all() ?? null
  const known = matches === null ? segments.manyCounts(column) : null
  if (known) countRanksOfValues(ranks, known.counts, counts)
  else eachChunk(handle, numbers, (rows, from, to) => countRanks(codes, ranks, counts, rows, from, to))
  const edge = edgeOf(counts, most, descending)
  const chosen = new Uint8Array(many.count + 1)
  // An empty cell has no code.
  const [empty, rowsOf] = [new Array<number>(), new Map<number, number[]>()]
  for (let code = 1; code <= many.count; code++) {
    const rank = ranks[code - 1] ?? 0
    if (edge === NONE || (descending ? rank >= edge : rank <= edge)) chosen[code] = 1
  }
  if (edge === NONE) chosen[0] = 1
  eachChunk(handle, numbers, (rows, from, to) => {
    for (const place of chosenPlaces(codes, chosen, rows, from, to)) {
      const row = rows === null ? place + 1 : (rows[place] ?? 0)
      const code = codes[row - 1] ?? 0
      const list = code === 0 ? empty : (rowsOf.get(code) ?? [])
      if (code > 0 && list.length === 0) rowsOf.set(code, list)
      if (list.length < most) list.push(row)
    }
  })
  return [...inOrder(handle, column, many, rowsOf, descending, most), ...empty].slice(0, most)
}

type Codes = Uint32Array
/** Row numbers of a filter in their order, or null for all rows of the dataset. */
type Rows = Uint32Array | null

function eachChunk(handle: DatasetHandle, rows: Rows, each: (rows: Rows, from: number, to: number) => void): void {
  const length = rows?.length ?? handle.rows
  for (let from = 0; from < length; from += CHUNK) {
    handle.goOn()
    each(rows, from, Math.min(length, from + CHUNK))
  }
}

// Called chunk by chunk, so that they are compiled after the first ones.

function countRanks(codes: Codes, ranks: Uint16Array, counts: Uint32Array, rows: Rows, from: number, to: number): void {
  for (let n = from; n < to; n++) {
    const code = codes[rows === null ? n : (rows[n] ?? 1) - 1] ?? 0
    if (code === 0) continue
    const rank = ranks[code - 1] ?? 0
    counts[rank] = (counts[rank] ?? 0) + 1
  }
}

function countRanksOfValues(ranks: Uint16Array, rowsOf: Uint32Array, counts: Uint32Array): void {
  for (let n = 0; n < ranks.length; n++) {
    const rank = ranks[n] ?? 0
    counts[rank] = (counts[rank] ?? 0) + (rowsOf[n] ?? 0)
  }
}

function chosenPlaces(codes: Codes, chosen: Uint8Array, rows: Rows, from: number, to: number): number[] {
  const places: number[] = []
  for (let n = from; n < to; n++) if (chosen[codes[rows === null ? n : (rows[n] ?? 1) - 1] ?? 0] === 1) places.push(n)
  return places
}

/** The rank behind which nothing comes among the first rows; NONE where all values do, and empty cells may. */
function edgeOf(counts: Uint32Array, most: number, descending: boolean): number {
  let found = 0
  for (let n = 0; n < RANKS; n++) {
    const rank = descending ? RANKS - 1 - n : n
    found += counts[rank] ?? 0
    if (found >= most) return rank
  }
  return NONE
}

/** Rows by their texts; those of texts that are equal in any case, in the order of the source. */
function inOrder(
  handle: DatasetHandle,
  column: Column,
  { firsts }: ManyCodes,
  rowsOf: ReadonlyMap<number, readonly number[]>,
  descending: boolean,
  most: number,
): number[] {
  const cell = cellReader(handle, column)
  const texts = [...rowsOf].map(([code, rows]) => {
    handle.goOn()
    return { rows, key: Buffer.from(asciiLower(String(cell(firsts[code - 1] ?? 0) ?? ''))) }
  })
  texts.sort((a, b) => (descending ? Buffer.compare(b.key, a.key) : Buffer.compare(a.key, b.key)))
  const found: number[] = []
  for (let n = 0; n < texts.length && found.length < most;) {
    const same = [...(texts[n]?.rows ?? [])]
    for (n++; n < texts.length && texts[n - 1]?.key.equals(texts[n]?.key ?? Buffer.alloc(0)) === true; n++)
      for (const row of texts[n]?.rows ?? []) same.push(row)
    for (const row of same.sort((a, b) => a - b)) found.push(row)
  }
  return found
}
