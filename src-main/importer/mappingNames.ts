import type { Reading } from '#contract/datasets'
import { columnNames } from './columnNames.ts'
import { headerKey } from './profiles.ts'

/** The column of the source that a name speaks of: itself, or of a part of a packed column that one. */
export function sourceName(name: string, own: ReadonlySet<string>): string {
  if (own.has(name)) return name
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1))
    if (own.has(name.slice(0, dot))) return name.slice(0, dot)
  return name
}

/**
 * Columns of the source without which a mapping says nothing: those that feed fields, are taken apart or hold times. Where it
 * names none of those, the others that it names. In the order of the file.
 */
export function usedColumns(headers: readonly string[], reading: Reading): string[] {
  const own = new Set(columnNames(headers))
  const { fields = {}, splits = {}, dayFirst = {}, timeColumn, first = [] } = reading
  const needed = [
    ...Object.keys(fields).filter((name) => fields[name]?.length),
    ...Object.keys(splits).filter((name) => splits[name] !== null),
    ...Object.keys(dayFirst),
    ...(typeof timeColumn === 'string' ? [timeColumn] : []),
  ]
  const named = needed.length > 0 ? needed : [...Object.keys(fields), ...Object.keys(splits), ...first]
  const used = new Set(named.map((name) => sourceName(name, own)))
  return [...[...own].filter((name) => used.has(name)), ...[...used].filter((name) => !own.has(name))]
}

/** What a name of one file is called in another one: letter case and dots for underscores do not count; null: it is not there. */
export function renamer(from: readonly string[], to: readonly string[]): (name: string) => string | null {
  const own = new Set(columnNames(from))
  const names = columnNames(to)
  const there = new Set(names)
  const byKey = new Map<string, string>()
  for (const name of names) if (!byKey.has(headerKey(name))) byKey.set(headerKey(name), name)
  return (name) => {
    const source = sourceName(name, own)
    const found = there.has(source) ? source : byKey.get(headerKey(source))
    return found === undefined ? null : found + name.slice(source.length)
  }
}

/** What is said of one file, of another one in its own names; what speaks of columns that are not there is left out. */
export function readingFor(reading: Reading, rename: (name: string) => string | null): Reading {
  const { fields, splits, dayFirst, timeColumn, first, ...others } = reading
  const renamed = <V>(record: Record<string, V>): Record<string, V> =>
    Object.fromEntries(
      Object.entries(record).flatMap(([name, value]): [string, V][] => {
        const other = rename(name)
        return other === null ? [] : [[other, value]]
      }),
    )
  const column = typeof timeColumn === 'string' ? (rename(timeColumn) ?? undefined) : timeColumn
  const shown = first?.flatMap((name) => rename(name) ?? []) ?? []
  return {
    ...others,
    ...(fields === undefined ? {} : { fields: renamed(fields) }),
    ...(splits === undefined ? {} : { splits: renamed(splits) }),
    ...(dayFirst === undefined ? {} : { dayFirst: renamed(dayFirst) }),
    ...(column === undefined ? {} : { timeColumn: column }),
    ...(shown.length === 0 && first?.length !== 0 ? {} : { first: shown }),
  }
}
