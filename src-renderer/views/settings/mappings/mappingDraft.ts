import type { Mapping, MappingReading } from '#contract/mappings'

/** What can be changed of a mapping. */
export type Draft = { name: string; reading: MappingReading }
export const draftOf = ({ name, reading }: Mapping): Draft => ({ name, reading })

/** Columns that a mapping says something of, then the others of the file that it was made for. */
export function columnsOf({ headers }: Mapping, reading: MappingReading): { said: string[]; others: string[] } {
  const { fields, splits, dayFirst, first = [] } = reading
  const named = [...[fields, splits, dayFirst].flatMap((part) => Object.keys(part ?? {})), ...first]
  const said = new Set(named)
  const names = [...new Set(headers.map((header) => header.trim()).filter((header) => header !== ''))]
  const parts = [...said].filter((name) => !names.includes(name))
  return {
    said: [...names.filter((name) => said.has(name)), ...parts],
    others: names.filter((name) => !said.has(name)),
  }
}

/** The same without anything about one column. */
export function without(reading: MappingReading, column: string): MappingReading {
  const less = <V>(part: Record<string, V> | undefined): Record<string, V> | undefined => {
    if (part === undefined) return undefined
    const { [column]: _, ...others } = part
    return Object.keys(others).length > 0 ? others : undefined
  }
  const { fields, splits, dayFirst, first, ...others } = reading
  const [f, s, d] = [less(fields), less(splits), less(dayFirst)]
  return {
    ...others,
    ...(f ? { fields: f } : {}),
    ...(s ? { splits: s } : {}),
    ...(d ? { dayFirst: d } : {}),
    ...(first ? { first: first.filter((name) => name !== column) } : {}),
  }
}
