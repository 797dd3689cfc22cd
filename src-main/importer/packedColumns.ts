import { packedPairs } from './packedPairs.ts'
import { headerKey, type ProfileSplit } from './profiles.ts'
import type { WantedSplit } from './wantedSplits.ts'

/** A packed column of a file and the keys of its cells that become columns of their own. Plain JSON. */
export type PackedColumn = Pick<ProfileSplit, 'how' | 'between'> & { position: number; keys: string[] }

/** Derived columns of a file, all packed columns together. Keys beyond that stay in the packed cell, where they stand anyway. */
export const DERIVED_MAX = 200

/**
 * Decides from the records at the beginning which keys of packed columns become columns: those that come most often, in the
 * order in which they are first seen.
 */
export function packedColumns(
  splits: readonly Omit<WantedSplit, 'own'>[],
  records: readonly (readonly string[])[],
): PackedColumn[] {
  const found = splits.map(({ position, how, between }) => {
    return { position, how, between, counts: keysOf(position, packedPairs({ how, between }), records) }
  })
  const all = found.flatMap(({ position, counts }) => [...counts].map(([key, count]) => ({ position, key, count })))
  const kept = new Set(all.toSorted((a, b) => b.count - a.count).slice(0, DERIVED_MAX))
  return found.flatMap(({ position, how, between }) => {
    const keys = all.filter((one) => one.position === position && kept.has(one)).map(({ key }) => key)
    return keys.length === 0 ? [] : [{ position, how, between, keys }]
  })
}

function keysOf(
  position: number,
  pairs: ReturnType<typeof packedPairs>,
  records: readonly (readonly string[])[],
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const record of records) {
    pairs(record[position] ?? '', (key, value) => {
      if (value !== '') counts.set(key, (counts.get(key) ?? 0) + 1)
    })
  }
  return counts
}

/** Headers of the derived columns in their order, with the position of the column they come from and what it calls them. */
export function derivedHeaders(
  headers: readonly string[],
  packed: readonly PackedColumn[],
): { header: string; from: number; key: string }[] {
  return packed.flatMap(({ position, keys }) =>
    keys.map((key) => ({ header: `${headers[position] ?? ''}.${key}`, from: position, key })),
  )
}

/** The header of a column that a profile's splits derive from another column of the file. */
export function isDerivedHeader(
  header: string,
  splits: readonly ProfileSplit[],
  present: ReadonlySet<string>,
): boolean {
  return splits.some(({ column }) => {
    const key = headerKey(column)
    return present.has(key) && headerKey(header).startsWith(`${key}_`)
  })
}

/**
 * Makes the cells of a row from those of a record: the first `width` as they are, then the derived ones. Of a key that comes
 * twice in a cell the first value counts. Without packed columns the record itself is handed back.
 */
export function createUnpacker(
  packed: readonly PackedColumn[],
  width: number,
): (cells: readonly string[]) => readonly string[] {
  if (packed.length === 0) return (cells) => cells
  let next = width
  const parts = packed.map(({ position, how, between, keys }) => ({
    position,
    pairs: packedPairs({ how, between }),
    places: new Map(keys.map((key) => [key, next++])),
  }))
  const all = next
  return (cells) => {
    const row = cells.slice(0, width)
    while (row.length < all) row.push('')
    for (const { position, pairs, places } of parts) {
      const cell = row[position] ?? ''
      if (cell === '') continue
      pairs(cell, (key, value) => {
        const place = places.get(key)
        if (place !== undefined && row[place] === '') row[place] = value
      })
    }
    return row
  }
}
