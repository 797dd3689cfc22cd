import { AppError } from '#contract/appError'
import type { RowMark } from '#contract/rowMark'
import { rowTags, type RowTag } from '#contract/values'
import type { MarkTest } from '../../predicate/rowTagTest.ts'
import type { DatasetHandle } from '../datasetFiles.ts'
import { tagOf } from '../rowMarks.ts'
import { countRows, growingSet, hasRow, intersection, NO_ROWS, rowsOf, type RowSet } from '../rowSet.ts'
import { conditionOf, type RowFilter } from '../rowView.ts'
import { count, type Facets } from './rows.read.ts'

/** Annotations named per row; more are counted. */
const NAMED_MAX = 20
/** An annotation of fewer rows is gone through instead of asked for every row. */
const FEW = 500

/** What analysts said about some rows; rows about which nothing was said are left out. */
export function marks(handle: DatasetHandle, rows: readonly number[]): RowMark[] {
  const known = handle.marks()
  const about = new Map(rows.map((row) => [row, new Array<(typeof known.annotations)[number]>()]))
  for (const annotation of known.annotations) {
    if (countRows(annotation.rows) < FEW) {
      for (const row of rowsOf(annotation.rows)) about.get(row)?.push(annotation)
    } else for (const [row, found] of about) if (hasRow(annotation.rows, row)) found.push(annotation)
  }
  return [...about].flatMap(([row, annotations]): RowMark[] => {
    const tag = tagOf(known, row)
    if (tag === null && annotations.length === 0) return []
    return [
      {
        row,
        tag,
        ownTag: tagOf({ tags: known.ownTags }, row),
        colour: annotations.find(({ colour }) => colour !== null)?.colour ?? null,
        annotations: annotations.slice(0, NAMED_MAX).map(({ id }) => id),
        annotationTotal: annotations.length,
      },
    ]
  })
}

/** How many of these rows have a tag, by themselves or by an annotation. */
export const countTagged = (handle: DatasetHandle, rows: RowSet): number =>
  [...handle.marks().tags.values()].reduce((sum, tagged) => sum + countRows(intersection(rows, tagged)), 0)

/** How many of the rows that match have each tag, most frequent first. */
export function tagFacets(handle: DatasetHandle, filter: RowFilter): Facets {
  const known = handle.marks()
  const total = count(handle, filter)
  const found = total === handle.rows ? allTags(known.tags) : matchingTags(handle, filter)
  const values = rowTags
    .flatMap((tag) => ((found.get(tag) ?? 0) > 0 ? [{ value: tag, count: found.get(tag) ?? 0 }] : []))
    .sort((a, b) => b.count - a.count)
  const tagged = values.reduce((sum, value) => sum + value.count, 0)
  return { values, distinct: values.length, empty: total - tagged, total }
}

const allTags = (tags: ReturnType<DatasetHandle['marks']>['tags']): Map<RowTag, number> =>
  new Map([...tags].map(([tag, rows]) => [tag, countRows(rows)]))

function matchingTags(handle: DatasetHandle, filter: RowFilter): Map<RowTag, number> {
  const { text, values } = conditionOf(handle, filter)
  handle.marks()
  const found = handle.db
    .prepare<[Record<string, string | number>], { tag: RowTag; n: number }>(
      `SELECT row_tag(_row) AS tag, count(*) AS n FROM rows
       WHERE keep_going() AND row_tag(_row) IS NOT NULL AND ${text} GROUP BY 1`,
    )
    .all(values)
  return new Map(found.map(({ tag, n }) => [tag, n]))
}

/** Rows with a mark; `inside` false: all others. */
export type MarkedRows = { rows: number[]; inside: boolean }

/** The rows that tests of tags and notes mean, by number. AppError 'too-large' for more than `most` of one test. */
export function markedRows(handle: DatasetHandle, tests: readonly MarkTest[], most: number): MarkedRows[] {
  const known = handle.marks()
  return tests.map((test): MarkedRows => {
    const { set, inside } = setOf(known, test)
    const count = countRows(set)
    if (count > most)
      throw new AppError(
        'too-large',
        `${count} rows have these tags or notes; a copy on a server can be asked for at most ${most} of them. Ask this computer.`,
        { path: 'q' },
      )
    return { rows: [...rowsOf(set)], inside }
  })
}

function setOf(known: ReturnType<DatasetHandle['marks']>, test: MarkTest): { set: RowSet; inside: boolean } {
  if (test.about === 'note') {
    const of = (id: string): RowSet => known.annotations.find((one) => one.id === id)?.rows ?? NO_ROWS
    return { set: test.id === null ? known.noted : of(test.id), inside: test.noted }
  }
  // Rows without a tag are told by those that have another one.
  const inside = !test.tags.includes(null)
  const set = growingSet()
  for (const [tag, rows] of known.tags) if (test.tags.includes(tag) === inside) set.add(rows)
  return { set: set.set(), inside }
}
