import { AppError } from '#contract/appError'
import type { Output } from '#contract/contract'
import type { TimelineEvent } from '#contract/rows'
import type { ClickhouseCondition } from '../predicate/compileClickhouse.ts'
import { stretch } from '../predicate/timeStretch.ts'
import { ask, columnNamed, conditionOf, isoOf, microseconds, type AskedCopy, type Filter } from './askCopy.ts'
import { ROW, TIME } from './copyLayout.ts'
import { cellsOf } from './copyRows.ts'

/** Series of a histogram; more datasets are four and the rest. */
const SERIES_MAX = 5
/** Characters of a statement: the server takes 256 KiB. */
const SQL_MAX = 250_000

type Span = { first: number; end: number }
/** A copy on the timeline of its hunt; `span`: first and end of its rows in microseconds, as its dataset was sent. */
export type TimelineCopy = { id: string; name: string; copy: AskedCopy; span: Span | null | undefined }
/** A dataset that the server has nothing of. */
export type LeftOut = { id: string; name: string; leftOut: string }
export type Hunted = { copies: TimelineCopy[]; without: LeftOut[] }
/** Makes events of rows; their times are set here. */
export type MakesEvents = {
  columns(of: TimelineCopy): Promise<readonly { name: string }[]>
  events(
    of: TimelineCopy,
    rows: readonly number[],
    cells: Awaited<ReturnType<typeof cellsOf>>['columns'],
  ): Promise<TimelineEvent[]>
}

type Part = TimelineCopy & { condition: ClickhouseCondition }
type Asked = { parts: Part[]; without: LeftOut[]; params: ClickhouseCondition['params']; within: string }

/** One that lacks a field of the query has no match and says so. AppError 'invalid-input' for a query that none understands. */
async function partsOf({ copies, without }: Hunted, { q, from, to }: Filter): Promise<Asked> {
  const failures: AppError[] = []
  const parts: Part[] = []
  const out = [...without]
  for (const [n, one] of copies.entries()) {
    try {
      parts.push({ ...one, condition: await conditionOf(one.copy, { q }, `d${n}_`) })
    } catch (error) {
      const field = error instanceof AppError && error.code === 'invalid-input' ? error.detail?.['column'] : undefined
      if (!(error instanceof AppError) || typeof field !== 'string') throw error
      failures.push(error)
      out.push({ id: one.id, name: one.name, leftOut: `It has no field ${field}.` })
    }
  }
  if (failures[0] && parts.length === 0) throw failures[0]
  const bounds = { from: microseconds(from), to: microseconds(to) }
  const within = [
    `isNotNull(${TIME})`,
    ...(bounds.from === null ? [] : [`${TIME} >= {from:Int64}`]),
    ...(bounds.to === null ? [] : [`${TIME} < {to:Int64}`]),
  ].join(' AND ')
  return {
    parts,
    without: out,
    within,
    params: Object.assign(
      {},
      ...parts.map(({ condition }) => condition.params),
      bounds.from === null ? {} : { from: bounds.from },
      bounds.to === null ? {} : { to: bounds.to },
    ),
  }
}

/** A statement over all copies: one SELECT each, made of the table and the condition. */
async function askAll(
  { parts, params }: Asked,
  each: (n: number, table: string, condition: string) => string,
  around: (union: string) => string,
  more: ClickhouseCondition['params'],
  rows: number,
): Promise<number[][]> {
  const [first] = parts
  if (!first) return []
  const union = parts.map(({ copy, condition }, n) => each(n, copy.table, condition.text)).join('\nUNION ALL ')
  const sql = around(union)
  if (sql.length > SQL_MAX)
    throw new AppError(
      'too-large',
      `The question is too long for ${parts.length} datasets at once. Name a field in it, or fewer datasets.`,
    )
  return (await ask(first.copy, sql, { ...params, ...more }, rows)).map((line) => line.map(Number))
}

/** Per copy how many matching rows have a time in the range, and how many have none. */
async function countsOf(asked: Asked): Promise<Map<number, { rows: number; rowsWithoutTime: number }>> {
  const lines = await askAll(
    asked,
    (n, table, condition) =>
      `SELECT toUInt16(${n}) AS part, countIf(${asked.within}), countIf(isNull(${TIME})) FROM ${table} WHERE ${condition}`,
    (union) => union,
    {},
    asked.parts.length,
  )
  return new Map(lines.map(([n = 0, rows = 0, rowsWithoutTime = 0]) => [n, { rows, rowsWithoutTime }]))
}

const eventRows =
  (within: string) =>
  (n: number, table: string, condition: string): string =>
    `SELECT toUInt16(${n}) AS part, ${ROW} AS row, assumeNotNull(${TIME}) AS us FROM ${table} WHERE ${condition} AND ${within}`

