import type { FieldStats } from '#contract/rows'
import type { Column } from '#contract/datasets'
import { instantColumn, partOf, partTable, quoteName } from '../../importer/datasetFile.ts'
import { isoOfUs, isoOfUsOrNull } from '../conditions.ts'
import type { DatasetHandle } from '../datasetFiles.ts'
import { columnNamed, narrowedCondition, type RowFilter } from '../rowView.ts'

type Line = {
  kind: 'most' | 'least' | 'all'
  value: string | number | null
  n: number | null
  empty: number
  first: number | null
  last: number | null
  distinct: number
  numbers: number
  min: number | null
  max: number | null
  sum: number | null
  instants: number
  earliest: number | null
  latest: number | null
}

/**
 * What a column holds, over the rows that match: exact, in one scan. A number that could not be stored without changing its
 * text ("1.50") counts as the number it is. AppError 'not-found' for an unknown column, and as conditionOf.
 */
export function fieldStats(handle: DatasetHandle, question: RowFilter & { column: string; limit: number }): FieldStats {
  const column = columnNamed(handle, question.column)
  const condition = narrowedCondition(handle, question)
  const part = partOf(column.position)
  const join = part === 0 ? '' : `JOIN ${partTable(part)} USING (_row)`
  const instant = instantOf(column, handle)
  const number = numberOf(column)
  const values = (kind: string, direction: string) =>
    `SELECT * FROM (SELECT '${kind}' AS kind, value, n, 0 AS empty, first, last, 0 AS "distinct", 0 AS numbers, NULL AS min, NULL AS max, NULL AS sum,
       0 AS instants, NULL AS earliest, NULL AS latest FROM g WHERE value IS NOT NULL ORDER BY n ${direction}, value LIMIT @most)`
  const lines = handle.db
    .prepare<[Record<string, string | number>], Line>(
      `WITH g AS MATERIALIZED (
         SELECT ${quoteName(column.name)} AS value, sum(keep_going()) AS n, min(_time) AS first, max(_time) AS last,
           min(${instant}) AS earliest, max(${instant}) AS latest
         FROM rows ${join} WHERE keep_going() AND ${condition.text} GROUP BY 1),
       v AS (SELECT *, ${number} AS number FROM g)
       ${values('most', 'DESC')} UNION ALL ${values('least', 'ASC')} UNION ALL
       SELECT 'all', NULL, sum(n), coalesce(sum(n) FILTER (WHERE value IS NULL), 0), min(first), max(last), count(value), coalesce(sum(n) FILTER (WHERE number IS NOT NULL), 0),
         min(number), max(number), sum(number * 1.0 * n), coalesce(sum(n) FILTER (WHERE earliest IS NOT NULL), 0),
         min(earliest), max(latest) FROM v`,
    )
    .all({ ...condition.values, most: question.limit })
  const all = lines.find(({ kind }) => kind === 'all')
  const listed = (kind: Line['kind']): FieldStats['most'] =>
    lines
      .filter((line) => line.kind === kind)
      .map(({ value, n, first, last }) => ({
        value,
        count: n ?? 0,
        firstTime: isoOfUsOrNull(first),
        lastTime: isoOfUsOrNull(last),
      }))
  return {
    total: all?.n ?? 0,
    empty: all?.empty ?? 0,
    distinct: all?.distinct ?? 0,
    most: listed('most'),
    least: listed('least'),
    numbers: numbersOf(all),
    times:
      all && all.earliest !== null && all.latest !== null
        ? { count: all.instants, first: isoOfUs(all.earliest), last: isoOfUs(all.latest) }
        : null,
  }
}

function numbersOf(all: Line | undefined): FieldStats['numbers'] {
  if (!all || all.numbers === 0 || all.min === null || all.max === null || all.sum === null) return null
  return { count: all.numbers, min: all.min, max: all.max, average: all.sum / all.numbers }
}

/** The instant of a cell in microseconds, where the column holds times. */
function instantOf(column: Column, handle: DatasetHandle): string {
  if (column.type !== 'time') return 'NULL'
  return column.name === handle.timeColumn ? '_time' : quoteName(instantColumn(column.name))
}

/** The number that a value of the column is; NULL where it is none. */
function numberOf(column: Column): string {
  if (column.type !== 'integer' && column.type !== 'number') return 'NULL'
  return `CASE WHEN typeof(value) <> 'text' THEN value WHEN value GLOB '*[0-9]*' AND value NOT GLOB '*[^-+0-9.eE]*' THEN number_of(value) END`
}
