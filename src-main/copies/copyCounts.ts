import type { Output } from '#contract/contract'
import { rowTags } from '#contract/values'
import type { ClickhouseCondition } from '../predicate/compileClickhouse.ts'
import { stretch } from '../predicate/timeStretch.ts'
import {
  ask,
  cellIn,
  columnNamed,
  conditionOf,
  isoOf,
  microseconds,
  stored,
  valueOrder,
  type AskedCopy,
  type Filter,
} from './askCopy.ts'
import { TIME, type CopyColumn } from './copyLayout.ts'

/** Series of a histogram; with more values it is four and the rest. */
const SERIES_MAX = 5

type FacetQuestion = Filter & { column: string; by?: string | undefined; limit: number; order?: 'most' | 'least' }

/** The most (or least) frequent values of a column, or pairs of two, with exact counts. */
export async function facets(copy: AskedCopy, question: FacetQuestion): Promise<Output<'rows.facets'>> {
  const column = columnNamed(copy, question.column)
  const by = question.by === undefined ? null : columnNamed(copy, question.by)
  const { text, params } = await conditionOf(copy, question)
  const names = by ? [stored(column), stored(by)] : [stored(column)]
  const filled = names.map((name) => `${name} != ''`).join(' AND ')
  const values = names.join(', ')
  const order = [column, ...(by ? [by] : [])].flatMap(valueOrder).join(', ')
  const distinct = by ? `tuple(${values})` : values
  const [lines, [sums]] = await Promise.all([
    ask(
      copy,
      `SELECT ${values}, count() AS found FROM ${copy.table} WHERE ${text} AND ${filled} GROUP BY ${values} ORDER BY found ${question.order === 'least' ? 'ASC' : 'DESC'}, ${order} LIMIT {limit:UInt32}`,
      { ...params, limit: question.limit },
      question.limit,
    ),
    ask(
      copy,
      `SELECT count(), countIf(${filled}), uniqExactIf(${distinct}, ${filled}) FROM ${copy.table} WHERE ${text}`,
      params,
      1,
    ),
  ])
  const [total, whole, different] = (sums ?? [0, 0, 0]).map(Number)
  return {
    values: lines.map((line) => ({
      value: cellIn(column, line[0]),
      ...(by ? { by: cellIn(by, line[1]) } : {}),
      count: Number(line.at(-1)),
    })),
    distinct: different ?? 0,
    empty: (total ?? 0) - (whole ?? 0),
    total: total ?? 0,
  }
}