/** A page of the rows of several copies by time. */
export async function timeline(
  hunted: Hunted,
  question: Filter & { limit: number; offset: number },
  make: MakesEvents,
): Promise<Output<'rows.timeline'>> {
  const asked = await partsOf(hunted, question)
  const { limit, offset } = question
  const [counts, lines] = await Promise.all([
    countsOf(asked),
    askAll(
      asked,
      eventRows(asked.within),
      (union) =>
        `SELECT part, row, us FROM (${union}) ORDER BY us, part, row LIMIT {limit:UInt64} OFFSET {offset:UInt64}`,
      { limit, offset },
      limit,
    ),
  ])
  const events = new Map<string, TimelineEvent>()
  await Promise.all(
    asked.parts.map(async (part, n) => {
      const rows = lines.flatMap(([of, row = 0]) => (of === n ? [row] : []))
      if (rows.length === 0) return
      const columns = (await make.columns(part)).map(({ name }) => columnNamed(part.copy, name))
      const { columns: cells } = await cellsOf(part.copy, columns, rows)
      for (const event of await make.events(part, rows, cells)) events.set(`${n} ${event.row}`, event)
    }),
  )
  const datasets = [
    ...asked.parts.map(({ id, name }, n) => ({
      ...{ id, name, leftOut: null },
      ...(counts.get(n) ?? { rows: 0, rowsWithoutTime: 0 }),
    })),
    ...asked.without.map((one) => ({ ...one, rows: 0, rowsWithoutTime: 0 })),
  ]
  return {
    events: lines.flatMap(([n, row, us]) => {
      const event = events.get(`${n} ${row}`)
      return event ? [{ ...event, time: isoOf(us) ?? '' }] : []
    }),
    total: datasets.reduce((sum, { rows }) => sum + rows, 0),
    rowsWithoutTime: datasets.reduce((sum, { rowsWithoutTime }) => sum + rowsWithoutTime, 0),
    datasets,
  }
}

/** How many rows of several copies come before a time. */
export async function timelinePosition(
  hunted: Hunted,
  { time, ...filter }: Filter & { time: string },
): Promise<Output<'rows.timelinePosition'>> {
  const asked = await partsOf(hunted, filter)
  const lines = await askAll(
    asked,
    (n, table, condition) =>
      `SELECT toUInt16(${n}) AS part, countIf(${asked.within} AND ${TIME} < {time:Int64}) FROM ${table} WHERE ${condition}`,
    (union) => union,
    { time: microseconds(time) ?? 0 },
    asked.parts.length,
  )
  return { position: lines.reduce((sum, [, rows = 0]) => sum + rows, 0) }
}

/** Rows per equal stretch of time, the copies with most rows apart; the axis is the span of all of them, or of `from` and `to`. */
export async function timelineHistogram(
  hunted: Hunted,
  question: Filter & { buckets: number },
): Promise<Output<'rows.timelineHistogram'>> {
  const asked = await partsOf(hunted, question)
  const counts = await countsOf(asked)
  const most = asked.parts
    .map(({ id, name }, n) => ({ n, id, name, rows: counts.get(n)?.rows ?? 0 }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows)
  const apart = most.slice(0, most.length > SERIES_MAX ? SERIES_MAX - 1 : SERIES_MAX)
  const series = apart.map(({ id, name, rows }) => ({ id, name, rows }))
  const span = await spanOf(hunted, question)
  if (!span) return { from: null, to: null, bucketSeconds: null, buckets: [], series }
  const bucketSeconds = stretch((span.end - span.first) / 1e6, question.buckets)
  const size = bucketSeconds * 1e6
  const start = Math.floor(span.first / size) * size
  const last = start + size * Math.max(1, Math.ceil((span.end - start) / size))
  const lines = await askAll(
    asked,
    eventRows(asked.within),
    (union) =>
      `SELECT part, intDiv(us - {start:Int64}, {size:Int64}) AS at, count() FROM (${union}) GROUP BY part, at ORDER BY at`,
    { start, size },
    (question.buckets + 2) * asked.parts.length,
  )
  const buckets = new Map<number, { start: string; rows: number; parts: number[] }>()
  for (const [n, at = 0, rows = 0] of lines) {
    const bucket = buckets.get(at) ?? { start: isoOf(start + at * size) ?? '', rows: 0, parts: apart.map(() => 0) }
    buckets.set(at, bucket)
    bucket.rows += rows
    const place = apart.findIndex((one) => one.n === n)
    if (place >= 0) bucket.parts[place] = rows
  }
  return { from: isoOf(start), to: isoOf(last), bucketSeconds, buckets: [...buckets.values()], series }
}

async function spanOf({ copies }: Hunted, { from, to }: Filter): Promise<Span | null> {
  const spans = await Promise.all(
    copies.map(async ({ copy, span }) => {
      // Copies of before do not carry it.
      if (span !== undefined) return span
      const [line] = await ask(copy, `SELECT min(${TIME}), max(${TIME}) FROM ${copy.table}`, {}, 1)
      return typeof line?.[0] === 'number' ? { first: line[0], end: Number(line[1]) + 1 } : null
    }),
  )
  const known = spans.filter((span) => span !== null)
  if (known.length === 0) return null
  const first = Math.max(Math.min(...known.map((span) => span.first)), microseconds(from) ?? -Infinity)
  const end = Math.min(Math.max(...known.map((span) => span.end)), microseconds(to) ?? Infinity)
  return { first, end: Math.max(end, first + 1) }
}
