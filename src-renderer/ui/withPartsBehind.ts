import type { Column } from '#contract/datasets'

/** Columns in the order of the source, each packed one with its parts behind it. */
export function withPartsBehind(columns: readonly Column[]): Column[] {
  const parts = new Map<string, Column[]>()
  for (const column of columns) {
    if (column.derivedFrom === null) continue
    const those = parts.get(column.derivedFrom)
    if (those) those.push(column)
    else parts.set(column.derivedFrom, [column])
  }
  if (parts.size === 0) return [...columns]
  return columns.flatMap((column) => (column.derivedFrom === null ? [column, ...(parts.get(column.name) ?? [])] : []))
}
