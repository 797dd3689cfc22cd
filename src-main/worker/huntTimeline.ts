import { AppError } from '#contract/appError'
import type { TimelineEvent } from '#contract/rows'
import { isoOfUs } from '../sqlite/conditions.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { mergedPage } from '../sqlite/mergeByTime.ts'
import type { SentFacts } from '../sqlite/queries/copies.read.ts'
import { cellsOf } from '../sqlite/queries/rows.read.ts'
import { stretch } from '../predicate/timeStretch.ts'
import { timeSpan } from '../sqlite/timeAxis.ts'
import { microseconds } from '../sqlite/rowView.ts'
import { before, stretchOf, timeOrderOf, type TimeOrder } from '../sqlite/timeOrder.ts'
import type { ReadContext } from './contexts.ts'
import { timelineColumns, timelineEvents, type TimelineSource } from './timelineEvents.ts'

/** Series of a histogram; more datasets are four and the rest. */
const SERIES_MAX = 5

export type TimelineQuestion = { q?: string | undefined; from?: string | undefined; to?: string | undefined }

/** What one dataset puts on the timeline; `leftOut`: why it puts nothing. */
type Part = { id: string; order: TimeOrder; leftOut: string | null }

const NOTHING: TimeOrder = { times: new Float64Array(), rows: new Uint32Array(), rowsWithoutTime: 0 }

/**
 * The rows of each dataset in the order of time. A dataset that lacks a field of the query has no match, one that cannot be
 * read is left out: both say so. AppError 'invalid-input' for a query that no dataset understands, 'cancelled'.
 */
function partsOf({ datasets }: ReadContext, ids: readonly string[], question: TimelineQuestion): Part[] {
  const [from, to] = [microseconds(question.from), microseconds(question.to)]
  const failures: AppError[] = []
  const parts = ids.map((id): Part => {
    try {
      const order = timeOrderOf(datasets.open(id), question.q?.trim() ?? '')
      return { id, order: stretchOf(order, from, to), leftOut: null }
    } catch (error) {
      if (!(error instanceof AppError) || !excuses(error)) throw error
      failures.push(error)
      const field = error.detail?.['column']
      const leftOut = typeof field === 'string' ? `It has no field ${field}.` : error.message
      return { id, order: NOTHING, leftOut }
    }
  })
  const [first] = failures
  if (first && failures.length === ids.length) throw first
  return parts
}

const excuses = ({ code, detail }: AppError): boolean =>
  code === 'dataset-damaged' || (code === 'invalid-input' && detail?.['column'] !== undefined)

export type TimelinePage = {
  events: TimelineEvent[]
  datasets: { id: string; rows: number; rowsWithoutTime: number; leftOut: string | null }[]
}

/** A page of the rows of several datasets by time. */
export function timelinePage(
  context: ReadContext,
  ids: readonly string[],
  question: TimelineQuestion & { limit: number; offset: number },
): TimelinePage {
  const parts = partsOf(context, ids, question)
  const page = mergedPage(
    parts.map(({ order }) => order.times),
    question.offset,
    question.limit,
  )
  const events = new Map<string, TimelineEvent>()
  parts.forEach(({ id, order }, list) => {
    const rows = page.flatMap((place) => (place.list === list ? [order.rows[place.at] ?? 0] : []))
    if (rows.length === 0) return
    for (const event of eventsOf(context, context.datasets.open(id), rows)) events.set(`${list} ${event.row}`, event)
  })
  return {
    events: page.flatMap(({ list, at }) => {
      const order = parts[list]?.order
      const event = events.get(`${list} ${order?.rows[at]}`)
      return event ? [{ ...event, time: isoOfUs(order?.times[at] ?? 0) }] : []
    }),
    datasets: parts.map(({ id, order, leftOut }) => ({
      id,
      rows: order.times.length,
      rowsWithoutTime: order.rowsWithoutTime,
      leftOut,
    })),
  }
}

const sourceOf = ({ id, columns, meta, unsetMarks }: DatasetHandle): TimelineSource => ({
  ...{ id, columns, profile: meta.profile, unset: unsetMarks },
})