/** How many of the rows that match have each tag, most frequent first. */
export async function tagFacets(copy: AskedCopy, filter: Filter): Promise<Output<'rows.facets'>> {
  const { text, params } = await conditionOf(copy, filter)
  // Whatever columns the dataset has, these mean the marks.
  const marks = { layout: { ...copy.layout, columns: [] }, marked: copy.marked }
  const tagged = await Promise.all(rowTags.map((tag, n) => conditionOf(marks, { q: `_tag:${tag}` }, `t${n}_`)))
  const [line] = await ask(
    copy,
    `SELECT count(), ${tagged.map((one) => `countIf(${one.text})`).join(', ')} FROM ${copy.table} WHERE ${text}`,
    Object.assign({}, params, ...tagged.map((one) => one.params)),
    1,
  )
  const counts = (line ?? []).map(Number)
  const total = counts[0] ?? 0
  const values = rowTags
    .map((value, n) => ({ value, count: counts[n + 1] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
  const untagged = values.reduce((left, { count }) => left - count, total)
  return { values, distinct: values.length, empty: untagged, total }
}

type HistogramQuestion = Filter & { buckets: number; by?: string | undefined }

/** Rows per equal stretch of time over the span of all rows, or of `from` and `to`; with `by` in series. */
export async function histogram(copy: AskedCopy, question: HistogramQuestion): Promise<Output<'rows.histogram'>> {
  const { text, params } = await conditionOf(copy, question)
  const by = question.by === undefined ? null : columnNamed(copy, question.by)
  const axis = await axisOf(copy, question)
  const [without] = await ask(copy, `SELECT countIf(isNull(${TIME})) FROM ${copy.table} WHERE ${text}`, params, 1)
  const rowsWithoutTime = Number(without?.[0] ?? 0)
  const condition = `${text} AND isNotNull(${TIME})`
  const told = by ? await seriesOf(copy, by, condition, params) : null
  if (!axis) {
    const none = { from: null, to: null, bucketSeconds: null, buckets: [], rowsWithoutTime }
    return told ? { ...none, series: told.series, distinct: told.distinct } : none
  }
  const at = `intDiv(assumeNotNull(${TIME}) - {start:Int64}, {size:Int64}) AS at`
  const place = by ? `indexOf({values:Array(String)}, ${stored(by)}) AS place` : '0 AS place'
  const lines = await ask(
    copy,
    `SELECT ${at}, ${place}, count() FROM ${copy.table} WHERE ${condition} GROUP BY at, place ORDER BY at`,
    { ...params, start: axis.start, size: axis.size, ...(told ? { values: told.texts } : {}) },
    (question.buckets + 2) * (SERIES_MAX + 1),
  )
  const buckets = new Map<number, { rows: number; parts: number[] }>()
  for (const [n, series, rows] of lines.map((line) => line.map(Number))) {
    const bucket = buckets.get(n ?? 0) ?? { rows: 0, parts: (told?.series ?? []).map(() => 0) }
    buckets.set(n ?? 0, bucket)
    bucket.rows += rows ?? 0
    if (series) bucket.parts[series - 1] = rows ?? 0
  }
  const start = (n: number): string => isoOf(axis.start + n * axis.size) ?? ''
  return {
    ...{ from: axis.from, to: axis.to, bucketSeconds: axis.size / 1e6, rowsWithoutTime },
    buckets: [...buckets].map(([n, { rows, parts }]) => ({ start: start(n), rows, ...(told ? { parts } : {}) })),
    ...(told ? { series: told.series, distinct: told.distinct } : {}),
  }
}

/** The most frequent values among rows with a time; `texts` as they are stored, '' for empty cells. */
async function seriesOf(copy: AskedCopy, by: CopyColumn, condition: string, params: ClickhouseCondition['params']) {
  const name = stored(by)
  const [lines, [sums]] = await Promise.all([
    ask(
      copy,
      `SELECT ${name}, count() AS found FROM ${copy.table} WHERE ${condition} GROUP BY ${name} ORDER BY found DESC, ${name} LIMIT ${SERIES_MAX + 1}`,
      params,
      SERIES_MAX + 1,
    ),
    ask(copy, `SELECT uniqExactIf(${name}, ${name} != '') FROM ${copy.table} WHERE ${condition}`, params, 1),
  ])
  const apart = lines.slice(0, lines.length > SERIES_MAX ? SERIES_MAX - 1 : SERIES_MAX)
  return {
    texts: apart.map(([value]) => String(value)),
    series: apart.map(([value, rows]) => ({ value: cellIn(by, value), rows: Number(rows) })),
    distinct: Number(sums?.[0] ?? 0),
  }
}

async function axisOf(copy: AskedCopy, { from, to, buckets }: HistogramQuestion) {
  const [span] = await ask(copy, `SELECT min(${TIME}), max(${TIME}) FROM ${copy.table}`, {}, 1)
  if (span?.[0] === null || span?.[0] === undefined) return null
  const [least, most] = span.map(Number)
  const first = Math.max(least ?? 0, microseconds(from) ?? -Infinity)
  const end = Math.min((most ?? 0) + 1, microseconds(to) ?? Infinity)
  const size = stretch(Math.max(0, end - first) / 1e6, buckets) * 1e6
  const start = Math.floor(first / size) * size
  const last = start + size * Math.max(1, Math.ceil((end - start) / size))
  return { start, size, from: isoOf(start) ?? '', to: isoOf(last) ?? '' }
}
