import type { Column } from '#contract/datasets'
import { partOf, partTable, quoteName } from '../../importer/datasetFile.ts'
import type { DatasetHandle } from '../datasetFiles.ts'
import { columnNamed, matchesOf, narrowedCondition, type RowFilter } from '../rowView.ts'
import { countMany, countManyPairs } from './countMany.ts'
import { countPairs, countValues, type CountedPairs, type CountedValues } from './countValues.ts'
import type { DatasetSegments } from './datasetSegments.ts'
import type { Matches } from './matches.ts'

type FacetQuestion = RowFilter & {
  column: string
  by?: string | undefined
  limit: number
  order?: 'most' | 'least' | undefined
}

/** Up to so many rows are counted by SQLite rather than that codes are made of all rows of the dataset. */
const FEW_ROWS = 5_000

/**
 * The most (or least) frequent values of a column, or pairs of values of two columns: from segments, from codes made of the pages,
 * or by SQLite. Null where SQLite has to count the values of one column.
 */
export function facetsOf(handle: DatasetHandle, question: FacetQuestion): CountedValues | CountedPairs | null {
  const column = columnNamed(handle, question.column)
  const by = question.by === undefined ? null : columnNamed(handle, question.by)
  const segments = handle.segments()
  const how = { limit: question.limit, least: question.order === 'least', goOn: handle.goOn }
  const matches = matchesOf(handle, question)
  const columns = by ? [column, by] : [column]
  const counted =
    segments && (by ? countPairs(segments, [column, by], matches, how) : countValues(segments, column, matches, how))
  if (counted) return counted
  if (segments && worthCodes(segments, columns, matches)) {
    const many = by
      ? countManyPairs(handle, segments, [column, by], matches, how)
      : countMany(handle, segments, column, matches, how)
    if (many) return many
  }
  return by && pairsBySqlite(handle, [column, by], question)
}

function worthCodes(segments: DatasetSegments, columns: readonly Column[], matches: Matches | null): boolean {
  matches?.until(Infinity)
  const rows = matches?.count() ?? segments.rows
  return rows > FEW_ROWS || columns.every((column) => segments.layout.hasCodes(column) || segments.knowsMany(column))
}

function pairsBySqlite(
  handle: DatasetHandle,
  columns: readonly [Column, Column],
  question: FacetQuestion,
): CountedPairs {
  const condition = narrowedCondition(handle, question)
  const parts = [...new Set(columns.map(({ position }) => partOf(position)))].filter((part) => part > 0)
  const joins = parts.map((part) => `JOIN ${partTable(part)} USING (_row)`).join(' ')
  const [one, other] = columns.map(({ name }) => quoteName(name))
  const order = question.order === 'least' ? 'ASC' : 'DESC'
  const rows = handle.db
    .prepare<
      unknown[],
      {
        value: string | number | null
        by: string | number | null
        n: number
        distinct: number
        total: number
        empty: number
      }
    >(
      `WITH g AS MATERIALIZED (
         SELECT ${one} AS value, ${other} AS "by", sum(keep_going()) AS n FROM rows ${joins} WHERE keep_going() AND ${condition.text} GROUP BY 1, 2)
       SELECT value, "by", n, (SELECT count(*) FROM g WHERE value IS NOT NULL AND "by" IS NOT NULL) AS "distinct",
         (SELECT coalesce(sum(n), 0) FROM g) AS total,
         (SELECT coalesce(sum(n), 0) FROM g WHERE value IS NULL OR "by" IS NULL) AS empty
       FROM g ORDER BY value IS NULL OR "by" IS NULL, n ${order}, value, "by" LIMIT ?`,
    )
    .all(condition.values, question.limit)
  const [first] = rows
  return {
    values: rows
      .filter((row) => row.value !== null && row.by !== null)
      .map(({ value, by, n }) => ({ value, by, count: n })),
    distinct: first?.distinct ?? 0,
    empty: first?.empty ?? 0,
    total: first?.total ?? 0,
  }
}