function eventsOf(context: ReadContext, handle: DatasetHandle, rows: readonly number[]): TimelineEvent[] {
  const source = sourceOf(handle)
  return timelineEvents(context, source, rows, cellsOf(handle, timelineColumns(source), rows))
}

/** What a copy has to carry so that its events are told and its bars lie as those of the dataset; times in microseconds. */
export function timelineFacts(handle: DatasetHandle): SentFacts {
  const span = timeSpan(handle)
  const end = span && span.last + handle.timelineSeconds * 1e6
  return {
    profile: handle.meta.profile,
    unset: [...handle.unsetMarks],
    span: span === null || end === null ? null : { first: span.first, end },
  }
}

/** How many rows of several datasets come before a time, in ISO 8601. */
export function timelinePosition(
  context: ReadContext,
  ids: readonly string[],
  question: TimelineQuestion & { time: string },
): number {
  const at = microseconds(question.time) ?? 0
  return partsOf(context, ids, question).reduce((sum, { order }) => sum + before(order.times, at), 0)
}

export type TimelineHistogram = {
  from: string | null
  to: string | null
  bucketSeconds: number | null
  buckets: { start: string; rows: number; parts: number[] }[]
  series: { id: string; rows: number }[]
}

/**
 * Rows per equal stretch of time, the datasets with most rows apart. The axis is the span of all datasets, so that a query
 * never moves it; `from` and `to` make it theirs.
 */
export function timelineHistogram(
  context: ReadContext,
  ids: readonly string[],
  question: TimelineQuestion & { buckets: number },
): TimelineHistogram {
  const parts = partsOf(context, ids, question)
  const most = parts.filter(({ order }) => order.times.length > 0)
  most.sort((a, b) => b.order.times.length - a.order.times.length)
  const apart = most.slice(0, most.length > SERIES_MAX ? SERIES_MAX - 1 : SERIES_MAX)
  const series = apart.map(({ id, order }) => ({ id, rows: order.times.length }))
  const span = spanOf(context, ids, question)
  if (!span) return { from: null, to: null, bucketSeconds: null, buckets: [], series }
  const seconds = stretch((span.end - span.first) / 1e6, question.buckets)
  const size = seconds * 1e6
  const start = Math.floor(span.first / size) * size
  const count = Math.max(1, Math.ceil((span.end - start) / size))
  const inside = ({ times }: TimeOrder, n: number): number =>
    before(times, start + (n + 1) * size) - before(times, start + n * size)
  const buckets = Array.from({ length: count }, (_, n) => ({
    start: isoOfUs(start + n * size),
    rows: most.reduce((sum, { order }) => sum + inside(order, n), 0),
    parts: apart.map(({ order }) => inside(order, n)),
  }))
  return {
    from: isoOfUs(start),
    to: isoOfUs(start + count * size),
    bucketSeconds: seconds,
    buckets: buckets.filter(({ rows }) => rows > 0),
    series,
  }
}

/** From the first to just behind the last time of the datasets that can be read, within the question's; null: no times. */
function spanOf(
  { datasets }: ReadContext,
  ids: readonly string[],
  question: TimelineQuestion,
): { first: number; end: number } | null {
  let [first, end] = [Infinity, -Infinity]
  for (const id of ids) {
    const span = knownSpan(datasets, id)
    if (!span) continue
    first = Math.min(first, span.first)
    end = Math.max(end, span.end)
  }
  if (first === Infinity) return null
  first = Math.max(first, microseconds(question.from) ?? first)
  end = Math.min(end, microseconds(question.to) ?? end)
  return { first, end: Math.max(end, first + 1) }
}

function knownSpan(datasets: ReadContext['datasets'], id: string): { first: number; end: number } | null {
  try {
    const handle = datasets.open(id)
    const span = timeSpan(handle)
    return span && { first: span.first, end: span.last + handle.timelineSeconds * 1e6 }
  } catch (error) {
    if (error instanceof AppError && error.code === 'dataset-damaged') return null
    throw error
  }
}
