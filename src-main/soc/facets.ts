import { and, integer, list, name, sql, type Sql } from './sql.ts'

/** Values of one field that are offered as a filter. */
const FACET_VALUES = 8

/** Columns of a part that tells what a table can be filtered by; `counted`: what its numbers are of. */
export const facetColumns = (counted: string) =>
  ({ field: 'text', value: 'text', cnt: { kind: 'number', title: counted } }) as const

/** The most frequent values of some fields of `from`, each with how many rows have it (`count`). */
export function facetsOf(fields: readonly string[], from: Sql, where: Sql | null, count: Sql = sql`count()`): Sql {
  const pairs = list(...fields.map((field) => sql`('${name(field)}', toString(${name(field)}))`))
  return sql`SELECT tupleElement(facet, 1) AS field, tupleElement(facet, 2) AS value, ${count} AS cnt
FROM ${from}
ARRAY JOIN [${pairs}] AS facet
WHERE ${and(where, sql`tupleElement(facet, 2) != ''`)}
GROUP BY field, value
ORDER BY field, cnt DESC, value
LIMIT ${integer('facet_values', FACET_VALUES)} BY field`
}
