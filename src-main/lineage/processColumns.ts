import type { Column } from '#contract/datasets'
import type { CanonicalField } from '#contract/values'

/** The columns of a dataset by what they are called and by the field they feed, best first. */
export type DatasetColumns = {
  /** Columns of these names, in the order of the names; a packed or nested column counts by its last part. */
  named(...names: string[]): Column[]
  /** Columns that feed a canonical field. */
  feeding(field: CanonicalField): Column[]
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Looks columns up by name and by field. `order`: the positions that feed a field, best first. */
export function datasetColumns(
  columns: readonly Column[],
  order: ReadonlyMap<CanonicalField, readonly number[]>,
): DatasetColumns {
  const byName = new Map<string, Column[]>()
  const put = (key: string, column: Column): void => {
    const known = byName.get(key) ?? []
    if (!known.includes(column)) byName.set(key, [...known, column])
  }
  for (const column of columns) {
    put(plain(column.header), column)
    // winlog.event_data.ProcessGuid, Details.PGUID
    const last = column.header.slice(column.header.lastIndexOf('.') + 1)
    if (last !== column.header) put(plain(last), column)
  }
  return {
    named: (...names) => [...new Set(names.flatMap((name) => byName.get(plain(name)) ?? []))],
    feeding(field) {
      const best = order.get(field) ?? []
      const rank = ({ position }: Column): number =>
        best.includes(position) ? best.indexOf(position) : best.length + position
      return columns.filter(({ fields }) => fields.includes(field)).toSorted((a, b) => rank(a) - rank(b))
    },
  }
}
